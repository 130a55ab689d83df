/** Descriptors of protocols and of the providers that speak them; `protocolAdapter.ts` has what serves one model. */

import type { ChatRequest, ModelInfo } from '../llm/chatModel.ts';
import type { ConnectionProfile, SecretName, Secrets } from './common/connectionProfile.ts';
import type { ProfileProvider, ProtocolId } from './common/protocols.ts';
import type { SnippetRequest } from './common/snippetRequest.ts';
import type { SharedConnection } from './connection.ts';
import type { HttpRequest } from './http/http.ts';
import type { AnswerDecoder, DecoderOutput } from './protocolAdapter.ts';
import type { ReplayModel } from './rawRequest.ts';

/** Describes one protocol. Texts marked `translatable` are shown to users. */
export interface Protocol<Own extends { protocol: ProtocolId }> {
  readonly id: Own['protocol'];
  readonly name: string;
  /** One `translatable` line, shown where users choose the protocol of a recorded answer. */
  readonly detail: string;
  /** The vendor's page about its error codes. */
  readonly errorPage?: string;
  /** The providers that speak it. */
  readonly providers: readonly Provider<Own>[];
  createModel(connection: Own, modelId: string): ReplayModel;
  createDecoder(output: DecoderOutput, options: DecodingOptions): AnswerDecoder;
  /** How likely a recorded text is an answer in this protocol: 0 unlikely, 1 possible, 2 likely, 3 certain. */
  recognize(text: string): 0 | 1 | 2 | 3;
  /** The request for an answer, without credentials that need another request first. Throws a `ChatError`. */
  prepare(connection: Own, modelId: string, request: ChatRequest): HttpRequest;
  /** For code snippets: kind of authentication, start of the documented path, and members of an answer. */
  readonly snippet: {
    auth(connection: Own): SnippetRequest['auth'];
    documentedPath: string;
    answer?: SnippetRequest['answer'];
  };
  /**
   * The model ids that the service lists, offered in addition to the catalog. Throws a `ChatError`; missing where the
   * service has no list, or the catalog is complete.
   */
  listModels?(connection: Own, signal: AbortSignal): Promise<string[]>;
  /** Checks the key without cost. `undefined`: only a chat request could tell. Throws a `ChatError`. */
  probe(connection: Own, signal: AbortSignal): Promise<{ models: number } | 'token' | undefined>;
}

export interface DecodingOptions {
  /** Whether the request asked for deltas, or for the whole text in every frame. */
  incremental: boolean;
}

/** One provider: a platform or server that speaks the protocol, as offered when a connection is added. */
export interface Provider<Own extends { protocol: ProtocolId }> {
  readonly id: ProfileProvider;
  /** `translatable`, or a name common to all languages. */
  readonly name: string;
  /** `translatable`, one line. */
  readonly detail: string;
  /** Position in the list of providers. */
  readonly rank: number;
  /** Runs on the user's machine: offered first where it is found running. */
  readonly local?: true;
  /** Required secrets, in the order in which the user is asked for them. */
  secrets(profile: ConnectionProfile): readonly SecretName[];
  /** A key is optional. */
  readonly takesOptionalKey?: true;
  /** The environment variables that the vendor's client libraries read. */
  variables?(profile: ConnectionProfile): Partial<Record<SecretName, string>>;
  /** The page where users create keys. */
  readonly console?: string;
  /** The prefix of keys, and the placeholder of an empty input. */
  readonly key?: { prefix: string; example: string };
  /** The base URL, unless the profile has its own. */
  address(profile: ConnectionProfile): string;
  /** The address is the vendor's own; another address is a gateway. */
  readonly vendor?: true;
  /** What the user is asked for besides the name: region and workspace, address, or authentication, too. */
  readonly asks: 'region' | 'address' | 'address-and-auth';
  /** Whether the path of a base URL contains what the protocol adds itself. */
  addsPath?(path: string): boolean;
  connect(profile: ConnectionProfile, secrets: Secrets, shared: SharedConnection): Own;
  describeModel(id: string): ModelInfo;
  /** Pickers group its models by family. */
  readonly families?: true;
  /** Requests are signed with the current time. */
  signs?(profile: ConnectionProfile): boolean;
  /** The vendor retires the interface: a `translatable` sentence, and the provider to move to. */
  readonly retirement?: { notice: string; successor: ProfileProvider };
}
