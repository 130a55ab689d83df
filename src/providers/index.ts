/** The providers' front door: a connection and a model id become a `ChatModel` that can also send a recorded request again. */

import type { ReplayModel } from './rawRequest.ts';
import { type Connection, findProtocol } from './registry.ts';

export type { DashScopeConnection } from './dashscope/dashscopeProvider.ts';
export type { OpenAIConnection } from './openai/openaiProviders.ts';
export { signBceRequest } from './qianfanV1/bceAuth.ts';
export type { QianfanV1Connection } from './qianfanV1/qianfanV1Provider.ts';
export type { Connection } from './registry.ts';

/** Opens nothing: a request goes out when a loop over `stream(…)` begins. Ids that no catalog knows work too. */
export function createChatModel(connection: Connection, modelId: string): ReplayModel {
  return findProtocol(connection.protocol).createModel(connection, modelId);
}
