/** The interface that all chat models share, with requests, answer parts and model metadata. */

import type { ChargedTokens, Cost, ModelPrice } from './pricing.ts';
import type { RateLimits } from './rateLimits.ts';

/** A model behind a connection. Creating it opens nothing. */
export interface ChatModel {
  readonly info: ModelInfo;
  /**
   * Streams one answer. Ends with exactly one `finish` part, or throws one `ChatError`.
   * Leaving the loop, or aborting the signal, closes the socket.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
}

/** One request: the messages, and how they are to be answered. */
export interface ChatRequest {
  messages: readonly ChatMessage[];
  parameters?: ModelParameters;
  tools?: readonly ToolDefinition[];
  /** `required`: the answer must call one of `tools`; default `auto`. */
  toolChoice?: 'auto' | 'required';
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  /** On `user` and `tool` messages only, for vision models; they precede the text. */
  images?: readonly ImageContent[];
  /** On `assistant` messages: the reasoning that preceded the text; sent back to models that require it. */
  reasoning?: string;
  /** Calls an assistant message made; each is answered by a `tool` message. */
  toolCalls?: readonly ToolCall[];
  /** On `tool` messages: the call this content answers. */
  toolCallId?: string;
}

export interface ImageContent {
  /** `image/png`, `image/jpeg`, `image/webp` or `image/gif`. */
  mimeType: string;
  /** Base64. */
  data: string;
  /** In pixels, where known; used for estimates only and never sent. */
  width?: number;
  height?: number;
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text, exactly as the model wrote it. */
  arguments: string;
}

export interface ToolDefinition {
  name: string;
  description: string;
  /** JSON schema of the arguments. */
  inputSchema: object;
}

export interface ModelParameters {
  temperature?: number;
  topP?: number;
  topK?: number;
  maxOutputTokens?: number;
  seed?: number;
  /** One text, several texts, one sequence of token ids, or several such sequences. */
  stop?: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  repetitionPenalty?: number;
  presencePenalty?: number;
  enableThinking?: boolean;
  /** In tokens. */
  thinkingBudget?: number;
  /** `false` asks for the answer in one piece; default `true`. */
  stream?: boolean;
  /** DashScope: deltas (`true`) or the whole text so far in every frame (`false`). */
  incrementalOutput?: boolean;
  /** DashScope: which member of the answer holds the text. */
  resultFormat?: 'text' | 'message';
}

/** Why an answer ended; `other` for reasons without an equivalent, and for interrupted answers. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** The platform's token counts for one request. */
export interface Usage extends ChargedTokens {
  totalTokens: number;
}

export interface FinishPart {
  type: 'finish';
  reason: FinishReason;
  /** The platform's own word. */
  rawReason?: string;
  usage?: Usage;
  /** At the price valid then; absent without a known price. Providers never set it: callers add it. */
  cost?: Cost;
  /** What the platform said of the key's limits. */
  rateLimits?: RateLimits;
  requestId?: string;
  /** Qianfan v1, with `content-filter`: which round was the risky one; -1 is the current question. */
  bannedRound?: number;
}

/** One part of a streamed answer. */
export type StreamPart =
  | { type: 'text-delta'; text: string }
  /** The whole text so far: a cumulative stream revised words it had already sent. Rare. */
  | { type: 'text-replace'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | FinishPart;

/** Parameters that users can set, by their names in `ModelParameters`. */
export type ParameterName =
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'maxOutputTokens'
  | 'seed'
  | 'stop'
  | 'repetitionPenalty'
  | 'presencePenalty'
  | 'enableThinking'
  | 'thinkingBudget';

/** The range of one numeric parameter, from the model's page. */
export interface NumberRule {
  type: 'number' | 'integer';
  /** Smallest value; excluded when `minExclusive`. */
  min?: number;
  minExclusive?: boolean;
  /** Largest value; excluded when `maxExclusive`. */
  max?: number;
  maxExclusive?: boolean;
  /** The platform's value when nothing is sent. */
  default?: number;
}

export interface StopRule {
  type: 'stop';
  /** Limits for lists of texts; a rule with limits allows no token ids. */
  maxItems?: number;
  /** In UTF-16 units. */
  maxLength?: number;
}

export type ParameterRule = NumberRule | { type: 'boolean' } | StopRule;

/** The parameters a model takes. Others are not sent. */
export type ParameterRules = Partial<Record<ParameterName, ParameterRule>>;

/** Metadata of one model: plain data, also for webviews. */
export interface ModelInfo {
  id: string;
  /** Display name. */
  name: string;
  /** Family under which pickers group it, e.g. `Qwen2`. */
  family: string;
  /** The protocol's id: `dashscope`, `qianfan-v1` or `openai`. */
  providerId: string;
  /** Context window in tokens, input and output together. */
  contextTokens?: number;
  maxInputTokens?: number;
  maxOutputTokens?: number;
  /** All messages together, in UTF-16 units. */
  maxInputCharacters?: number;
  /** `prompt`: the model takes one text, no roles. */
  input: 'messages' | 'prompt';
  toolCalling: boolean;
  /** Whether it takes images; `undefined` where unknown. */
  imageInput?: boolean;
  parameters: ParameterRules;
  /** What Qiao sends when the user set nothing, where the platform's default is bad for a chat. */
  suggested?: ModelParameters;
  /** DashScope: the service that hosts it, where known. */
  path?: 'text-generation' | 'multimodal-generation';
  /** Its price; absent where no source states it. */
  price?: ModelPrice;
  /** The day on which the platform retires it, `YYYY-MM-DD`; absent where unknown. */
  retired?: string;
  /** Id of the replacement on the same platform. */
  successor?: string;
  /** The vendor page, and the day it was read; `undefined` for a model that is not in the catalog. */
  source?: string;
  date?: string;
}
