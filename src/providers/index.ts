/** Public API of the providers: creates a `ChatModel` for a connection and a model id. */

import type { ReplayModel } from './rawRequest.ts';
import { type Connection, findProtocol } from './registry.ts';

export type { DashScopeConnection } from './dashscope/dashscopeProvider.ts';
export type { OpenAIConnection } from './openai/openaiProviders.ts';
export { signBceRequest } from './qianfanV1/bceAuth.ts';
export type { QianfanV1Connection } from './qianfanV1/qianfanV1Provider.ts';
export type { Connection } from './registry.ts';

/** Opens nothing: a request is sent when a loop over `stream(…)` begins. Accepts ids that are not in the catalog. */
export function createChatModel(connection: Connection, modelId: string): ReplayModel {
  return findProtocol(connection.protocol).createModel(connection, modelId);
}
