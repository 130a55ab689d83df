/** Reads Qianfan v1's answers: sentences, the last one with text and `is_end`, and errors under status 200. */

import * as z from 'zod';
import { ChatError } from '../core/chatError.ts';
import type { FinishReason, StreamPart, Usage } from '../core/chatModel.ts';
import { qianfanV1Error } from './qianfanV1Errors.ts';
import { readUsage } from './usageDetails.ts';
import type { AnswerDecoder } from './wire.ts';

const providerId = 'qianfan-v1';
/** Extras: one of a wrong type must not cost the answer. */
const number = z.coerce.number().nullish().catch(undefined);
/** Read by `readUsage`, whatever it is. */
const count = z.unknown().optional();
const flag = z.boolean().nullish().catch(undefined);

const sentenceSchema = z.object({
  id: z.string().nullish().catch(undefined),
  sentence_id: z.number().nullish().catch(undefined),
  result: z.string().nullish(),
  is_end: flag,
  is_truncated: flag,
  finish_reason: z.string().nullish().catch(undefined),
  need_clear_history: flag,
  ban_round: number,
  usage: z
    .object({ prompt_tokens: count, completion_tokens: count, total_tokens: count })
    .nullish()
    .catch(undefined),
  error_code: z.union([z.number(), z.string()]).nullish().catch(undefined),
  code: z.union([z.number(), z.string()]).nullish().catch(undefined),
});

type Sentence = z.infer<typeof sentenceSchema>;

export function createQianfanV1Decoder(emit: (part: StreamPart) => void): AnswerDecoder {
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let risky = false;
  let bannedRound: number | undefined;
  /** The sentence that comes next, and those that came too early, by their number. */
  let nextId: number | undefined;
  const early = new Map<number, Sentence[]>();
  const held = { calls: 0, units: 0 };

  const toSentence = (value: unknown, text: string): Sentence => {
    const { data } = sentenceSchema.safeParse(value);
    if (data && (data.error_code || (data.code != null && data.result == null))) {
      throw qianfanV1Error(value, { status: 200, requestId: data.id ?? requestId });
    }
    if (!data || (data.result == null && data.is_end == null)) {
      const message = `The service sent something that is no answer: ${text}`;
      throw new ChatError({ kind: 'protocol', providerId, message, requestId });
    }
    return data;
  };

  const readSentence = (sentence: Sentence): void => {
    requestId = sentence.id ?? requestId;
    usage = toUsage(sentence.usage) ?? usage;
    risky ||= sentence.need_clear_history === true;
    bannedRound = sentence.ban_round ?? bannedRound;
    if (sentence.result) emit({ type: 'text-delta', text: sentence.result });
    if (!sentence.is_end) return;
    const rawReason = sentence.finish_reason ?? undefined;
    emit({ type: 'finish', reason: reasonOf(sentence), rawReason, usage, requestId, bannedRound });
  };

  /** Sentences are numbered; one that overtook another waits for it. */
  const readInOrder = (sentence: Sentence): void => {
    const { sentence_id: id } = sentence;
    if (id !== null && id !== undefined && nextId !== undefined && id > nextId) {
      const same = early.get(id);
      if (same) same.push(sentence);
      else early.set(id, [sentence]);
      held.units += sizeOf(sentence);
      return;
    }
    readSentence(sentence);
    if (id === null || id === undefined) return;
    nextId = Math.max(nextId ?? 0, id + 1);
    for (let due = early.get(nextId); due; due = early.get(nextId)) {
      early.delete(nextId);
      for (const waiting of due) {
        held.units -= sizeOf(waiting);
        readSentence(waiting);
      }
      nextId++;
    }
  };

  const reasonOf = ({ is_truncated: truncated, finish_reason: raw }: Sentence): FinishReason => {
    if (risky || raw === 'content_filter') return 'content-filter';
    return truncated || raw === 'length' ? 'length' : 'stop';
  };

  return {
    held,
    get requestId() {
      return requestId;
    },
    readEvent({ data, value }) {
      if (['', '[DONE]', '{}'].includes(data.trim())) return;
      readInOrder(toSentence(value, data));
    },
    readWhole(value) {
      const sentence = toSentence(value, JSON.stringify(value));
      // A whole answer says nothing of its end; a lone piece of a stream does.
      readSentence({ ...sentence, is_end: sentence.is_end ?? true });
    },
    flush() {
      const waiting = [...early].sort(([a], [b]) => a - b);
      early.clear();
      held.units = 0;
      for (const sentence of waiting.flatMap(([, sentences]) => sentences)) readSentence(sentence);
    },
  };
}

/** Completion tokens are 0 until the last sentence. */
function toUsage(raw: Sentence['usage']): Usage | undefined {
  return readUsage({
    input: raw?.prompt_tokens,
    output: raw?.completion_tokens,
    total: raw?.total_tokens,
  });
}

/** In UTF-16 units: its text, and about what it takes beside that. */
function sizeOf({ result }: Sentence): number {
  return 100 + (result?.length ?? 0);
}
