/** Reads DashScope's answers: both shapes, pieces or whole texts, and errors in the middle of a stream. */

import * as z from 'zod';
import { ChatError } from '../core/chatError.ts';
import type { FinishReason, StreamPart, Usage } from '../core/chatModel.ts';
import { dashScopeError } from './dashscopeErrors.ts';
import { isRecord, joinTexts, withFirstOf } from './json.ts';
import { createCumulativeJoiner, createIncrementalJoiner, type JoinedText } from './textJoiner.ts';
import { createToolCallJoiner } from './toolCallJoiner.ts';
import { readUsage } from './usageDetails.ts';
import type { AnswerDecoder } from './wire.ts';

const providerId = 'dashscope';

/** Lists may be long: what their items are is looked at without a schema. */
const list = z.array(z.unknown());
/** Texts of multimodal models come as a list of parts. */
const contentSchema = z.union([z.string(), list]);

const messageSchema = z.object({
  content: contentSchema.nullish(),
  reasoning_content: z.string().nullish(),
  tool_calls: list.nullish(),
});

/** Read by `readUsage`, whatever it is. */
const count = z.unknown().optional();

const frameSchema = z.object({
  output: z
    .object({
      text: z.string().nullish(),
      finish_reason: z.string().nullish(),
      choices: z
        .array(z.object({ finish_reason: z.string().nullish(), message: messageSchema.nullish() }))
        .nullish(),
    })
    .nullish(),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      total_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
      output_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  request_id: z.string().nullish().catch(undefined),
  requestId: z.string().nullish().catch(undefined),
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
  message: z.string().nullish().catch(undefined),
  error: z.unknown().optional(),
});

type Frame = z.infer<typeof frameSchema>;

/**
 * Whether a value is the ordinary frame: one piece of text in the message shape. Nearly all are, and this tells it many
 * times faster than a schema, without copying the frame; whatever differs goes to the schema.
 */
function isOrdinary(value: unknown): value is Frame {
  if (!isRecord(value) || 'code' in value || 'error' in value || 'requestId' in value) return false;
  const { output, usage, request_id: id } = value;
  if (
    !isRecord(output) ||
    !Array.isArray(output.choices) ||
    'text' in output ||
    'finish_reason' in output ||
    typeof id !== 'string'
  )
    return false;
  const choice: unknown = output.choices[0];
  if (output.choices.length !== 1 || !isRecord(choice) || typeof choice.finish_reason !== 'string')
    return false;
  const { message } = choice;
  if (!isRecord(message) || typeof message.content !== 'string') return false;
  if ('tool_calls' in message || 'reasoning_content' in message || !isRecord(usage)) return false;
  return !('prompt_tokens_details' in usage || 'output_tokens_details' in usage);
}

function parseFrame(value: unknown): Frame | undefined {
  if (isOrdinary(value)) return value;
  return isRecord(value) ? frameSchema.safeParse(withFirstChoice(value)).data : undefined;
}

function withFirstChoice(value: Record<string, unknown>): unknown {
  const output = withFirstOf(value.output, 'choices');
  return output === value.output ? value : { ...value, output };
}

export interface DashScopeDecoderOptions {
  /** What was asked: pieces (`true`) or the whole text so far in every frame. */
  incremental: boolean;
  emit(part: StreamPart): void;
}

