/** Records requests and the progress of their answers. */

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ApiError } from './apiError.ts';
import { isPlainObject } from './plainObject.ts';

export interface RecordedRequest {
  method: string;
  /** Path and query as they were sent. */
  url: string;
  /** Without the query. */
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  /** As it was sent, but that the data of large images is cut short once the request has been checked. */
  bodyText: string;
  /** The JSON value of `bodyText`; `undefined` when the body is no JSON. */
  body: unknown;
  /** `model` of the JSON body; on Qianfan v1 the endpoint. */
  model?: string;
  /** When the whole request had arrived, in milliseconds since the epoch. */
  receivedAt: number;
  /** What the documents do not forbid but do not list either, e.g. a parameter the model's page leaves out. */
  warnings: string[];
  /** The documented rule the request broke, as it was answered. */
  refusal?: ApiError;
  /** Events handed to the socket so far; an answer in one piece is one event. */
  eventsWritten: number;
  /** Bytes of the body handed to the socket so far, after compression. */
  bytesWritten: number;
  /** Whether the client closed the socket before the answer ended. */
  closedByClient: boolean;
  /** When it did so, in milliseconds since the epoch. */
  closedAt?: number;
  /** Settles when the answer has ended, by either side. Never rejects. */
  ended: Promise<void>;
}

/** The requests in order of arrival. */
export interface RequestLog {
  readonly requests: readonly RecordedRequest[];
  add(record: RecordedRequest): void;
  /** Resolves with the request of this index (from 0) as soon as it has arrived. */
  at(index: number): Promise<RecordedRequest>;
}

export function createRequestLog(): RequestLog {
  const requests: RecordedRequest[] = [];
  const waiting: { index: number; resolve: (record: RecordedRequest) => void }[] = [];
  return {
    requests,
    add(record) {
      requests.push(record);
      for (const entry of waiting.filter(({ index }) => index === requests.length - 1)) {
        entry.resolve(record);
      }
    },
    at(index) {
      const record = requests[index];
      return record === undefined
        ? new Promise((resolve) => waiting.push({ index, resolve }))
        : Promise.resolve(record);
    },
  };
}

/** Reads the whole body; rejects when the client leaves before its end. */
export async function recordRequest(
  incoming: IncomingMessage,
  ended: Promise<void>,
): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(Buffer.from(chunk));
  }
  const bodyText = Buffer.concat(chunks).toString('utf8');
  const body = parseJson(bodyText);
  const url = new URL(incoming.url ?? '/', 'http://emulator.invalid');
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '/',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: incoming.headers,
    bodyText,
    body,
    model: isPlainObject(body) && typeof body.model === 'string' ? body.model : undefined,
    receivedAt: Date.now(),
    warnings: [],
    eventsWritten: 0,
    bytesWritten: 0,
    closedByClient: false,
    ended,
  };
}

/**
 * Cuts data URLs of more than 64 KiB: an emulator that runs for days keeps every request, and a conversation sends its
 * images again with each question.
 */
export function shortenImages(record: RecordedRequest): void {
  if (record.bodyText.length <= maxKeptUrl || record.body === undefined) {
    return;
  }
  let shortened = false;
  const text = JSON.stringify(record.body, (_key, value: unknown) => {
    if (typeof value !== 'string' || value.length <= maxKeptUrl || !value.startsWith('data:')) {
      return value;
    }
    shortened = true;
    return `${value.slice(0, 100)}… (${value.length} characters)`;
  });
  if (shortened) {
    record.bodyText = text;
    // Parsed anew: a slice of the old text would keep all of it in memory.
    record.body = JSON.parse(text);
  }
}

/** In characters. */
const maxKeptUrl = 2 ** 16;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
