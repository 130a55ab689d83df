/** A request whose body is given, e.g. one that was recorded: what it says about the answer that will come. */

import type { ChatModel, ChatRequest, StreamPart } from '../llm/chatModel.ts';
import { parseJson } from './sse/json.ts';

export interface RawRequest {
  /** Sent byte for byte. */
  body: string;
  /** Whether the answer is to be streamed where the body doesn't say (DashScope asks for it in a header). */
  stream: boolean;
  /** Path of the address it went to, for protocols that have several. */
  path: string;
}

/** A model that also sends what was recorded. */
export interface ReplayModel extends ChatModel {
  /** Like `stream`. The request goes to the connection's own address, with its credentials. */
  replay(request: RawRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
}

/** What a decoder has to know of the request. */
export function toDecoderRequest({ body, stream }: RawRequest): ChatRequest {
  const { parameters } = readObject(parseJson(body));
  const { incremental_output: incremental } = readObject(parameters);
  return { messages: [], parameters: { stream, incrementalOutput: incremental === true } };
}

/** Whether the body itself asks for a stream. */
export function asksForStream({ body, stream }: RawRequest): boolean {
  const value = readObject(parseJson(body)).stream;
  return typeof value === 'boolean' ? value : stream;
}

function readObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
