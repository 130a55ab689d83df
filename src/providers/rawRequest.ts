/** Requests with a given body, e.g. a recorded one. */

import type { ChatModel, ChatRequest, StreamPart } from '../llm/chatModel.ts';
import { parseJson } from './sse/json.ts';

export interface RawRequest {
  /** Sent unchanged. */
  body: string;
  /** Whether the answer is streamed, where the body does not say (DashScope: a header does). */
  stream: boolean;
  /** Path of the recorded address, for protocols that have several. */
  path: string;
}

/** A model that can also send recorded requests. */
export interface ReplayModel extends ChatModel {
  /** Like `stream`. The request goes to the connection's address, with its credentials. */
  replay(request: RawRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
}

/** The request as far as decoders need it. */
export function toDecoderRequest({ body, stream }: RawRequest): ChatRequest {
  const { parameters } = readObject(parseJson(body));
  const { incremental_output: incremental } = readObject(parameters);
  return { messages: [], parameters: { stream, incrementalOutput: incremental === true } };
}

/** Whether the body asks for a stream. */
export function asksForStream({ body, stream }: RawRequest): boolean {
  const value = readObject(parseJson(body)).stream;
  return typeof value === 'boolean' ? value : stream;
}

function readObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
