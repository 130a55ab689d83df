/** The providers' front door: a connection and a model id become a `ChatModel` that can also send a recorded request again. */

import type { Connection } from './connection.ts';
import { createDashScopeModel } from './dashscope.ts';
import { createOpenAIModel } from './openai.ts';
import { createQianfanV1Model } from './qianfanV1.ts';
import type { ReplayModel } from './rawRequest.ts';

export type { Connection, DashScopeConnection, OpenAIConnection, QianfanV1Connection } from './connection.ts';

/** Opens nothing: a request goes out when a loop over `stream(…)` begins. Ids that no catalog knows work too. */
export function createChatModel(connection: Connection, modelId: string): ReplayModel {
  switch (connection.protocol) {
    case 'dashscope':
      return createDashScopeModel(connection, modelId);
    case 'qianfan-v1':
      return createQianfanV1Model(connection, modelId);
    case 'openai':
      return createOpenAIModel(connection, modelId);
  }
}
