/** The differences between OpenAI-compatible services. */

import type { IncomingHttpHeaders } from 'node:http';
import type { ApiError } from '../apiError.ts';
import type { CheckOptions } from '../endpoint.ts';
import type { ImageProblem } from '../images.ts';
import type { ParameterRule } from '../parameterRules.ts';

export interface Dialect {
  name: string;
  /** Whether an address is this service's: the path up to `/chat/completions` or `/models`. */
  ownsPrefix(prefix: string): boolean;
  checkKey(headers: IncomingHttpHeaders, options: CheckOptions): ApiError | undefined;
  roles: readonly string[];
  /** Rules of the members besides `model` and `messages`. Others are noted but accepted. */
  parameters: Readonly<Record<string, ParameterRule>>;
  /** The service's words for what is wrong with an image, where they are known. */
  imageProblems?: Readonly<Record<ImageProblem, string>>;
  /** The error for images sent to a model that takes none; without this every model takes them. */
  refuseImages?(model: string, options: CheckOptions): ApiError | undefined;
  /** Rules that concern several members; gives the service's message. */
  checkTogether?(body: Record<string, unknown>): string | undefined;
  /** The error for a request that breaks a rule about this. */
  refuse(about: RuleSubject, message: string): ApiError;
  encodeError(error: ApiError, requestId: string): string;
  createRequestId(): string;
  /** Later pieces of a tool call have `id: ""` rather than none. */
  laterToolIds?: true;
  /** What `GET …/models` names. */
  models: readonly string[];
}

/** `no-model`: the model does not exist. */
export type RuleSubject = 'json' | 'method' | 'model' | 'no-model' | 'messages' | 'parameter';
