/** What can be seen of a request on its way: called as it happens, with every secret already taken out. */

import type { ChatError } from './chatError.ts';
import type { StreamPart } from './chatModel.ts';

/**
 * All members are optional. They are called in the order of events and must be quick; what they throw is ignored.
 * For each try: `request`, then `response`, `data` as it arrives, `part` for what was read out of it, and `failure` when
 * the try came to nothing. `wait` follows a failure after which the request is sent again. `end` comes once, last.
 */
export interface ExchangeObserver {
  request?(request: ObservedRequest): void;
  response?(response: ObservedResponse): void;
  /** Decompressed text of the body in the slices in which it came; a secret that is cut in two is held until it is whole. */
  data?(text: string): void;
  part?(part: StreamPart): void;
  failure?(failure: ChatError): void;
  /** The request is sent again after `delayMs`, as try number `attempt`. */
  wait?(wait: { attempt: number; delayMs: number }): void;
  end?(failure?: ChatError): void;
}

export interface ObservedRequest {
  /** `token`: fetches the access token that the request itself needs (Qianfan v1). */
  purpose: 'answer' | 'token';
  /** 1 for the first request for the answer; a request for a token counts with the one it is for. */
  attempt: number;
  method: 'GET' | 'POST';
  url: string;
  /** Lower-case names, in the order on the wire. */
  headers: Readonly<Record<string, string>>;
  body: string;
  /** A secret stood in the body and was replaced: it is not what was sent. */
  bodyChanged: boolean;
}

export interface ObservedResponse {
  status: number;
  /** Lower-case names; of repeated headers the first. */
  headers: Readonly<Record<string, string>>;
}

/** Stands wherever a secret was. */
export const hiddenText = '***';
