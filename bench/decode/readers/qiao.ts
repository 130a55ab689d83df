/** Qiao, through its front door. */

import type { ModelParameters } from '../../../src/llm/chatModel.ts';
import { type Connection, createChatModel } from '../../../src/providers/index.ts';
import { apiKey, modelId, question, type Reader } from './reader.ts';

export const qiaoOpenAI = createReader((baseUrl) => ({
  protocol: 'openai',
  baseUrl: `${baseUrl}/v1`,
  apiKey,
}));
export const qiaoDashScope = createReader((baseUrl) => ({ protocol: 'dashscope', baseUrl, apiKey }));
export const qiaoWhole = createReader((baseUrl) => ({ protocol: 'dashscope', baseUrl, apiKey }), {
  incrementalOutput: false,
});

function createReader(
  toConnection: (baseUrl: string) => Connection,
  parameters: ModelParameters = {},
): Reader {
  return {
    async read(baseUrl, onPiece) {
      const model = createChatModel(toConnection(baseUrl), modelId);
      const request = { messages: [{ role: 'user' as const, content: question }], parameters };
      for await (const part of model.stream(request, new AbortController().signal)) {
        if (part.type === 'text-delta') onPiece(part.text);
      }
    },
  };
}
