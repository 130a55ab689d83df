/** How a model is reached: protocol, address, credentials, limits, and the way through the network. */

import type { Duplex } from 'node:stream';
import type { ChatError } from '../llm/chatError.ts';
import type { ExchangeObserver } from '../llm/exchangeObserver.ts';

export interface Timeouts {
  /** Until the TCP and TLS handshakes are done. Default 15,000. */
  connectMs?: number;
  /**
   * From the request to the answer's first byte, connecting and provisional answers (1xx) included. Default 300,000: the
   * service gives up then.
   */
  firstByteMs?: number;
  /** Longest silence inside an answer; comments count as life. Default 300,000. */
  idleMs?: number;
  /** Longest time in which only signs of life come, and nothing of the answer. Default 1,800,000. */
  keepAliveMs?: number;
}

/** How much of one answer is read. An answer beyond a limit ends with a `protocol` error; what came before is given out. */
export interface AnswerLimits {
  /** Text, reasoning and tool calls together, in UTF-16 units. Default 4,000,000: about a million tokens. */
  characters?: number;
  /** Default 20,000. */
  toolCalls?: number;
  /**
   * What comes without adding to the answer: comments, blanks, events without content, and what surrounds the content
   * beyond a few thousand units for each event. In UTF-16 units; default 12,000,000, and as many again every five minutes.
   * It must be more than the longest event, which is 8,388,608.
   */
  keepAliveCharacters?: number;
}

export interface RetryOptions {
  /** How often a request is sent at most, the first time included; default 1. Never after a part has come. */
  maxAttempts?: number;
  /** The first wait is about this long, each further one twice as long; default 1,000 ms. `Retry-After` wins. */
  backoffMs?: number;
  /** Called before each wait, so that a countdown can be shown. Aborting the request ends the wait. */
  onWait?(wait: RetryWait): void;
}

export interface RetryWait {
  /** The number of the coming try; the first request was 1. */
  attempt: number;
  delayMs: number;
  /** What made the last try fail. */
  failure: ChatError;
}

export interface NetworkOptions {
  /** `http://user:password@host:port`; requests go through it with CONNECT. */
  proxyUrl?: string;
  /** Sent to the proxy as `Proxy-Authorization`, in place of the URL's user and password. */
  proxyAuthorization?: string;
  /** Hosts that are reached directly, as in the variable NO_PROXY. */
  noProxy?: string;
  /** `false` accepts certificates nobody vouches for; default `true`. */
  strictSsl?: boolean;
  /** Who asks: `Qiao/<version> VSCode/<version>`; default `Qiao`. A header of the connection's own wins. */
  userAgent?: string;
  /** Certificates (PEM) trusted beside the system's own. */
  extraCertificates?: readonly string[];
  /**
   * Asked before a request with a secret goes over `http://` to another machine; `false`: it is not sent. Without it such
   * requests are sent.
   */
  allowPlainHttp?(origin: string): boolean | Promise<boolean>;
  /** Opens each connection in place of TCP, and no proxy is used: the demo is reached inside this process. */
  openSocket?(): Duplex;
}

/** What connections of every protocol have, beside their credentials. */
export interface CommonConnection {
  timeouts?: Timeouts;
  limits?: AnswerLimits;
  retry?: RetryOptions;
  /** Added to every request to the model. */
  headers?: Readonly<Record<string, string>>;
  network?: NetworkOptions;
  /** Told what goes over the wire, without secrets. */
  observer?: ExchangeObserver;
}

/** The same with the address, which a profile always has. */
export interface SharedConnection extends CommonConnection {
  baseUrl: string;
}
