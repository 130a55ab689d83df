/** The error that every provider throws, with a kind that the rest of Qiao decides by. */

import type { RateLimits } from './rateLimits.ts';

export const chatErrorKinds = [
  'missing-key',
  'unauthorized',
  'quota',
  'rate-limited',
  'invalid-request',
  'context-too-long',
  'content-filtered',
  'model-not-found',
  'unavailable',
  'network',
  'timeout',
  'protocol',
  'interrupted',
  'aborted',
  'unexpected',
] as const;

export type ChatErrorKind = (typeof chatErrorKinds)[number];

export interface ChatErrorFields {
  kind: ChatErrorKind;
  providerId: string;
  /** English, for logs and as a fallback; the platform's own message where it sent one. Never holds a secret. */
  message: string;
  /** HTTP status, or the status that a platform wrote into its stream. */
  status?: number;
  /** The platform's code, or one of Qiao's own `ClientErrorCode`s. */
  code?: string;
  requestId?: string;
  /** How long the platform asked to wait, in milliseconds. */
  retryAfterMs?: number;
  /** The key's rate limits, where the platform sent them. */
  rateLimits?: RateLimits;
  cause?: unknown;
}

/**
 * Codes that Qiao sets in `ChatError.code` where the platform has none.
 * - `html-answer`: a web page came instead of an answer (proxy, login page). `empty-answer`: nothing came.
 * - `redirect`: the server redirected the request. `too-large`: one event, or its JSON, exceeded the limit.
 * - `answer-length`, `tool-call-count`, `keep-alive-length`, `keep-alive-time`: the answer reached that limit. Parts
 *   that came before were emitted.
 * - `parameter`: a parameter outside the model's range, refused before sending. `no-images`: the model takes no
 *   images, according to its page or the platform's message.
 * - `plain-http`: the key would go unencrypted to another machine. `wrong-address`: the server has nothing at this
 *   path, and its message names no model.
 */
export const clientErrorCodes = [
  'html-answer',
  'empty-answer',
  'redirect',
  'too-large',
  'answer-length',
  'tool-call-count',
  'keep-alive-length',
  'keep-alive-time',
  'parameter',
  'no-images',
  'plain-http',
  'wrong-address',
] as const;

export type ClientErrorCode = (typeof clientErrorCodes)[number];

const retryableKinds: ReadonlySet<ChatErrorKind> = new Set([
  'rate-limited',
  'unavailable',
  'network',
  'timeout',
  'interrupted',
]);

/** The only error that leaves a provider. Test it by `kind`; `retryable` follows from the kind. */
export class ChatError extends Error {
  override readonly name = 'ChatError';
  readonly kind: ChatErrorKind;
  readonly providerId: string;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  readonly rateLimits?: RateLimits;

  constructor(fields: ChatErrorFields) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = fields.kind;
    this.providerId = fields.providerId;
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId;
    this.retryAfterMs = fields.retryAfterMs;
    this.rateLimits = fields.rateLimits;
  }

  /** Whether the same request may succeed later without any change. */
  get retryable(): boolean {
    return retryableKinds.has(this.kind);
  }
}
