/** Reads chat completions: chunks, whole answers, and the liberties that services and gateways take with both. */

import * as z from 'zod';
import { ChatError } from '../core/chatError.ts';
import type { FinishReason, StreamPart, Usage } from '../core/chatModel.ts';
import { isRecord, joinTexts, withFirstOf } from './json.ts';
import { openAIError } from './openaiErrors.ts';
import type { ServerEvent } from './serverEvents.ts';
import { createThinkTagSplitter } from './thinkTags.ts';
import { createToolCallJoiner } from './toolCallJoiner.ts';
import { readUsage } from './usageDetails.ts';
import type { AnswerDecoder } from './wire.ts';

const providerId = 'openai';
const text = z.string().nullish();
/** An extra, too; some services number their answers. */
const idSchema = z.coerce.string().nullish().catch(undefined);
/** Extras: one of a wrong type must not cost the answer. */
const number = z.number().nullish().catch(undefined);
/** Read by `readUsage`, whatever it is. */
const count = z.unknown().optional();
/** Lists may be long: what their items are is looked at without a schema. */
const list = z.array(z.unknown());

const messageSchema = z.object({
  content: z.union([z.string(), list]).nullish(),
  reasoning_content: text,
  reasoning: text.catch(undefined),
  tool_calls: list.nullish(),
});

