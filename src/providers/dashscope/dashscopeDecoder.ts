/** Decodes DashScope's answers: both result formats, deltas or whole texts, and errors within a stream. */

import type { ChatError } from '../../llm/chatError.ts';
import type { Usage } from '../../llm/chatModel.ts';
import { toFinishReason } from '../../llm/finishReason.ts';
import { invalidAnswer } from '../http/invalidAnswer.ts';
import { findError, findPossibleError, readError, type ServiceError } from '../http/serviceError.ts';
import { readContent, readReasoning } from '../messages/messageContent.ts';
import { createToolCallJoiner } from '../messages/toolCallJoiner.ts';
import { laterUsage, readUsage } from '../messages/usageDetails.ts';
import type { AnswerDecoder, DecoderOutput } from '../protocolAdapter.ts';
import { isRecord } from '../sse/json.ts';
import { toDashScopeError } from './dashscopeErrors.ts';
import { createCumulativeJoiner, createIncrementalJoiner, type JoinedText } from './textJoiner.ts';

const providerId = 'dashscope';

/** A frame with only the usage may follow the one with the finish reason. In milliseconds. */
const graceMs = 2000;

type Members = Readonly<Record<string, unknown>>;

export interface DashScopeDecoderOptions extends DecoderOutput {
  /** Whether the request asked for deltas (`true`) or the whole text so far in every frame. */
  incremental: boolean;
  /** Names of the request's tools. */
  tools?: readonly string[];
}

/** Skips members of an unexpected type, and whole frames without a known member, and tells `skip`. */
export function createDashScopeDecoder({
  incremental,
  tools = [],
  emit,
  skip,
}: DashScopeDecoderOptions): AnswerDecoder {
  const createJoiner = incremental ? createIncrementalJoiner : createCumulativeJoiner;
  const text = createJoiner();
  const reasoning = createJoiner();
  const skipMember = (member: string): void => skip?.(member);
  const toolCalls = createToolCallJoiner({ tools, skip: () => skipMember('tool_calls') });
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let rawReason: string | undefined;
  let started = false;
  let grace: AnswerDecoder['grace'];
  let possibleError: ServiceError | undefined;
  let ended = false;

  const emitText = (joined: JoinedText | undefined): void => {
    if (joined) emit({ type: joined.type === 'delta' ? 'text-delta' : 'text-replace', text: joined.text });
  };

  /** Revised reasoning is dropped: no part exists for it. */
  const emitReasoning = (joined: JoinedText | undefined): void => {
    if (joined?.type === 'delta') emit({ type: 'reasoning-delta', text: joined.text });
  };

  const toError = (words: ServiceError, status: number | undefined): ChatError =>
    toDashScopeError(words, { status, requestId: words.requestId ?? requestId, started });

  /** Emits the buffered text before throwing. */
  const fail = (words: ServiceError, status: number | undefined): never => {
    release();
    ended = true;
    throw toError(words, status);
  };

  const release = (): void => {
    emitReasoning(reasoning.flush());
    emitText(text.flush());
  };

  const finish = (raw: string): void => {
    ended = true;
    for (const call of toolCalls.parts()) emit(call);
    emit({ type: 'finish', reason: toFinishReason(raw), rawReason: raw, usage, requestId });
  };

  const readFrame = (frame: Members): void => {
    requestId = toId(frame.request_id) ?? toId(frame.requestId) ?? requestId;
    const counted = toUsage(frame.usage);
    usage = laterUsage(usage, counted);
    const output = member(frame.output, 'output');
    const choice = firstOf(output.choices);
    const message = member(choice?.message, 'message');
    const reason = realReason(choice?.finish_reason) ?? realReason(output.finish_reason);
    const position = { outputTokens: counted?.outputTokens, last: reason !== undefined };
    const read = readContent(message, skipMember);
    const thought = readReasoning(message, skipMember)?.text || read.reasoning;
    emitReasoning(reasoning.push(thought, position));
    const whole = message.content === undefined || message.content === null ? output.text : read.text;
    if (typeof whole !== 'string' && whole !== null && whole !== undefined) skip?.('output.text');
    emitText(text.push(typeof whole === 'string' ? whole : '', position));
    toolCalls.push(message.tool_calls);
    rawReason = reason ?? rawReason;
    started = true;
    possibleError = undefined;
    if (rawReason !== undefined) grace = { ms: graceMs, since: Date.now() };
  };

  const member = (value: unknown, name: string): Members => {
    if (isRecord(value) && !Array.isArray(value)) return value;
    if (value !== null && value !== undefined) skip?.(name);
    return {};
  };

  return {
    buffered: toolCalls.buffered,
    get requestId() {
      return requestId;
    },
    get grace() {
      return grace;
    },
    get possibleError() {
      return possibleError && toError(possibleError, undefined);
    },
    readEvent({ name, data, value, status }) {
      if (ended) return;
      const failure = findError(value);
      // Usage, and sometimes text, follows the finish reason. An unknown reason may not be the end.
      const ends = rawReason !== undefined && toFinishReason(rawReason) !== 'other';
      if (!ends && name === 'error') fail(failure ?? readError(value ?? data.trim()), status);
      if (!ends && failure) fail(failure, status);
      if (isFrame(value) && !failure) return readFrame(value);
      if (ends) return;
      if (data.trim() === '[DONE]') return;
      skip?.();
      const ordinary = name === undefined || name === 'result' || name === 'data';
      if (ordinary) possibleError = findPossibleError(value ?? data) ?? possibleError;
    },
    flush(how) {
      if (ended) return;
      release();
      if (rawReason !== undefined && how !== 'stopped') finish(rawReason);
      ended = true;
    },
    readWhole(value) {
      const words = findError(value) ?? (isFrame(value) ? undefined : findPossibleError(value));
      if (words) fail(words, undefined);
      if (!isFrame(value) || !isRecord(value.output)) {
        ended = true;
        throw invalidAnswer(providerId, JSON.stringify(value), requestId);
      }
      readFrame(value);
      // A whole answer is complete, with or without a finish reason.
      rawReason ??= 'stop';
      this.flush('ended');
    },
  };
}

function isFrame(value: unknown): value is Members {
  return isRecord(value) && Boolean(value.output || value.usage || value.request_id);
}

function firstOf(choices: unknown): Members | undefined {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return isRecord(first) ? first : undefined;
}

function toId(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** During the answer the reason is the text `null`, JSON null, empty or absent. */
function realReason(reason: unknown): string | undefined {
  return typeof reason !== 'string' || reason === 'null' || /^\s*(null\s*)?$/.test(reason)
    ? undefined
    : reason;
}

/** Running totals; the first frame's may be empty, and the oldest models send none. */
function toUsage(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined;
  const { prompt_tokens_details: input, output_tokens_details: output } = raw;
  return readUsage({
    input: raw.input_tokens,
    output: raw.output_tokens,
    total: raw.total_tokens,
    cached: isRecord(input) ? input.cached_tokens : undefined,
    reasoning: isRecord(output) ? output.reasoning_tokens : undefined,
  });
}
