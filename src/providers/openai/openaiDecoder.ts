/** Reads chat completions: chunks, whole answers, and the liberties that services and gateways take with both. */

import type { ChatError } from '../../llm/chatError.ts';
import type { FinishReason, Usage } from '../../llm/chatModel.ts';
import { toFinishReason } from '../../llm/finishReason.ts';
import { type FailureWords, findComplaint, findFailure, readFailureWords } from '../http/failureWords.ts';
import { emptyAnswer, noAnswer } from '../http/noAnswer.ts';
import { readContent, readThought } from '../messages/messageContent.ts';
import { createToolCallJoiner } from '../messages/toolCallJoiner.ts';
import { laterUsage, readCount, readUsage } from '../messages/usageDetails.ts';
import { isRecord, parseJson } from '../sse/json.ts';
import { SliceBuffer } from '../sse/sliceBuffer.ts';
import type { AnswerDecoder, AnswerEvent, DecoderOutput } from '../wire.ts';
import { toOpenAIError } from './openaiErrors.ts';
import { createThinkTagSplitter } from './thinkTags.ts';
import { createThoughts, shortestRepeat } from './thoughts.ts';

const providerId = 'openai';

/**
 * How long nothing of the answer may come behind a finish reason, in milliseconds: the answer is complete then, though
 * neither `[DONE]` nor the end of the stream came. `doubtful`: this server wrote a reason before the end of the answer.
 */
const graceMs = { ordinary: 5000, doubtful: 15_000 };

const tellingReasons: ReadonlySet<FinishReason> = new Set(['tool-calls', 'length', 'content-filter']);

/** Answers to one question; Qiao asks for one. */
const mostChoices = 8;

type Members = Readonly<Record<string, unknown>>;

/**
 * One member of an odd type costs that member, one frame that is no chunk that frame: `output.skip` is told. Errors end
 * the answer, see `findFailure`. Text that comes behind a finish reason is part of the answer. `tools`: names that can be called.
 */
