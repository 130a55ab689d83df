/** Decodes chat completions: chunks, whole answers, and the deviations of services and gateways. */

import type { ChatError } from '../../llm/chatError.ts';
import type { FinishReason, Usage } from '../../llm/chatModel.ts';
import { toFinishReason } from '../../llm/finishReason.ts';
import { emptyAnswer, invalidAnswer } from '../http/invalidAnswer.ts';
import { findError, findPossibleError, readError, type ServiceError } from '../http/serviceError.ts';
import { readContent, readReasoning } from '../messages/messageContent.ts';
import { createToolCallJoiner } from '../messages/toolCallJoiner.ts';
import { laterUsage, readCount, readUsage } from '../messages/usageDetails.ts';
import type { AnswerDecoder, AnswerEvent, DecoderOutput } from '../protocolAdapter.ts';
import { isRecord, parseJson } from '../sse/json.ts';
import { SliceBuffer } from '../sse/sliceBuffer.ts';
import { toOpenAIError } from './openaiErrors.ts';
import { createReasoningJoiner, shortestRepeat } from './reasoningJoiner.ts';
import { createThinkTagSplitter } from './thinkTags.ts';

const providerId = 'openai';

/**
 * The answer is complete when nothing more comes for this time behind a finish reason, without `[DONE]` or the end of
 * the stream. In milliseconds. `doubtful`: this server sent a reason before the end of the answer.
 */
const graceMs = { ordinary: 5000, doubtful: 15_000 };

const tellingReasons: ReadonlySet<FinishReason> = new Set(['tool-calls', 'length', 'content-filter']);

/** Choices to look at; Qiao asks for one. */
const maxChoices = 8;

type Members = Readonly<Record<string, unknown>>;

/**
 * Skips members of an unexpected type, and frames that are no chunk, and tells `output.skip`. Errors end the answer,
 * see `findError`. Text behind a finish reason is part of the answer. `tools`: names of the request's tools.
 */
