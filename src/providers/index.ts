/** The providers' front door: a connection and a model id become a `ChatModel`. */

import type { ChatModel } from '../core/chatModel.ts';
import type { Connection } from './connection.ts';
import { createDashScopeModel } from './dashscope.ts';

export type { Connection, DashScopeConnection } from './connection.ts';

/** Opens nothing: the first request goes out when `stream` is read. Ids that no catalog knows work too. */
export function createChatModel(connection: Connection, modelId: string): ChatModel {
  return createDashScopeModel(connection, modelId);
}
