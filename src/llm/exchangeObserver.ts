/** Callbacks that observe a request and its answer, with every secret already removed. */

import type { ChatError } from './chatError.ts';
import type { StreamPart } from './chatModel.ts';

/**
 * All members are optional. They are called in the order of events and must return quickly; exceptions are ignored.
 * For each attempt: `request`, `response`, `data` as it arrives, `part` for each decoded part, and `failure` if the
 * attempt failed. `wait` follows a failure after which the request is sent again. `end` comes once, last.
 */
export interface ExchangeObserver {
  request?(request: ObservedRequest): void;
  response?(response: ObservedResponse): void;
  /** Slices of the decompressed body, as they came; a secret cut in two is kept back until it is whole. */
  data?(text: string): void;
  part?(part: StreamPart): void;
  failure?(failure: ChatError): void;
  /** The request will be sent again after `delayMs`, as attempt number `attempt`. */
  wait?(wait: { attempt: number; delayMs: number }): void;
  end?(failure?: ChatError): void;
}

export interface ObservedRequest {
  /** `token`: fetches the access token that the request needs (Qianfan v1). */
  purpose: 'answer' | 'token';
  /** 1 for the first request for the answer; a token request has the number of the request it is for. */
  attempt: number;
  method: 'GET' | 'POST';
  url: string;
  /** Lower-case names, in the order sent. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** A secret in the body was masked: this body is not the one sent. */
  bodyChanged: boolean;
}

export interface ObservedResponse {
  status: number;
  /** Lower-case names; of repeated headers the first. */
  headers: Readonly<Record<string, string>>;
}

/** Replaces every secret. */
export const secretMask = '***';
