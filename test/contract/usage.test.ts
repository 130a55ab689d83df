/** What platforms say beside the answer: kinds of tokens, and the limits of the key. */

import assert from 'node:assert/strict';
import type { FinishPart } from '../../src/llm/chatModel.ts';
import type { Connection } from '../../src/providers/index.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { startServer } from '../support/loopbackServer.ts';

const limits = { 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '12' };

async function ask(
  protocol: 'dashscope' | 'openai',
  body: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
) {
  const server = await startServer((response) => {
    const type = body.startsWith('{') ? 'application/json' : 'text/event-stream';
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  const connection: Connection = { protocol, baseUrl: server.origin, apiKey: 'sk-0123456789' };
  try {
    return await collect(createChatModel(connection, 'm'), { messages: [{ role: 'user', content: 'a' }] });
  } finally {
    await server.dispose();
  }
}

const event = (value: unknown): string => `data:${JSON.stringify(value)}\n\n`;

function dashScopeBody(usage: object): string {
  const output = { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'b' } }] };
  return event({ output, usage, request_id: 'r' });
}

function openAIBody(usage: object): string {
  const choices = [{ index: 0, delta: { content: 'b' }, finish_reason: 'stop' }];
  return `${event({ id: 'r', choices })}${event({ id: 'r', choices: [], usage })}data: [DONE]\n\n`;
}

describe('kinds of tokens', () => {
  const expected: FinishPart['usage'] = {
    inputTokens: 100,
    outputTokens: 30,
    totalTokens: 130,
    cachedInputTokens: 80,
    reasoningTokens: 20,
  };

  it('are read from DashScope', async () => {
    const { finish } = await ask(
      'dashscope',
      dashScopeBody({
        input_tokens: 100,
        output_tokens: 30,
        total_tokens: 130,
        prompt_tokens_details: { cached_tokens: 80 },
        output_tokens_details: { reasoning_tokens: 20 },
      }),
    );
    assert.deepEqual(finish?.usage, expected);
  });

  it('are read from services that speak OpenAI’s protocol', async () => {
    const { finish } = await ask(
      'openai',
      openAIBody({
        prompt_tokens: 100,
        completion_tokens: 30,
        total_tokens: 130,
        prompt_tokens_details: { cached_tokens: 80 },
        completion_tokens_details: { reasoning_tokens: 20 },
      }),
    );
    assert.deepEqual(finish?.usage, expected);
  });

  it('cost no answer where they are of a wrong kind', async () => {
    const counts = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
    const { finish, text } = await ask(
      'dashscope',
      dashScopeBody({ ...counts, prompt_tokens_details: 'many', output_tokens_details: null }),
    );
    assert.equal(text, 'b');
    assert.deepEqual(finish?.usage, { inputTokens: 1, outputTokens: 2, totalTokens: 3 });
  });
});

describe('limits of a key', () => {
  it('come with the finish of an answer', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    const { finish } = await ask('openai', openAIBody(usage), { headers: limits });
    assert.deepEqual(finish?.rateLimits, { limitRequests: 60, remainingRequests: 12 });
    const without = await ask('openai', openAIBody(usage));
    assert.ok(without.finish && !('rateLimits' in without.finish));
  });

  it('come with the error that they are the cause of', async () => {
    const body = JSON.stringify({ code: 'Throttling.RateQuota', message: 'Slow down.', request_id: 'r' });
    const headers = { ...limits, 'retry-after': '7' };
    const { error } = await ask('dashscope', body, { status: 429, headers });
    assert.equal(error?.kind, 'rate-limited');
    assert.equal(error?.retryAfterMs, 7000);
    assert.deepEqual(error?.rateLimits, { limitRequests: 60, remainingRequests: 12 });
  });
});