export function createDashScopeDecoder({ incremental, emit }: DashScopeDecoderOptions): AnswerDecoder {
  const createJoiner = incremental ? createIncrementalJoiner : createCumulativeJoiner;
  const text = createJoiner();
  const reasoning = createJoiner();
  const toolCalls = createToolCallJoiner();
  let usage: Usage | undefined;
  let requestId: string | undefined;

  const emitText = (joined: JoinedText | undefined): void => {
    if (joined) emit({ type: joined.type === 'delta' ? 'text-delta' : 'text-replace', text: joined.text });
  };

  /** Reasoning that is revised is not worth a part of its own. */
  const emitReasoning = (joined: JoinedText | undefined): void => {
    if (joined?.type === 'delta') emit({ type: 'reasoning-delta', text: joined.text });
  };

  const readFrame = (frame: Frame): void => {
    requestId = frame.request_id ?? frame.requestId ?? requestId;
    const counted = toUsage(frame.usage);
    usage = counted ?? usage;
    const choice = frame.output?.choices?.[0];
    const rawReason = realReason(choice?.finish_reason) ?? realReason(frame.output?.finish_reason);
    const position = { outputTokens: counted?.outputTokens, last: rawReason !== undefined };

    emitReasoning(reasoning.push(choice?.message?.reasoning_content ?? '', position));
    emitText(text.push(joinTexts(choice?.message?.content) ?? frame.output?.text ?? '', position));
    toolCalls.push(choice?.message?.tool_calls);
    if (rawReason === undefined) return;
    for (const call of toolCalls.parts()) emit(call);
    emit({ type: 'finish', reason: toReason(rawReason), rawReason, usage, requestId });
  };

  /** `undefined`: not a frame of an answer. */
  const toFrame = (value: unknown, status: number | undefined): Frame | undefined => {
    const frame = parseFrame(value);
    if (!frame) return undefined;
    const named =
      (frame.code !== undefined && frame.code !== null && frame.code !== '') || frame.error != null;
    if (named && !hasAnswer(frame)) {
      requestId = frame.request_id ?? frame.requestId ?? requestId;
      throw dashScopeError(value, { status, requestId });
    }
    return frame.output || frame.usage || frame.request_id ? frame : undefined;
  };

  return {
    held: toolCalls.held,
    get requestId() {
      return requestId;
    },
    readEvent(event) {
      const { value } = event;
      if (event.name === 'error')
        throw dashScopeError(value ?? event.data, { status: event.status, requestId });
      const frame = toFrame(value, event.status);
      if (frame) return readFrame(frame);
      // An empty object is a sign of life.
      if (isRecord(value) && !Array.isArray(value) && Object.keys(value).length === 0) return;
      const known = event.name === undefined || event.name === 'result' || event.name === 'data';
      if (known && event.data.trim() !== '' && event.data.trim() !== '[DONE]')
        throw unreadable(event.data, requestId);
    },
    flush() {
      emitReasoning(reasoning.flush());
      emitText(text.flush());
    },
    readWhole(value) {
      const frame = toFrame(value, undefined);
      if (!frame?.output) throw unreadable(JSON.stringify(value), requestId);
      const reasons = [frame.output.choices?.[0]?.finish_reason, frame.output.finish_reason];
      // A complete answer is complete, whether or not it says why it ended.
      const output = reasons.some((reason) => realReason(reason))
        ? frame.output
        : { ...frame.output, finish_reason: 'stop' };
      readFrame({ ...frame, output });
    },
  };
}

/** An error may come with an empty `output` beside its code. */
function hasAnswer({ output }: Frame): boolean {
  return Boolean(output && (output.text || realReason(output.finish_reason) || output.choices?.length));
}

/** While the answer runs, the reason is the text `null`, JSON null, empty or absent. */
function realReason(reason: string | null | undefined): string | undefined {
  return reason === null || reason === undefined || reason === 'null' || reason === '' ? undefined : reason;
}

function toReason(raw: string): FinishReason {
  if (raw === 'stop' || raw === 'length') return raw;
  if (raw === 'tool_calls') return 'tool-calls';
  return raw === 'content_filter' ? 'content-filter' : 'other';
}

/** Running totals; the first frame's may be empty, and the oldest models count nothing. */
function toUsage(raw: Frame['usage']): Usage | undefined {
  return readUsage({
    input: raw?.input_tokens,
    output: raw?.output_tokens,
    total: raw?.total_tokens,
    cached: raw?.prompt_tokens_details?.cached_tokens,
    reasoning: raw?.output_tokens_details?.reasoning_tokens,
  });
}

function unreadable(data: string, requestId: string | undefined): ChatError {
  const message = `The service sent something that is no answer: ${data}`;
  return new ChatError({ kind: 'protocol', providerId, message, requestId });
}