export function createOpenAIDecoder(output: DecoderOutput, tools: readonly string[] = []): AnswerDecoder {
  const { emit } = output;
  const skip = (member?: string): void => output.skip?.(member);
  const toolCalls = createToolCallJoiner({ tools, skip: () => skip('tool_calls') });
  const reasoning = createReasoningJoiner((text) => emit({ type: 'reasoning-delta', text }));
  const tags = createThinkTagSplitter(
    {
      text: (text) => {
        if (text !== '') emit({ type: 'text-delta', text });
      },
      reasoning: (text) => reasoning.push('text', text),
      reclassify(text, rest) {
        emit({ type: 'text-replace', text: rest });
        reasoning.push('text', text);
      },
    },
    { all: () => content.text, acceptsLoneClosingTag: () => !reasoning.begun },
  );
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let rawReason: string | undefined;
  let withheld = false;
  let bannedRound: number | undefined;
  /** Raw text of the answer, with tags. */
  const content = new SliceBuffer();
  /** Number of text deltas, without whole messages. */
  let pieces = 0;
  /** A delta that repeats the whole text, as in some services' last chunk: dropped unless more text follows. */
  let repeated = '';
  /** The index of the choice that is read. */
  let choiceIndex: number | undefined;
  /** A chunk has come; visible content has come. */
  let begun = false;
  let started = false;
  /** Calls come in `tool_calls`: ignore the older member, which repeats them. */
  let listsCalls = false;
  /** This server sends finish reasons while the answer goes on. */
  let doubtful = false;
  let grace: AnswerDecoder['grace'];
  /** A message beside the answer: its error, if nothing more comes. */
  let possibleError: ServiceError | undefined;
  let ended = false;

  const toError = (words: ServiceError, status: number | undefined): ChatError =>
    toOpenAIError(words, { status, requestId: words.requestId ?? requestId, started });

  /** Emits what is buffered, for an incomplete answer. */
  const flushPending = (): void => {
    addText(repeated);
    tags.flush();
  };

  /** Emits the buffered text before throwing. */
  const fail = (words: ServiceError, status: number | undefined): never => {
    flushPending();
    ended = true;
    throw toError(words, status);
  };

  /** Runs once, however the answer ended. */
  const finish = (): void => {
    if (ended) return;
    ended = true;
    if (repeated !== '') skip('delta.content');
    const calls = toolCalls.parts();
    tags.flush(calls.length > 0);
    for (const call of calls) emit(call);
    const raw = rawReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
    const reason = withheld ? 'content-filter' : toFinishReason(raw);
    emit({ type: 'finish', reason, rawReason: raw, usage, requestId, bannedRound });
  };

  const readDone = (): void => {
    if (possibleError && (rawReason === undefined || doubtful)) fail(possibleError, undefined);
    if (!begun) {
      ended = true;
      throw emptyAnswer(providerId);
    }
    finish();
  };

  /** `undefined` for a value that is no text; skips it unless it is null. */
  const textOf = (value: unknown, member: string): string | undefined => {
    if (typeof value === 'string') return value;
    if (value !== null && value !== undefined) skip(member);
    return undefined;
  };

  const addText = (text: string): void => {
    if (text === '') return;
    content.add(text);
    tags.push(text);
  };

  // Compare lengths first: comparing the texts takes time for their whole length.
  const isContent = (text: string): boolean => text.length === content.length && text === content.text;

  const readDelta = (delta: Members): void => {
    const read = readContent(delta, skip);
    const thought = readReasoning(delta, skip);
    // Behind text, a repetition of all reasoning, as in some last chunks.
    if (thought && content.length > 0 && reasoning.isAll(thought.text)) skip(`delta.${thought.member}`);
    else if (thought) reasoning.push(thought.member, thought.text);
    reasoning.push('content', read.reasoning);
    if (read.text !== '') {
      addText(repeated);
      repeated = pieces > 1 && content.length >= shortestRepeat && isContent(read.text) ? read.text : '';
      if (repeated === '') addText(read.text);
      pieces++;
    }
    toolCalls.push(delta.tool_calls);
    listsCalls ||= Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0;
    if (isRecord(delta.function_call) && !listsCalls) toolCalls.push({ function: delta.function_call });
  };

  /** A whole message, which may repeat the deltas (MiniMax). */
  const readMessage = (message: Members): void => {
    const read = readContent(message, skip);
    const thought = readReasoning(message, skip)?.text || read.reasoning;
    if (!reasoning.begun) reasoning.push('message', thought);
    else if (thought !== '' && !reasoning.pushWhole(thought)) skip('message.reasoning_content');
    const { text } = read;
    if (text.length >= content.length && text.startsWith(content.text)) addText(text.slice(content.length));
    else if (pieces === 0) addText(text);
    else if (text !== '') skip('message.content');
    toolCalls.pushWhole(message.tool_calls);
    if (isRecord(message.function_call) && !message.tool_calls)
      toolCalls.pushWhole({ function: message.function_call });
  };

  const readChoice = (choice: Members): void => {
    // Qianfan v2: 0 safe, 1 low risk, 2 refused but showable, 3 not showable, 4 withdraw what was shown.
    const flag = readCount(choice.flag) ?? 0;
    if (flag >= 2) withheld = true;
    if (flag >= 4) emit({ type: 'text-replace', text: '' });
    const { delta, message, text } = choice;
    if (flag < 3) {
      if (isRecord(delta)) readDelta(delta);
      else if (delta !== null && delta !== undefined) skip('delta');
      if (isRecord(message)) readMessage(message);
      else if (message !== null && message !== undefined) skip('message');
      // Legacy completions.
      if (!isRecord(delta) && !isRecord(message)) readDelta({ content: text });
    }
    // Qianfan's older samples.
    if (choice.need_clear_history === true) withheld = true;
    bannedRound = typeof choice.ban_round === 'number' ? choice.ban_round : bannedRound;
    const said = choice.finish_reason ?? (isRecord(delta) ? delta.finish_reason : undefined);
    const word = textOf(said, 'finish_reason')?.trim();
    const reason = word === undefined || /^(null|none|undefined)?$/i.test(word) ? undefined : word;
    if (reason === undefined && choice.is_end !== true) return;
    // Some services send a last `stop` behind a more specific reason, such as `tool_calls`.
    const telling = tellingReasons.has(toFinishReason(rawReason ?? 'stop'));
    if (!telling || toFinishReason(reason ?? 'stop') !== 'stop') rawReason = reason ?? rawReason ?? 'stop';
  };

  /** Of several choices, the one that came first. */
  const choiceIn = (choices: unknown): Members | undefined => {
    const first = firstOf(choices);
    if (!first || !Array.isArray(choices)) return first;
    const mine = (choice: unknown): choice is Members => isRecord(choice) && choice.index === choiceIndex;
    choiceIndex ??= typeof first.index === 'number' ? first.index : undefined;
    if (choiceIndex === undefined || typeof first.index !== 'number' || mine(first)) return first;
    // Some versions of text-generation-inference number tokens here, from 1, not choices.
    if (choiceIndex !== 0 && choices.length === 1) return first;
    return choices.slice(0, maxChoices).find(mine);
  };

  const amount = (): number => content.length + toolCalls.buffered.units + reasoning.units;

  /** Returns whether it had visible content. */
  const readChunk = (chunk: Members): boolean => {
    const before = amount();
    const hadReason = rawReason !== undefined;
    begun = true;
    requestId = toId(chunk.id) ?? toId(chunk.request_id) ?? requestId;
    const choice = choiceIn(chunk.choices);
    if (choice) readChoice(choice);
    else if (chunk.choices !== null && chunk.choices !== undefined && !isEmptyList(chunk.choices))
      skip('choices');
    const groq = isRecord(chunk.x_groq) ? chunk.x_groq.usage : undefined;
    usage = laterUsage(usage, toUsage(groq));
    usage = laterUsage(usage, toUsage(choice?.usage));
    usage = laterUsage(usage, toUsage(chunk.usage));
    const grown = amount() > before;
    if (grown) {
      started = true;
      possibleError = undefined;
    }
    if (rawReason !== undefined) {
      doubtful ||= (hadReason && grown) || amount() === 0;
      grace = { ms: doubtful ? graceMs.doubtful : graceMs.ordinary, since: Date.now() };
    }
    return grown;
  };

  /** An event that is no chunk: a keep-alive, or a message. */
  const readOther = (value: unknown, data: string): void => {
    skip();
    possibleError = findPossibleError(value ?? data) ?? possibleError;
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
    readEvent(event: AnswerEvent) {
      if (ended) return;
      const { name = '', status } = event;
      const data = event.data.trim();
      if (isDone(data)) return readDone();
      const value = unwrap(event.value);
      const chunk = isRecord(value) && isChunk(value) ? value : undefined;
      const failure = findError(value);
      // Content beside an error is part of the answer.
      const grown = chunk !== undefined && readChunk(chunk);
      if (failure) fail(failure, status);
      if (grown) return;
      if (/error|exception|fail/i.test(name)) fail(readError(value ?? data), status);
      if (chunk) possibleError = findPossibleError(chunk) ?? possibleError;
      // Events with another name, such as `ping`, are keep-alives.
      else if (['', 'message', 'data'].includes(name)) readOther(value, data);
      else skip();
    },
    readWhole(whole) {
      const value = unwrap(whole);
      const failure = findError(value);
      const choice = isRecord(value) ? firstOf(value.choices) : undefined;
      if (failure) {
        if (isRecord(value) && choice) readChunk(value);
        fail(failure, undefined);
      }
      if (!isRecord(value) || !choice) {
        const words = findPossibleError(value);
        if (words) fail(words, undefined);
        ended = true;
        throw invalidAnswer(providerId, JSON.stringify(value), requestId);
      }
      readChunk(value);
      // A lone chunk of a stream is no whole answer.
      if (isRecord(choice.message) || typeof choice.text === 'string' || rawReason !== undefined) finish();
    },
    flush(how) {
      if (ended) return;
      // Doubtful finish reasons do not prove the end.
      const complete =
        rawReason !== undefined && how !== 'stopped' && !(doubtful && (how === 'broken' || possibleError));
      if (complete) finish();
      else flushPending();
      ended = true;
    },
  };
}

