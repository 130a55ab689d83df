/** Lists the protocols, and creates a `ChatModel` for a connection. */

import { type ProfileProvider, type ProtocolId, protocolFor } from './common/protocols.ts';
import { dashscope } from './dashscope/dashscope.ts';
import { openai } from './openai/openai.ts';
import type { Protocol, Provider } from './protocol.ts';
import { qianfanV1 } from './qianfanV1/qianfanV1.ts';
import type { ReplayModel } from './rawRequest.ts';

const listed = [dashscope, openai, qianfanV1];

type ConnectionOf<P> = P extends Protocol<infer Own> ? Own : never;

/** A connection of any protocol. */
export type Connection = ConnectionOf<(typeof listed)[number]>;

/** Each accepts the connections whose `protocol` is its id. */
export const protocols: readonly Protocol<Connection>[] = listed;

/** Opens nothing: a request is sent when a loop over `stream(…)` begins. Accepts ids that are not in the catalog. */
export function createChatModel(connection: Connection, modelId: string): ReplayModel {
  return findProtocol(connection.protocol).createModel(connection, modelId);
}

/** Throws for a protocol that is not listed. */
export function findProtocol(id: ProtocolId): Protocol<Connection> {
  const protocol = protocols.find((candidate) => candidate.id === id);
  if (!protocol) throw new Error(`The protocol "${id}" is not listed.`);
  return protocol;
}

/** Throws for a provider that its protocol does not offer. */
export function findProvider(id: ProfileProvider): Provider<Connection> {
  const provider = findProtocol(protocolFor(id)).providers.find((candidate) => candidate.id === id);
  if (!provider) throw new Error(`No protocol offers "${id}".`);
  return provider;
}
