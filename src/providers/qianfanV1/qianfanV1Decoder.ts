/** Reads Qianfan v1's answers: sentences, the last one with text and `is_end`, and errors under status 200. */

import type { ChatError } from '../../llm/chatError.ts';
import type { FinishReason, Usage } from '../../llm/chatModel.ts';
import { toFinishReason } from '../../llm/finishReason.ts';
import { type FailureWords, findComplaint, findFailure, readFailureWords } from '../http/failureWords.ts';
import { noAnswer } from '../http/noAnswer.ts';
import { laterUsage, readUsage } from '../messages/usageDetails.ts';
import { isRecord } from '../sse/json.ts';
import type { AnswerDecoder, DecoderOutput } from '../wire.ts';
import { toQianfanV1Error } from './qianfanV1Errors.ts';

const providerId = 'qianfan-v1';

/** A JSON object that is part of an answer. */
type Sentence = Readonly<Record<string, unknown>>;

/** One member of an odd type costs that member, one frame that is no sentence itself: `skip` is told. */
export function createQianfanV1Decoder({ emit, skip }: DecoderOutput): AnswerDecoder {
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let risky = false;
  let bannedRound: number | undefined;
  /** The sentence that comes next, and those that came too early, by their number. */
  let nextId: number | undefined;
  const early = new Map<number, Sentence[]>();
  const held = { calls: 0, units: 0 };
  let complaint: FailureWords | undefined;

  const toError = (words: FailureWords): ChatError =>
    toQianfanV1Error(words, { status: 200, requestId: words.requestId ?? requestId });

  /** `undefined` for what is no sentence. Throws for an error. */
  const toSentence = (value: unknown): Sentence | undefined => {
    if (!isRecord(value)) return undefined;
    const answers = typeof value.result === 'string';
    const coded = answers && !readsAsZero(value.error_code) ? readFailureWords(value) : undefined;
    const failure = answers ? coded : findFailure(value);
    if (failure) throw toError(failure);
    return answers || typeof value.is_end === 'boolean' ? value : undefined;
  };

  const readSentence = (sentence: Sentence): void => {
    const { id, result } = sentence;
    requestId = typeof id === 'string' ? id : requestId;
    usage = laterUsage(usage, toUsage(sentence.usage));
    risky ||= sentence.need_clear_history === true;
    bannedRound = readRound(sentence.ban_round) ?? bannedRound;
    complaint = undefined;
    if (typeof result === 'string' && result !== '') emit({ type: 'text-delta', text: result });
    else if (typeof result !== 'string' && result !== null && result !== undefined) skip?.('result');
    if (sentence.is_end !== true) return;
    const rawReason = typeof sentence.finish_reason === 'string' ? sentence.finish_reason : undefined;
    emit({ type: 'finish', reason: reasonOf(sentence, rawReason), rawReason, usage, requestId, bannedRound });
  };

  /** Sentences are numbered; one that overtook another waits for it. */
  const readInOrder = (sentence: Sentence): void => {
    const id = typeof sentence.sentence_id === 'number' ? sentence.sentence_id : undefined;
    if (id !== undefined && nextId !== undefined && id > nextId) {
      const same = early.get(id);
      if (same) same.push(sentence);
      else early.set(id, [sentence]);
      held.units += sizeOf(sentence);
      return;
    }
    readSentence(sentence);
    if (id === undefined) return;
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

  const reasonOf = ({ is_truncated: truncated }: Sentence, raw: string | undefined): FinishReason => {
    if (risky) return 'content-filter';
    return truncated === true ? 'length' : toFinishReason(raw || 'stop');
  };

  return {
    held,
    get requestId() {
      return requestId;
    },
    get complaint() {
      return complaint && toError(complaint);
    },
    readEvent({ name, data, value }) {
      if (data.trim() === '[DONE]') return;
      const sentence = toSentence(value);
      if (sentence) return readInOrder(sentence);
      if (name === 'error') throw toError(readFailureWords(value ?? data.trim()));
      skip?.();
      complaint = findComplaint(value ?? data) ?? complaint;
    },
    readWhole(value) {
      const sentence = toSentence(value);
      if (!sentence) {
        const words = findComplaint(value);
        if (words) throw toError(words);
        throw noAnswer(providerId, JSON.stringify(value), requestId);
      }
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

/** No code, or the one that tells success. */
function readsAsZero(code: unknown): boolean {
  return code === null || code === undefined || code === '' || Number(code) === 0;
}

/** -1 is the current question. */
function readRound(value: unknown): number | undefined {
  const round = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof round === 'number' ? round : undefined;
}

/** Completion tokens are 0 until the last sentence. */
function toUsage(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined;
  return readUsage({ input: raw.prompt_tokens, output: raw.completion_tokens, total: raw.total_tokens });
}

/** In UTF-16 units: its text, and about what it takes beside that. */
function sizeOf({ result }: Sentence): number {
  return 100 + (typeof result === 'string' ? result.length : 0);
}
