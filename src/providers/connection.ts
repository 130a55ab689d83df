/** The options that connections of all protocols share: timeouts, limits, retries and network. */

import type { Duplex } from 'node:stream';
import type { ChatError } from '../llm/chatError.ts';
import type { Usage } from '../llm/chatModel.ts';
import type { ExchangeObserver } from '../llm/exchangeObserver.ts';
import type { Cost } from '../llm/pricing.ts';

export interface Timeouts {
  /** For the TCP and TLS handshakes. Default 15,000. */
  connectMs?: number;
  /**
   * From the request to the answer's first byte, including connecting and provisional answers (1xx). Default 300,000,
   * after which the service gives up.
   */
  firstByteMs?: number;
  /** Longest silence inside an answer; comments end it too. Default 300,000. */
  idleMs?: number;
  /** Longest time with keep-alives only, and nothing of the answer. Default 1,800,000. */
  keepAliveMs?: number;
}

/** Limits of one answer. Beyond them it ends with a `protocol` error; parts that came before are emitted. */
export interface AnswerLimits {
  /** Text, reasoning and tool calls together, in UTF-16 units. Default 4,000,000: about a million tokens. */
  characters?: number;
  /** Default 20,000. */
  toolCalls?: number;
  /**
   * Data that adds nothing to the answer: comments, blanks, events without content, and the structure around content
   * beyond a few thousand units for each event. In UTF-16 units; default 12,000,000, renewed every five minutes. Must
   * exceed the longest event, 8,388,608.
   */
  keepAliveCharacters?: number;
}

export interface RetryOptions {
  /** How often a request is sent at most, including the first time; default 1. Never after a part has come. */
  maxAttempts?: number;
  /** The first wait is about this long, and each further one twice the last; default 1,000 ms. `Retry-After` wins. */
  backoffMs?: number;
  /** Called before each wait, so that a countdown can be shown. Aborting the request ends the wait. */
  onWait?(wait: RetryWait): void;
}

export interface RetryWait {
  /** The number of the next attempt; the first request was 1. */
  attempt: number;
  delayMs: number;
  /** The last attempt's error. */
  failure: ChatError;
}

export interface NetworkOptions {
  /** `http://user:password@host:port`; requests go through it with CONNECT. */
  proxyUrl?: string;
  /** Sent to the proxy as `Proxy-Authorization`, in place of the URL's user and password. */
  proxyAuthorization?: string;
  /** Hosts reached without the proxy, in the format of the variable NO_PROXY. */
  noProxy?: string;
  /** `false` accepts invalid certificates; default `true`. */
  strictSsl?: boolean;
  /** `Qiao/<version> VSCode/<version>`; default `Qiao`. A `user-agent` among the connection's headers wins. */
  userAgent?: string;
  /** Certificates (PEM) trusted in addition to the system's. */
  extraCertificates?: readonly string[];
  /**
   * Called before a request with a secret goes to another machine over `http://`; `false` stops it. Without the
   * callback such requests are sent.
   */
  allowPlainHttp?(origin: string): boolean | Promise<boolean>;
  /** Opens each connection in place of TCP and any proxy: for the demo, which runs in this process. */
  openSocket?(): Duplex;
}

/** The options of every connection, apart from protocol and credentials. */
export interface CommonConnection {
  timeouts?: Timeouts;
  limits?: AnswerLimits;
  retry?: RetryOptions;
  /** Added to every request to the model. */
  headers?: Readonly<Record<string, string>>;
  network?: NetworkOptions;
  /** Observes requests and answers, without secrets. */
  observer?: ExchangeObserver;
  /** Counts requests and their cost. */
  meter?: RequestMeter;
}

export interface RequestMeter {
  /** At the current price. The result becomes the cost of the `finish` part. */
  costOf(usage: Usage | undefined): Cost | undefined;
  /** Called once for each request of which a part has come; without `usage` where the platform did not report it. */
  record(usage: Usage | undefined, cost: Cost | undefined): void;
}

/** The same with the address, which every profile has. */
export interface SharedConnection extends CommonConnection {
  baseUrl: string;
}