export function createOpenAIDecoder(output: DecoderOutput, tools: readonly string[] = []): AnswerDecoder {
  const { emit } = output;
  const skip = (member?: string): void => output.skip?.(member);
  const toolCalls = createToolCallJoiner({ tools, skip: () => skip('tool_calls') });
  const thoughts = createThoughts((text) => emit({ type: 'reasoning-delta', text }));
  const tags = createThinkTagSplitter(
    {
      text: (text) => {
        if (text !== '') emit({ type: 'text-delta', text });
      },
      thought: (text) => thoughts.push('text', text),
      turn(text, rest) {
        emit({ type: 'text-replace', text: rest });
        thoughts.push('text', text);
      },
    },
    { all: () => content.text, endsAlone: () => !thoughts.begun },
  );
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let rawReason: string | undefined;
  let withheld = false;
  let bannedRound: number | undefined;
  /** Text of the answer as it came, tags included. */
  const content = new SliceBuffer();
  /** How many pieces of it came, whole messages aside. */
  let pieces = 0;
  /** A piece that says again all that came, as some services do in their last chunk: no text unless more comes. */
  let repeated = '';
  /** The index of the answer that is read. */
  let wanted: number | undefined;
  /** A chunk of the answer has come; something to show has come. */
  let begun = false;
  let started = false;
  /** Calls come in today's members: the older one repeats them. */
  let listsCalls = false;
  /** Finish reasons of this server come while the answer goes on. */
  let doubtful = false;
  let grace: AnswerDecoder['grace'];
  /** Words of the service that were no part of the answer: what went wrong, should nothing more come. */
  let complaint: FailureWords | undefined;
  let ended = false;

  const toError = (words: FailureWords, status: number | undefined): ChatError =>
    toOpenAIError(words, { status, requestId: words.requestId ?? requestId, started });

  /** What was held back, where the answer does not become complete. */
  const giveOut = (): void => {
    addText(repeated);
    tags.flush();
  };

  /** What had come before is given out. */
  const fail = (words: FailureWords, status: number | undefined): never => {
    giveOut();
    ended = true;
    throw toError(words, status);
  };

  /** Once: whatever the end looked like. */
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
    if (complaint && (rawReason === undefined || doubtful)) fail(complaint, undefined);
    if (!begun) {
      ended = true;
      throw emptyAnswer(providerId);
    }
    finish();
  };

  /** `undefined` for what is no text; told where it is something all the same. */
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

  // The lengths first: to compare the texts takes as long as they are.
  const isContent = (text: string): boolean => text.length === content.length && text === content.text;

  const readDelta = (delta: Members): void => {
    const read = readContent(delta, skip);
    const thought = readThought(delta, skip);
    // Behind text, all thoughts again are a repetition, as a last chunk brings it.
    if (thought && content.length > 0 && thoughts.isAll(thought.text)) skip(`delta.${thought.member}`);
    else if (thought) thoughts.push(thought.member, thought.text);
    thoughts.push('content', read.thought);
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

  /** A whole message, which may repeat what came in pieces (MiniMax). */
  const readMessage = (message: Members): void => {
    const read = readContent(message, skip);
    const thought = readThought(message, skip)?.text || read.thought;
    if (!thoughts.begun) thoughts.push('message', thought);
    else if (thought !== '' && !thoughts.pushWhole(thought)) skip('message.reasoning_content');
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
      // Completions of the older kind.
      if (!isRecord(delta) && !isRecord(message)) readDelta({ content: text });
    }
    // Qianfan's older samples.
    if (choice.need_clear_history === true) withheld = true;
    bannedRound = typeof choice.ban_round === 'number' ? choice.ban_round : bannedRound;
    const said = choice.finish_reason ?? (isRecord(delta) ? delta.finish_reason : undefined);
    const word = textOf(said, 'finish_reason')?.trim();
    const reason = word === undefined || /^(null|none|undefined)?$/i.test(word) ? undefined : word;
    if (reason === undefined && choice.is_end !== true) return;
    // Behind a reason that tells more, such as `tool_calls`, some write a last `stop`.
    const telling = tellingReasons.has(toFinishReason(rawReason ?? 'stop'));
    if (!telling || toFinishReason(reason ?? 'stop') !== 'stop') rawReason = reason ?? rawReason ?? 'stop';
  };

  /** Of several answers to one question the one that came first. */
  const choiceIn = (choices: unknown): Members | undefined => {
    const first = firstOf(choices);
    if (!first || !Array.isArray(choices)) return first;
    const mine = (choice: unknown): choice is Members => isRecord(choice) && choice.index === wanted;
    wanted ??= typeof first.index === 'number' ? first.index : undefined;
    if (wanted === undefined || typeof first.index !== 'number' || mine(first)) return first;
    // The number of a token, not of an answer: some versions of text-generation-inference count from 1.
    if (wanted !== 0 && choices.length === 1) return first;
    return choices.slice(0, mostChoices).find(mine);
  };

  const amount = (): number => content.length + toolCalls.held.units + thoughts.units;

  /** Whether it brought something to show. */
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
    for (const counted of [groq, choice?.usage, chunk.usage]) usage = laterUsage(usage, toUsage(counted));
    const grown = amount() > before;
    if (grown) {
      started = true;
      complaint = undefined;
    }
    if (rawReason !== undefined) {
      doubtful ||= (hadReason && grown) || amount() === 0;
      grace = { ms: doubtful ? graceMs.doubtful : graceMs.ordinary, since: Date.now() };
    }
    return grown;
  };

  /** What is no chunk: a sign of life, or words. */
  const readOther = (value: unknown, data: string): void => {
    skip();
    complaint = findComplaint(value ?? data) ?? complaint;
  };

  return {
    held: toolCalls.held,
    get requestId() {
      return requestId;
    },
    get grace() {
      return grace;
    },
    get complaint() {
      return complaint && toError(complaint, undefined);
    },
    readEvent(event: AnswerEvent) {
      if (ended) return;
      const { name = '', status } = event;
      const data = event.data.trim();
      if (isDone(data)) return readDone();
      const value = unwrap(event.value);
      const chunk = isRecord(value) && isChunk(value) ? value : undefined;
      const failure = findFailure(value);
      // What came with an error is part of the answer.
      const grown = chunk !== undefined && readChunk(chunk);
      if (failure) fail(failure, status);
      if (grown) return;
      if (/error|exception|fail/i.test(name)) fail(readFailureWords(value ?? data), status);
      if (chunk) complaint = findComplaint(chunk) ?? complaint;
      // Events of another name, such as `ping`, are signs of life.
      else if (['', 'message', 'data'].includes(name)) readOther(value, data);
      else skip();
    },
    readWhole(whole) {
      const value = unwrap(whole);
      const failure = findFailure(value);
      const choice = isRecord(value) ? firstOf(value.choices) : undefined;
      if (failure) {
        if (isRecord(value) && choice) readChunk(value);
        fail(failure, undefined);
      }
      if (!isRecord(value) || !choice) {
        const words = findComplaint(value);
        if (words) fail(words, undefined);
        ended = true;
        throw noAnswer(providerId, JSON.stringify(value), requestId);
      }
      readChunk(value);
      // A lone piece of a stream is no whole answer.
      if (isRecord(choice.message) || typeof choice.text === 'string' || rawReason !== undefined) finish();
    },
    flush(how) {
      if (ended) return;
      // Where reasons come while the answer goes on, they do not tell its end.
      const complete =
        rawReason !== undefined && how !== 'stopped' && !(doubtful && (how === 'broken' || complaint));
      if (complete) finish();
      else giveOut();
      ended = true;
    },
  };
}

/** A chunk as JSON in a text, alone in a list, or in the envelope of a gateway. */
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

/** A value of JSON that brings something of an answer, or says that it belongs to one. */
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
  return isRecord(first) ? first : choices.slice(1, mostChoices).find((choice) => isRecord(choice));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Some services number their answers. */
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
    // Kimi and DeepSeek count what was cached beside the rest.
    cached:
      (isRecord(input) ? input.cached_tokens : undefined) ?? raw.cached_tokens ?? raw.prompt_cache_hit_tokens,
    reasoning: isRecord(output) ? output.reasoning_tokens : undefined,
  });
}