/** Unwraps a chunk from a JSON text, a list of one, or a gateway's envelope. */
function unwrap(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('{') ? (parseJson(value) ?? value) : value;
  if (Array.isArray(value)) return value.length === 1 && hasChoices(value[0]) ? value[0] : value;
  return isRecord(value) && !value.choices && hasChoices(value.data) ? value.data : value;
}

function hasChoices(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value.choices);
}

function isDone(data: string): boolean {
  return data.length <= 8 && /^"?\[done\]"?$/i.test(data);
}

/** Whether the value is part of an answer, by its members. */
function isChunk({ choices, usage, object }: Members): boolean {
  return (
    isRecord(choices) ||
    isRecord(usage) ||
    (typeof object === 'string' && object.startsWith('chat.completion'))
  );
}

function firstOf(choices: unknown): Members | undefined {
  if (!Array.isArray(choices))
    return isRecord(choices) && (choices.delta || choices.message) ? choices : undefined;
  const first: unknown = choices[0];
  return isRecord(first) ? first : choices.slice(1, maxChoices).find((choice) => isRecord(choice));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Some services send numbers as ids. */
function toId(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toUsage(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined;
  const { prompt_tokens_details: input, completion_tokens_details: output } = raw;
  return readUsage({
    input: raw.prompt_tokens ?? raw.input_tokens,
    output: raw.completion_tokens ?? raw.output_tokens,
    total: raw.total_tokens,
    // Kimi and DeepSeek report cached tokens beside the details.
    cached:
      (isRecord(input) ? input.cached_tokens : undefined) ?? raw.cached_tokens ?? raw.prompt_cache_hit_tokens,
    reasoning: isRecord(output) ? output.reasoning_tokens : undefined,
  });
}
