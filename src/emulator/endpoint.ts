/** What an emulated endpoint provides, and the answers that its protocol encodes. */

import type { ApiError } from './apiError.ts';
import type { ReceivedImage } from './images.ts';
import type { TokenStore } from './qianfan/tokenStore.ts';
import type { RecordedRequest } from './recordedRequest.ts';

/** Checks the requests to some paths by the rules of a protocol, and encodes its answers. */
export interface Endpoint {
  name: string;
  /** Not for chat, but for tokens or a list of models: its requests take only script steps whose `match` names a path. */
  auxiliary?: true;
  serves(path: string): boolean;
  /** Whether the client asks for a stream. */
  wantsStream(request: RecordedRequest): boolean;
  /** Checks the request by the documented rules; adds to `request.warnings`. */
  check(request: RecordedRequest, options: CheckOptions): CheckResult;
  /** Headers of a streamed answer. */
  streamHeaders: Record<string, string>;
  /** The platform's form of an answer's id; default: a UUID. */
  createRequestId?(): string;
  /** Returns the JSON body of an error answer. */
  encodeError(error: ApiError, requestId: string): string;
  /** Encodes an error inside a stream, as the event with this number (from 1). */
  encodeErrorEvent(error: ApiError, requestId: string, eventNumber: number): string;
  /** The protocol's last event, such as `[DONE]`; after an error only with `ScriptError.thenDone`. */
  endMark?: string;
}

/** What the rules depend on besides the request; see `EmulatorOptions`. */
export interface CheckOptions {
  apiKeys?: readonly string[];
  requireKey?: boolean;
  requireWorkspace?: boolean | string;
  models: 'any' | 'catalog';
  modelList?: readonly string[];
  multimodalModels?: readonly string[];
  apps?: Readonly<Record<string, string>>;
  iamKeys?: Readonly<Record<string, string>>;
  tokenLifetimeSeconds?: number;
  tokens: TokenStore;
}

/** `reply`: the JSON body of an answer without a model. */
export type CheckResult = AcceptedRequest | ApiError | { reply: string };

/** A valid request, in terms that all protocols share. */
export interface AcceptedRequest {
  model: string;
  stream: boolean;
  /** Text of the last user message. */
  question: string;
  /** Images of the last user message. */
  images: readonly ReceivedImage[];
  /** Pairs of question and answer before it. */
  earlierTurns: number;
  /** As received, with the protocol's names. */
  parameters: Record<string, unknown>;
  inputTokens: number;
  /** The limit in force, sent or by default. */
  maxOutputTokens: number;
  /** Texts before which the answer stops. */
  stopTexts: readonly string[];
  /** Headers of the answer besides its type. */
  headers?: Record<string, string>;
  encoder: AnswerEncoder;
}

/** Puts an answer into the shape the request asked for. */
export interface AnswerEncoder {
  /** Complete events: one per piece, before them what opens the stream, after them what ends it. */
  streamEvents(answer: Answer): Iterable<StreamEvent>;
  /** The whole answer as one JSON body. */
  encodeWhole(answer: Answer): string;
}

/** `start`: before the first piece. The others in the order they come in. */
export interface StreamEvent {
  type: 'start' | 'piece' | 'finish' | 'usage' | 'done';
  text: string;
}

/** An answer before it is encoded. */
export interface Answer extends AnswerVariations {
  requestId: string;
  pieces: readonly AnswerPiece[];
  /** In the protocol's terms. */
  finishReason: string;
  /** Totals at the end; `null`: the events carry no counts. */
  usage: { inputTokens: number; outputTokens: number; totalTokens: number } | null;
  /** Something happens between the last piece and the finish, so that they must not share an event. */
  separateFinish: boolean;
}

/** What services that speak the same protocol do differently; a step can ask for each. */
export interface AnswerVariations {
  /** Force a DashScope shape, whatever was asked for. */
  resultFormat?: 'text' | 'message';
  /** Where OpenAI-compatible answers put reasoning; default `reasoning_content`. `think-tag`: in the content. */
  reasoningAs?: 'reasoning_content' | 'reasoning' | 'think-tag';
  /** OpenAI-compatible streams: usage on this, whatever was asked for. Default: a chunk of its own, if asked for. */
  usageOn?: 'every' | 'finish';
  /** Qianfan's verdict on the question, in the last event. Version 2 words it with `flag`. */
  moderation?: { needClearHistory?: boolean; banRound?: number; flag?: number };
}

/** `snapshot`: the whole text so far, in place of what came before. */
export type AnswerPiece = { type: 'text' | 'reasoning' | 'snapshot'; text: string } | ToolCallPiece;

export interface ToolCallPiece {
  type: 'tool-call';
  /** A part of the arguments. */
  text: string;
  /** Which call, from 0. */
  index: number;
  id: string;
  name: string;
  /** Whether it opens the call. */
  first: boolean;
}
