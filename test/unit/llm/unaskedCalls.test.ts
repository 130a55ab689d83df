import assert from 'node:assert/strict';
import type { ChatModel, ChatRequest, ModelInfo, StreamPart } from '../../../src/llm/chatModel.ts';
import { generate } from '../../../src/llm/generate.ts';

const info: ModelInfo = {
  id: 'm',
  name: 'M',
  family: 'M',
  providerId: 'openai',
  input: 'messages',
  toolCalling: true,
  parameters: {},
};

/** How many calls arrive of an answer with 300. */
async function countCalls(offered: Pick<ChatRequest, 'tools'>): Promise<number> {
  async function* stream(): AsyncGenerator<StreamPart> {
    for (let index = 0; index < 300; index++)
      yield { type: 'tool-call', id: `c${index}`, name: 'read', arguments: '{}' };
    yield { type: 'finish', reason: 'tool-calls' };
  }
  const model: ChatModel = { info, stream };
  let calls = 0;
  const { signal } = new AbortController();
  const request: ChatRequest = { messages: [{ role: 'user', content: 'q' }], ...offered };
  const { steps } = await generate(model, request, { signal, onPart: () => calls++ });
  assert.equal(steps[0]?.parts.length, calls);
  return calls;
}

describe('calls of tools', () => {
  it('are limited where no tools were offered', async () => {
    assert.equal(await countCalls({}), 200);
    assert.equal(await countCalls({ tools: [] }), 200);
  });

  it('all arrive where the request offered tools', async () => {
    const tools = [{ name: 'read', description: 'Reads.', inputSchema: {} }];
    assert.equal(await countCalls({ tools }), 300);
  });
});
