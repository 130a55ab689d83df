/** Reads Qianfan v1's answers: sentences, the last one with text and `is_end`, and errors under status 200. */

import * as z from 'zod';
import { ChatError } from '../core/chatError.ts';
import type { FinishReason, StreamPart, Usage } from '../core/chatModel.ts';
import { parseJson } from './json.ts';
import { qianfanV1Error } from './qianfanV1Errors.ts';
import type { AnswerDecoder } from './wire.ts';

const providerId = 'qianfan-v1';
const count = z.number().nullish();

const sentenceSchema = z.object({
  id: z.string().nullish(),
  result: z.string().nullish(),
  is_end: z.boolean().nullish(),
  is_truncated: z.boolean().nullish(),
  finish_reason: z.string().nullish(),
  need_clear_history: z.boolean().nullish(),
  ban_round: count,
  usage: z.object({ prompt_tokens: count, completion_tokens: count, total_tokens: count }).nullish(),
  error_code: z.union([z.number(), z.string()]).nullish(),
  code: z.union([z.number(), z.string()]).nullish(),
});

type Sentence = z.infer<typeof sentenceSchema>;

export function createQianfanV1Decoder(emit: (part: StreamPart) => void): AnswerDecoder {
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let risky = false;
  let bannedRound: number | undefined;

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

  const reasonOf = ({ is_truncated: truncated, finish_reason: raw }: Sentence): FinishReason => {
    if (risky || raw === 'content_filter') return 'content-filter';
    return truncated || raw === 'length' ? 'length' : 'stop';
  };

  return {
    get requestId() {
      return requestId;
    },
    readEvent({ data }) {
      if (data.trim() === '' || data.trim() === '[DONE]') return;
      readSentence(toSentence(parseJson(data), data));
    },
    readWhole(value) {
      readSentence({ ...toSentence(value, JSON.stringify(value)), is_end: true });
    },
    flush: () => {},
  };
}

/** Completion tokens are 0 until the last sentence. */
function toUsage(raw: Sentence['usage']): Usage | undefined {
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = raw ?? {};
  if (input == null && output == null) return undefined;
  const inputTokens = input ?? 0;
  const outputTokens = output ?? 0;
  return { inputTokens, outputTokens, totalTokens: total ?? inputTokens + outputTokens };
}
