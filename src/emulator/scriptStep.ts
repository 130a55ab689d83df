/** Script steps: plain data, storable as JSON, that describes how the emulator answers a request. */

import type { ServerResponse } from 'node:http';
import type { ApiError } from './apiError.ts';
import type { AnswerVariations } from './endpoint.ts';
import type { RecordedRequest } from './recordedRequest.ts';

/**
 * How one request is answered. Everything is optional; `{}` gives the demo answer.
 * "Pieces" are the answer's parts in the order they are streamed, reasoning first and
 * tool calls last, one event each; what opens and ends the stream is no piece. Only Qianfan v1 puts the end into the last
 * piece's event, unless the step breaks off or holds between them. An answer that is not streamed is one piece.
 */
export interface ScriptStep extends AnswerVariations {
  /** For readers of the script. */
  name?: string;
  /** Only requests that match all of this take the step; a request takes the first step that matches. */
  match?: RequestMatch;
  /** How many requests the step serves; default 1. */
  times?: number | 'always';
  /** Answer even if the request breaks a rule. Needed for paths that no endpoint serves. */
  unchecked?: boolean;

  /** The answer, cut into pieces by the emulator. */
  text?: string;
  /** The answer's pieces, verbatim. Takes the place of `text`. */
  pieces?: string[];
  /** Whole texts for frames that repeat everything so far; they may revise earlier words. Takes the place of `text`. */
  snapshots?: string[];
  /** Reasoning before the answer: one text, cut by the emulator, or its pieces. */
  reasoning?: string | string[];
  /** Calls at the end of the answer; their arguments are streamed in several pieces. Qianfan v1 knows none. */
  toolCalls?: ScriptToolCall[];
  /** Token counts of the whole answer; what is left out is estimated. `null`: no counts at all. */
  usage?: { inputTokens?: number; outputTokens?: number; totalTokens?: number } | null;
  /** In the protocol's terms; default `stop`, or `tool_calls`. On Qianfan v1 `length` sets `is_truncated`. */
  finishReason?: string;
  /** Default: a random id of the platform's form. */
  requestId?: string;
  /** Let `max_tokens` and `stop` of the request cut the scripted answer; without it a script is sent as it stands. */
  obeyParameters?: boolean;

  /** Waiting, in milliseconds. A number stands for `betweenEvents`. */
  delayMs?: number | { headers?: number; firstEvent?: number; betweenEvents?: number };
  /** Keep the answer open after this many pieces until `emulator.release()`; a list holds at each of them. */
  holdAfter?: number | number[];

  /** An error of the platform in place of the answer, or within it. */
  error?: ScriptError;
  /** End the body cleanly after this many pieces, without a finish. */
  cutAfter?: number;
  /** Destroy the socket after this many pieces; `request`: before any header. */
  resetAfter?: number | 'request';
  /** Fall silent after this many pieces with the socket open; `request`: before any header. */
  stallAfter?: number | 'request';
  /** With `cutAfter`, `resetAfter` or `stallAfter`: so many bytes of the next event are written first. */
  partialBytes?: number;
  /** Events of the stream that are left out. */
  omit?: ('start' | 'finish' | 'usage' | 'done')[];
  /** `false`: events are not followed by a blank line, as on Qianfan v1's page. */
  blankLines?: boolean;
  /** What follows the last event; default `close`. */
  end?: 'close' | 'reset' | 'stall';

  /** Verbatim bytes in place of an answer, e.g. a recorded transcript. `split: 'event'` counts its blank-line blocks as pieces. */
  response?: ScriptResponse;
  /** A web page with this status, as a proxy or a login page would send. */
  html?: number;
  /** Status 200 and a body of no bytes. */
  empty?: boolean;
  /** Send the client elsewhere; status 307 unless given. */
  redirect?: string | { location: string; status?: number };

  /** Headers added to the answer, or put in the place of its own; names in lower case. */
  headers?: Record<string, string>;
  /**
   * How the bytes are divided into writes. Default: one write per event, and one for a `response`.
   * Every write is an HTTP chunk of its own: fetch, and `data` events of `node:http`, give it out as such.
   */
  split?: 'event' | { everyBytes: number } | { atBytes: number[] };
  /** Compress the body, flushed after every event. */
  contentEncoding?: 'gzip' | 'br';
}

interface ScriptToolCall {
  /** Default: a random one. */
  id?: string;
  name: string;
  /** JSON text. */
  arguments: string;
}

export interface ScriptError extends ApiError {
  /** Default: the endpoint's. */
  contentType?: string;
  /** Send the error as an event after this many pieces; a stream's own status stays 200. */
  afterPieces?: number;
  /**
   * How it travels when nothing was sent before. `json`: status and JSON body. `event`: status 200 and an error event.
   * `sse`: status and an event labelled as JSON, which the live service has been seen to send. `line`: as `event`, but a bare line of
   * JSON, also after pieces, as Qianfan v1 may do.
   */
  framing?: 'json' | 'event' | 'sse' | 'line';
  /** The protocol's end mark (`[DONE]`) follows the error all the same. */
  thenDone?: boolean;
}

interface ScriptResponse {
  /** Default 200. */
  status?: number;
  /** Default: none but what HTTP needs. */
  headers?: Record<string, string>;
  body?: string;
  /** For bodies that are no UTF-8 text. */
  bodyBase64?: string;
}

export interface RequestMatch {
  /** Part of the path. */
  path?: string;
  /** `model` of the JSON body. */
  model?: string;
  /** Whether a stream is asked for. */
  stream?: boolean;
  /** Part of the body's text. */
  bodyIncludes?: string;
}

/**
 * A step written in code: returns a step to be played, or `undefined` after having answered through `response` itself.
 */
export type ScriptFunction = (
  request: RecordedRequest,
  response: ServerResponse,
) => ScriptStep | undefined | Promise<ScriptStep | undefined>;
