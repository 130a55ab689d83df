/** Asks a server on loopback in DashScope's protocol, and writes the bytes of its answers. */

import type { AnswerLimits, NetworkOptions, RetryOptions, Timeouts } from '../../src/providers/connection.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { type Collected, collect } from './collect.ts';

export const apiKey = 'sk-network-0123456789';
export const eventStream = { 'content-type': 'text/event-stream' };

export interface AskOptions {
  network?: NetworkOptions;
  timeouts?: Timeouts;
  limits?: AnswerLimits;
  retry?: RetryOptions;
  signal?: AbortSignal;
}

export function ask(baseUrl: string, { signal, ...options }: AskOptions = {}): Promise<Collected> {
  const model = createChatModel({ protocol: 'dashscope', baseUrl, apiKey, ...options }, 'qwen2-7b-instruct');
  return collect(model, { messages: [{ role: 'user', content: '你好' }] }, signal);
}

/** One event of a stream; the last one with its `finish`. */
export function event(content: string, finish: 'stop' | 'null' = 'null'): string {
  const choices = [{ message: { role: 'assistant', content }, finish_reason: finish }];
  return `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify({ output: { choices }, request_id: 'r-1' })}\n\n`;
}