const chunkSchema = z.object({
  id: z.preprocess((value) => value ?? undefined, idSchema.optional()),
  request_id: z.preprocess((value) => value ?? undefined, idSchema.optional()),
  choices: z
    .array(
      z.object({
        delta: messageSchema.nullish(),
        message: messageSchema.nullish(),
        finish_reason: text,
        /** Qianfan v2: 0 safe, 1 low risk, 2 refused but showable, 3 not showable, 4 withdraw what was shown. */
        flag: number,
        /** Qianfan's older samples. */
        is_end: z.boolean().nullish().catch(undefined),
        need_clear_history: z.boolean().nullish().catch(undefined),
        ban_round: number,
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      total_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(undefined),
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
  error: z.unknown().optional(),
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
});

type Chunk = z.infer<typeof chunkSchema>;

const absent = z.undefined().optional();

/** The ordinary chunk, and nothing but it: told many times faster than by a schema that puts up with oddities. */
const plainChunkSchema = z.object({
  id: z.string(),
  choices: z.array(
    z.object({
      delta: z.object({ content: text, reasoning_content: text, reasoning: text, tool_calls: absent }),
      message: absent,
      finish_reason: text,
      flag: z.number().nullish(),
      is_end: absent,
      need_clear_history: absent,
      ban_round: absent,
    }),
  ),
  usage: z.null().optional(),
  request_id: absent,
  error: absent,
  code: absent,
});

function parseChunk(value: unknown): Chunk | undefined {
  if (!isRecord(value)) return undefined;
  const chunk = withFirstOf(value, 'choices');
  return plainChunkSchema.safeParse(chunk).data ?? chunkSchema.safeParse(chunk).data;
}

/** After the finish reason a usage chunk may follow; a server that then says nothing more is not waited for. */
const graceMs = 2000;

export function createOpenAIDecoder(emit: (part: StreamPart) => void): AnswerDecoder {
  const thinkTags = createThinkTagSplitter();
  const toolCalls = createToolCallJoiner();
  let usage: Usage | undefined;
  let requestId: string | undefined;
  let rawReason: string | undefined;
  let withheld = false;
  let bannedRound: number | undefined;
  let ended = false;
  let grace: NodeJS.Timeout | undefined;

  const emitTexts = (texts: { text: string; reasoning: string }): void => {
    if (texts.reasoning !== '') emit({ type: 'reasoning-delta', text: texts.reasoning });
    if (texts.text !== '') emit({ type: 'text-delta', text: texts.text });
  };

  /** Once: whatever the end looked like. */
  const finish = (): void => {
    if (ended) return;
    ended = true;
    clearTimeout(grace);
    emitTexts(thinkTags.flush());
    const calls = toolCalls.parts();
    for (const call of calls) emit(call);
    const raw = rawReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
    emit({
      type: 'finish',
      reason: withheld ? 'content-filter' : toReason(raw),
      rawReason: raw,
      usage,
      requestId,
      bannedRound,
    });
  };

  const fail = (error: ChatError): never => {
    ended = true;
    clearTimeout(grace);
    throw error;
  };

  const readMessage = (message: z.infer<typeof messageSchema> | null | undefined): void => {
    if (!message) return;
    const reasoning = message.reasoning_content ?? message.reasoning;
    if (reasoning) emit({ type: 'reasoning-delta', text: reasoning });
    const content = joinTexts(message.content);
    if (content) emitTexts(thinkTags.push(content));
    toolCalls.push(message.tool_calls);
  };

  const readChunk = (chunk: Chunk): void => {
    requestId = chunk.id ?? requestId;
    usage = toUsage(chunk.usage) ?? usage;
    const choice = chunk.choices?.[0];
    if (choice?.flag !== undefined && choice.flag !== null && choice.flag >= 2) {
      withheld = true;
      if (choice.flag >= 4) emit({ type: 'text-replace', text: '' });
    }
    if (choice && (choice.flag ?? 0) < 3) readMessage(choice.delta ?? choice.message);
    if (choice?.need_clear_history) withheld = true;
    bannedRound = choice?.ban_round ?? bannedRound;
    rawReason = choice?.finish_reason || (choice?.is_end ? 'stop' : undefined) || rawReason;
  };

  /** `undefined`: not a chunk of an answer. Throws for an error. */
  const toChunk = (value: unknown, event: ServerEvent | undefined): Chunk | undefined => {
    const chunk = parseChunk(value);
    const failed =
      event?.name === 'error' || (chunk && (chunk.error != null || (Boolean(chunk.code) && !chunk.choices)));
    if (failed) {
      return fail(
        openAIError(value ?? event?.data ?? '', {
          status: event?.status,
          requestId: chunk?.request_id ?? chunk?.id ?? requestId,
        }),
      );
    }
    return chunk;
  };

  return {
    held: toolCalls.held,
    get requestId() {
      return requestId;
    },
    readEvent(event) {
      const data = event.data.trim();
      if (data === '[DONE]') return finish();
      // An empty object is a sign of life.
      if (data === '{}') return;
      const chunk = toChunk(event.value, event);
      if (!chunk) {
        // Events of another name, such as `ping`, are signs of life.
        const named = event.name !== undefined && event.name !== 'message';
        if (data !== '' && !named) fail(unreadable(data, requestId));
        return;
      }
      readChunk(chunk);
      if (rawReason === undefined || ended) return;
      if (usage && chunk.choices?.length === 0) finish();
      else grace ??= setTimeout(finish, graceMs).unref();
    },
    readWhole(value) {
      const chunk = toChunk(value, undefined);
      const choice = chunk?.choices?.[0];
      if (!chunk || !choice) return fail(unreadable(JSON.stringify(value), requestId));
      readChunk(chunk);
      // A lone piece of a stream is no whole answer.
      if (choice.message || rawReason !== undefined) finish();
    },
    flush() {
      if (ended) return;
      if (rawReason !== undefined) finish();
      else emitTexts(thinkTags.flush());
      ended = true;
      clearTimeout(grace);
    },
  };
}

function toReason(raw: string): FinishReason {
  if (raw === 'stop' || raw === 'length') return raw;
  if (raw === 'tool_calls' || raw === 'function_call') return 'tool-calls';
  return raw === 'content_filter' ? 'content-filter' : 'other';
}

function toUsage(raw: Chunk['usage']): Usage | undefined {
  return readUsage({
    input: raw?.prompt_tokens,
    output: raw?.completion_tokens,
    total: raw?.total_tokens,
    cached: raw?.prompt_tokens_details?.cached_tokens,
    reasoning: raw?.completion_tokens_details?.reasoning_tokens,
  });
}

function unreadable(data: string, requestId: string | undefined): ChatError {
  const message = `The service sent something that is no answer: ${data}`;
  return new ChatError({ kind: 'protocol', providerId, message, requestId });
}
