/** The one shape in which Qiao speaks to every model, whatever travels over the wire. */

import type { ChargedTokens, Cost, ModelPrice } from './pricing.ts';
import type { RateLimits } from './rateLimits.ts';

export interface ChatModel {
  readonly info: ModelInfo;
  /**
   * Streams one answer. Ends with exactly one `finish` part, or throws one `ChatError`.
   * Leaving the loop, or aborting the signal, closes the socket.
   */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamPart>;
}

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
  /** On `user` and `tool` messages only, for models that see; they stand before the text. */
  images?: readonly ImageContent[];
  /** On `assistant` messages: the thoughts that came before; sent back to models that want them. */
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
  /** In pixels, where they are known; for estimates only, no platform is told them. */
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
  /** DashScope: pieces (`true`) or the whole text so far in every frame (`false`). */
  incrementalOutput?: boolean;
  /** DashScope: which member of the answer holds the text. */
  resultFormat?: 'text' | 'message';
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other';

/** What the platform counted of one request. */
export interface Usage extends ChargedTokens {
  totalTokens: number;
}

export interface FinishPart {
  type: 'finish';
  reason: FinishReason;
  /** The platform's own word. */
  rawReason?: string;
  usage?: Usage;
  /** By the price that held then; where it is known. No provider says it, whoever counts adds it. */
  cost?: Cost;
  /** What the platform said of the key's limits. */
  rateLimits?: RateLimits;
  requestId?: string;
  /** Qianfan v1, with `content-filter`: which round was the risky one; -1 is the current question. */
  bannedRound?: number;
}

export type StreamPart =
  | { type: 'text-delta'; text: string }
  /** A cumulative stream revised words it had already sent: this is the whole text so far. Rare. */
  | { type: 'text-replace'; text: string }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  | FinishPart;

/** Parameters a person can set, by the name they have in `ModelParameters`. */
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

/** What a model's page says of one numeric parameter. */
export interface NumberRule {
  type: 'number' | 'integer';
  /** Smallest value; excluded when `minExclusive`. */
  min?: number;
  minExclusive?: boolean;
  /** Largest value; excluded when `maxExclusive`. */
  max?: number;
  maxExclusive?: boolean;
  /** What the platform takes when nothing is sent. */
  default?: number;
}

export interface StopRule {
  type: 'stop';
  /** Limits for lists of texts; a rule that has them allows no token ids. */
  maxItems?: number;
  /** In UTF-16 units. */
  maxLength?: number;
}

export type ParameterRule = NumberRule | { type: 'boolean' } | StopRule;

/** The parameters a model takes. What is not listed is not sent. */
export type ParameterRules = Partial<Record<ParameterName, ParameterRule>>;

/** Plain data about one model; crosses to the webview as it is. */
export interface ModelInfo {
  id: string;
  /** Name for people. */
  name: string;
  /** Family under which pickers group it, e.g. `Qwen2`. */
  family: string;
  /** Who answers: `dashscope`, `qianfan-v1` or `openai`. */
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
  /** Whether it takes images; `undefined` where that is not known. */
  imageInput?: boolean;
  parameters: ParameterRules;
  /** What Qiao sends when the user set nothing, because the platform's default serves a chat badly. */
  suggested?: ModelParameters;
  /** DashScope: where it is served, where that is known. */
  path?: 'text-generation' | 'multimodal-generation';
  /** What it costs; absent where no source states it. */
  price?: ModelPrice;
  /** The day on which the platform took or takes it away, `YYYY-MM-DD`; absent where none is known. */
  retired?: string;
  /** Id of the model of the same platform to try in its place. */
  successor?: string;
  /** The vendor page the facts were read from, and the day; `undefined` for a model the catalog does not know. */
  source?: string;
  date?: string;
}
