/** Options and handle of the emulator. */

import type { RecordedRequest } from './recordedRequest.ts';
import type { ScriptFunction, ScriptStep } from './scriptStep.ts';

export interface EmulatorOptions {
  /** Port on 127.0.0.1; default 0, any that is free. */
  port?: number;
  /** Steps the first requests are answered by; see `Emulator.script`. */
  script?: readonly (ScriptStep | ScriptFunction)[];
  /** Pieces of a demo answer per second; default 45, 0 = as fast as possible. Scripts have their own delays. */
  pace?: number;
  /**
   * API keys that are known, for all protocols. With none given: every `sk-…` on DashScope, every `bce-v3/…/…` on Qianfan v2,
   * every text at other OpenAI-compatible addresses, but the few in `bearerKey.ts`.
   */
  apiKeys?: readonly string[];
  /** `false`: OpenAI-compatible addresses of no vendor answer without a key too, as Ollama does. Default `true`. */
  requireKey?: boolean;
  /** Qianfan v1: API keys with their secret keys. Default: every pair but those that begin with `invalid`. */
  apps?: Readonly<Record<string, string>>;
  /** Qianfan v1: access keys with their secret keys, for signed requests. Default: `demoIamKeys`. */
  iamKeys?: Readonly<Record<string, string>>;
  /** Qianfan v1: access tokens that are known without having been issued. Default: `demoAccessToken` alone. */
  accessTokens?: readonly string[];
  /** How long an issued access token is good for; default 2,592,000, which is 30 days. */
  tokenLifetimeSeconds?: number;
  /** What `GET …/models` names; default: a few of the platform's. */
  modelList?: readonly string[];
  /** Models that DashScope serves by its multimodal path, besides those whose names tell (`isMultimodal`). */
  multimodalModels?: readonly string[];
  /** `true`: a workspace must be named, as with a sub-account's key. A text: this workspace. */
  requireWorkspace?: boolean | string;
  /** `catalog`: only the models of the vendor pages exist. Default `any`; ids that begin with `no-such` never exist. */
  models?: 'any' | 'catalog';
  /** How a stream request that breaks a rule is told; see `ScriptError.framing`. Default `json`. */
  streamErrorFraming?: 'json' | 'event' | 'sse';
  /** Path before the documented one, e.g. `/proxy`. Default: none. */
  pathPrefix?: string;
  /** Called for every request once it has been checked, before it is answered. */
  onRequest?: (request: RecordedRequest) => void;
}

export interface Emulator {
  /** E.g. `http://127.0.0.1:18383`; what `baseUrl` takes. */
  readonly origin: string;
  /** Every request so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Steps that still wait for a request. */
  readonly pendingSteps: number;
  /**
   * Says how the coming requests are answered, one step each; without a step a request gets the demo answer.
   * A request that breaks a documented rule is refused and takes no step. Throws a `ZodError` for a step that is none.
   */
  script(...steps: readonly (ScriptStep | ScriptFunction)[]): void;
  /** From now on every access token known so far is answered with 111. */
  expireTokens(): void;
  /** From now on every access token known so far is answered with 110. */
  revokeTokens(): void;
  /** Lets every answer under way pass its next `holdAfter`, reached or not. */
  release(): void;
  /**
   * Resolves with the request whose answer is being held, at once if there is one. The pieces before the hold are written
   * then, but the client may not have read them yet.
   */
  nextHold(): Promise<RecordedRequest>;
  /** Resolves with the first request that arrives from now on. */
  nextRequest(): Promise<RecordedRequest>;
  /** Resolves with the request of this index (from 0) as soon as it has arrived. */
  request(index: number): Promise<RecordedRequest>;
  /** Closes the server and every socket. */
  dispose(): Promise<void>;
}
