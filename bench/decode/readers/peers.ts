/**
 * Other people's clients, as their documentation says to call them. They are no dependencies of this project, so only
 * the few members used here are described.
 */

import { importPeer } from '../peerPackages.ts';
import { apiKey, modelId, question, type Reader } from './reader.ts';

const messages = [{ role: 'user', content: question }];

interface OpenAIModule {
  OpenAI: new (
    options: object,
  ) => {
    chat: {
      completions: {
        create(body: object): Promise<AsyncIterable<{ choices: { delta?: { content?: string | null } }[] }>>;
      };
    };
  };
}

export async function openAIClient(): Promise<Reader> {
  const { OpenAI }: OpenAIModule = await importPeer('openai');
  return {
    async read(baseUrl, onPiece) {
      const client = new OpenAI({ apiKey, baseURL: `${baseUrl}/v1`, maxRetries: 0 });
      const stream = await client.chat.completions.create({
        model: modelId,
        messages,
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const chunk of stream) {
        const text = chunk.choices[0]?.delta?.content;
        if (text) onPiece(text);
      }
    },
  };
}

interface AiModule {
  streamText(options: object): {
    fullStream: AsyncIterable<{ type: string; text?: string; error?: unknown }>;
  };
}

interface OpenAICompatibleModule {
  createOpenAICompatible(options: object): (modelId: string) => object;
}

export async function aiSdk(): Promise<Reader> {
  const { streamText }: AiModule = await importPeer('ai');
  const { createOpenAICompatible }: OpenAICompatibleModule = await importPeer('@ai-sdk/openai-compatible');
  return {
    async read(baseUrl, onPiece) {
      const provider = createOpenAICompatible({
        name: 'bench',
        apiKey,
        baseURL: `${baseUrl}/v1`,
        includeUsage: true,
      });
      const { fullStream } = streamText({ model: provider(modelId), prompt: question, maxRetries: 0 });
      for await (const part of fullStream) {
        if (part.type === 'error') throw part.error;
        if (part.type === 'text-delta' && part.text) onPiece(part.text);
      }
    },
  };
}

interface LangChainModel {
  stream(question: string): Promise<AsyncIterable<{ content: unknown }>>;
}

interface LangChainOpenAIModule {
  ChatOpenAI: new (options: object) => LangChainModel;
}

export async function langChainOpenAI(): Promise<Reader> {
  const { ChatOpenAI }: LangChainOpenAIModule = await importPeer('@langchain/openai');
  return {
    read: (baseUrl, onPiece) =>
      readLangChain(
        new ChatOpenAI({
          model: modelId,
          apiKey,
          streaming: true,
          maxRetries: 0,
          configuration: { baseURL: `${baseUrl}/v1` },
        }),
        onPiece,
      ),
  };
}

interface TongyiModule {
  ChatAlibabaTongyi: new (options: object) => LangChainModel;
}

export async function langChainTongyi(): Promise<Reader> {
  const { ChatAlibabaTongyi }: TongyiModule = await importPeer(
    '@langchain/community/chat_models/alibaba_tongyi',
  );
  return {
    read: (baseUrl, onPiece) =>
      readLangChain(
        new ChatAlibabaTongyi({
          model: modelId,
          alibabaApiKey: apiKey,
          streaming: true,
          maxRetries: 0,
          apiUrl: `${baseUrl}/api/v1/services/aigc/text-generation/generation`,
        }),
        onPiece,
      ),
  };
}

async function readLangChain(model: LangChainModel, onPiece: Parameters<Reader['read']>[1]): Promise<void> {
  for await (const { content } of await model.stream(question)) {
    if (typeof content === 'string' && content !== '') onPiece(content);
  }
}
