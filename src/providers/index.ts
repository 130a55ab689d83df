/** Public API of the providers: creates a `ChatModel` for a connection and a model id. */

export type { DashScopeConnection } from './dashscope/dashscopeProvider.ts';
export type { OpenAIConnection } from './openai/openaiProviders.ts';
export { signBceRequest } from './qianfanV1/bceAuth.ts';
export type { QianfanV1Connection } from './qianfanV1/qianfanV1Provider.ts';
export { type Connection, createChatModel } from './registry.ts';
