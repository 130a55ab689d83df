/** A bare HTTP client for the emulator's tests; it shares nothing with the providers. */

import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Emulator } from '../../../src/emulator/index.ts';

export const generationPath = '/api/v1/services/aigc/text-generation/generation';

export interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  /** As they came out of the socket, chunk by chunk. */
  chunks: Buffer[];
  bytes: Buffer;
  text: string;
  /** Set when the connection broke before the body ended. */
  broken?: Error;
}

export interface Sending {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: unknown;
  stream?: boolean;
}

/** Sends a request and gives the answer once its headers are here. */
export async function open(emulator: Emulator, sending: Sending): Promise<IncomingMessage> {
  const { method = 'POST', path = generationPath, headers = {}, body = question('hi'), stream } = sending;
  const request = http.request(emulator.origin + path, {
    method,
    agent: false,
    headers: {
      authorization: 'Bearer sk-test',
      'content-type': 'application/json',
      ...(stream === true ? { 'x-dashscope-sse': 'enable' } : {}),
      ...headers,
    },
  });
  request.end(typeof body === 'string' ? body : JSON.stringify(body));
  const [incoming] = await once(request, 'response');
  return incoming as IncomingMessage;
}

/** Sends a request and reads the whole answer. */
export async function send(emulator: Emulator, sending: Sending = {}): Promise<Reply> {
  const incoming = await open(emulator, sending);
  const chunks: Buffer[] = [];
  // Iterating would join chunks that arrive together.
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  const broken = await finished(incoming).then(
    () => undefined,
    (error: Error) => error,
  );
  const bytes = Buffer.concat(chunks);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    chunks,
    bytes,
    text: bytes.toString(),
    broken,
  };
}

export interface QuestionBody {
  model: string;
  input: Record<string, unknown>;
  parameters: Record<string, unknown>;
}

/** A request body that keeps every rule. */
export function question(
  text: string,
  parameters: Record<string, unknown> = {},
  model = 'qwen2-72b-instruct',
): QuestionBody {
  return { model, input: { messages: [{ role: 'user', content: text }] }, parameters };
}

export const prompt = (text: string, parameters: Record<string, unknown>, model: string): QuestionBody => ({
  model,
  input: { prompt: text },
  parameters,
});

/** With the token every emulator knows. */
export const qianfanPath =
  '/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ngxxxol8_test1?access_token=24.demo-access-token';

/** The JSON values of a stream's `data:` lines; `[DONE]` stays a text. */
export function dataOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length).trim())
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}
