import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import type { ChatModel, ToolDefinition } from '../../src/llm/chatModel.ts';
import { createChatModel } from '../../src/providers/index.ts';

const tool = (name: string): ToolDefinition => ({
  name,
  description: 'Does it.',
  inputSchema: { type: 'object', properties: {} },
});

describe('a call that is asked for', () => {
  let emulator: Emulator;
  const apiKey = 'sk-0123456789abcdef';

  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    emulator.script({ toolCalls: [{ name: 'one', arguments: '{}' }] });
  });
  afterEach(() => emulator.dispose());

  const ask = async (model: ChatModel, tools: ToolDefinition[]): Promise<unknown> => {
    const messages = [{ role: 'user' as const, content: 'Do it' }];
    const request = { messages, tools, toolChoice: 'required' as const };
    const parts: string[] = [];
    for await (const part of model.stream(request, AbortSignal.timeout(50_000))) parts.push(part.type);
    assert.deepEqual(parts, ['tool-call', 'finish']);
    return emulator.requests[0]?.body;
  };

  it('is `required` over OpenAI’s protocol', async () => {
    const model = createChatModel({ protocol: 'openai', baseUrl: `${emulator.origin}/v1`, apiKey }, 'm');
    const body = await ask(model, [tool('one'), tool('two')]);
    assert.equal((body as { tool_choice: unknown }).tool_choice, 'required');
  });

  it('is named over DashScope’s, which has no word for one of several', async () => {
    const model = createChatModel({ protocol: 'dashscope', baseUrl: emulator.origin, apiKey }, 'qwen-plus');
    await assert.rejects(ask(model, [tool('one'), tool('two')]), { kind: 'invalid-request' });
    assert.equal(emulator.requests.length, 0);
    const body = await ask(model, [tool('one')]);
    assert.deepEqual((body as { parameters: { tool_choice: unknown } }).parameters.tool_choice, {
      type: 'function',
      function: { name: 'one' },
    });
  });
});
