/** What differs between protocols. All of one stands in its folder; `registry.ts` lists them. */

import type { ChatRequest, ModelInfo } from '../llm/chatModel.ts';
import type { ConnectionProfile, SecretName, Secrets } from './common/connectionProfile.ts';
import type { ProgramRequest } from './common/programRequest.ts';
import type { ProfileProvider, WireProtocol } from './common/protocols.ts';
import type { SharedConnection } from './connection.ts';
import type { HttpRequest } from './http/http.ts';
import type { ReplayModel } from './rawRequest.ts';
import type { AnswerDecoder, DecoderOutput } from './wire.ts';

/** Texts marked `translatable` are for people. */
export interface Protocol<Own extends { protocol: WireProtocol }> {
  readonly id: Own['protocol'];
  readonly name: string;
  /** One `translatable` line for those who choose how a recorded answer is to be read. */
  readonly detail: string;
  /** The vendor's page about its error codes. */
  readonly errorPage?: string;
  /** The ways in which it is offered. */
  readonly providers: readonly Provider<Own>[];
  createModel(connection: Own, modelId: string): ReplayModel;
  createDecoder(output: DecoderOutput, options: DecodingOptions): AnswerDecoder;
  /**
   * How surely a recorded text is an answer in this protocol: 0, it says nothing of it; 1, it may be; 2, it looks like one;
   * 3, nothing else writes so.
   */
  recognize(text: string): 0 | 1 | 2 | 3;
  /** What asks the model, without what proves who asks where that takes another request. Throws a `ChatError`. */
  prepare(connection: Own, modelId: string, request: ChatRequest): HttpRequest;
  /** How a request proves who asks, where what client libraries add to their base URL begins, and where answers stand. */
  readonly snippet: {
    auth(connection: Own): ProgramRequest['auth'];
    documentedPath: string;
    answer?: ProgramRequest['answer'];
  };
  /**
   * The models that the service lists, which are offered beside the catalog. Throws a `ChatError`; missing where there is no
   * list, or the catalog has all.
   */
  listModels?(connection: Own, signal: AbortSignal): Promise<string[]>;
  /**
   * Asks whether the key is accepted, in a way that costs nothing. `undefined`: only a question would tell. Throws a
   * `ChatError`.
   */
  probe(connection: Own, signal: AbortSignal): Promise<{ models: number } | 'token' | undefined>;
}

export interface DecodingOptions {
  /** Whether pieces were asked for, or the whole text in every frame. */
  incremental: boolean;
}

/** One way in which a protocol is offered when a connection is added. */
export interface Provider<Own extends { protocol: WireProtocol }> {
  readonly id: ProfileProvider;
  /** `translatable`, or a name that is the same in every language. */
  readonly name: string;
  /** `translatable`, one line. */
  readonly detail: string;
  /** The order in which it is offered. */
  readonly rank: number;
  /** On this machine: offered first where it runs. */
  readonly local?: true;
  /** The secrets it needs, in the order in which they are asked for. */
  secrets(profile: ConnectionProfile): readonly SecretName[];
  /** A key may be given though none is needed. */
  readonly takesOptionalKey?: true;
  /** The environment variables that the vendor's own client libraries read. */
  variables?(profile: ConnectionProfile): Partial<Record<SecretName, string>>;
  /** Where the platform gives out its keys. */
  readonly console?: string;
  /** How a key begins, and what stands in an empty field for one. */
  readonly key?: { prefix: string; example: string };
  /** Where requests go unless the profile has an address of its own. */
  address(profile: ConnectionProfile): string;
  /** The address belongs to the vendor; another one is a gateway. */
  readonly vendor?: true;
  /** What a user is asked beside the name: the region and workspace, or the address; and how requests prove who they are. */
  readonly asks: 'region' | 'address' | 'address-and-auth';
  /** Whether the path of a base URL holds what the protocol adds itself. */
  addsPath?(path: string): boolean;
  connect(profile: ConnectionProfile, secrets: Secrets, shared: SharedConnection): Own;
  describeModel(id: string): ModelInfo;
  /** Its models are grouped by family. */
  readonly families?: true;
  /** Requests are signed with the time. */
  signs?(profile: ConnectionProfile): boolean;
  /** The vendor takes the interface away: a `translatable` sentence, and the provider to move to. */
  readonly retirement?: { notice: string; successor: ProfileProvider };
}
