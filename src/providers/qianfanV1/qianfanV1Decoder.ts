/** Decodes Qianfan v1's answers: sentences, the last one with text and `is_end`, and errors with status 200. */

import type { ChatError } from '../../llm/chatError.ts';
import type { FinishReason, Usage } from '../../llm/chatModel.ts';
import { toFinishReason } from '../../llm/finishReason.ts';
import { invalidAnswer } from '../http/invalidAnswer.ts';
import { findError, findPossibleError, readError, type ServiceError } from '../http/serviceError.ts';
import { laterUsage, readUsage } from '../messages/usageDetails.ts';
import type { AnswerDecoder, DecoderOutput } from '../protocolAdapter.ts';
import { isRecord } from '../sse/json.ts';
import { toQianfanV1Error } from './qianfanV1Errors.ts';

const providerId = 'qianfan-v1';

/** One JSON object of an answer. */
type Sentence = Readonly<Record<string, unknown>>;

/** Skips members of an unexpected type, and values that are no sentence, and tells `skip`. */
export function createQianfanV1Decoder({ emit, skip }: DecoderOutput): AnswerDecoder {
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let risky = false;
  let bannedRound: number | undefined;
  /** The number of the next sentence, and sentences that came early, by number. */
  let nextId: number | undefined;
  const early = new Map<number, Sentence[]>();
  const buffered = { calls: 0, units: 0 };
  let possibleError: ServiceError | undefined;

  const toError = (words: ServiceError): ChatError =>
    toQianfanV1Error(words, { status: 200, requestId: words.requestId ?? requestId });

  /** `undefined` for a value that is no sentence. Throws for an error. */
  const toSentence = (value: unknown): Sentence | undefined => {
    if (!isRecord(value)) return undefined;
    const answers = typeof value.result === 'string';
    const coded = answers && !readsAsZero(value.error_code) ? readError(value) : undefined;
    const failure = answers ? coded : findError(value);
    if (failure) throw toError(failure);
    return answers || typeof value.is_end === 'boolean' ? value : undefined;
  };

  const readSentence = (sentence: Sentence): void => {
    const { id, result } = sentence;
    requestId = typeof id === 'string' ? id : requestId;
    usage = laterUsage(usage, toUsage(sentence.usage));
    risky ||= sentence.need_clear_history === true;
    bannedRound = readRound(sentence.ban_round) ?? bannedRound;
    possibleError = undefined;
    if (typeof result === 'string' && result !== '') emit({ type: 'text-delta', text: result });
    else if (typeof result !== 'string' && result !== null && result !== undefined) skip?.('result');
    if (sentence.is_end !== true) return;
    const rawReason = typeof sentence.finish_reason === 'string' ? sentence.finish_reason : undefined;
    emit({ type: 'finish', reason: reasonOf(sentence, rawReason), rawReason, usage, requestId, bannedRound });
  };

  /** Sentences are numbered; an early one waits for those before it. */
  const readInOrder = (sentence: Sentence): void => {
    const id = typeof sentence.sentence_id === 'number' ? sentence.sentence_id : undefined;
    if (id !== undefined && nextId !== undefined && id > nextId) {
      const same = early.get(id);
      if (same) same.push(sentence);
      else early.set(id, [sentence]);
      buffered.units += sizeOf(sentence);
      return;
    }
    readSentence(sentence);
    if (id === undefined) return;
    nextId = Math.max(nextId ?? 0, id + 1);
    for (let due = early.get(nextId); due; due = early.get(nextId)) {
      early.delete(nextId);
      for (const waiting of due) {
        buffered.units -= sizeOf(waiting);
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
    buffered,
    get requestId() {
      return requestId;
    },
    get possibleError() {
      return possibleError && toError(possibleError);
    },
    readEvent({ name, data, value }) {
      if (data.trim() === '[DONE]') return;
      const sentence = toSentence(value);
      if (sentence) return readInOrder(sentence);
      if (name === 'error') throw toError(readError(value ?? data.trim()));
      skip?.();
      possibleError = findPossibleError(value ?? data) ?? possibleError;
    },
    readWhole(value) {
      const sentence = toSentence(value);
      if (!sentence) {
        const words = findPossibleError(value);
        if (words) throw toError(words);
        throw invalidAnswer(providerId, JSON.stringify(value), requestId);
      }
      // A whole answer has no `is_end`; a lone sentence of a stream does.
      readSentence({ ...sentence, is_end: sentence.is_end ?? true });
    },
    flush() {
      const waiting = [...early].sort(([a], [b]) => a - b);
      early.clear();
      buffered.units = 0;
      for (const sentence of waiting.flatMap(([, sentences]) => sentences)) readSentence(sentence);
    },
  };
}

/** No code, or the code of success. */
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

/** In UTF-16 units: its text, and roughly its overhead. */
function sizeOf({ result }: Sentence): number {
  return 100 + (typeof result === 'string' ? result.length : 0);
}
