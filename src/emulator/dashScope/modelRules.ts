/** The rules and answer formats of each model, from the vendor's pages for Baichuan, Qwen and Yi. */

import type { ParameterRule } from '../parameterRules.ts';
import * as rule from '../parameterRules.ts';

export interface ModelRules {
  input: 'prompt' | 'messages' | 'both';
  /** In tokens. */
  maxInputTokens: number;
  /** What `max_tokens` is when it is not sent. */
  defaultMaxTokens: number;
  /** `user` and `assistant` must alternate, `system` may only be first. */
  strictOrder: boolean;
  /** A request without `parameters`: the pages disagree about it. */
  missingParameters: 'accepted' | 'noted' | 'refused';
  /** `result_format: message` goes only with messages. */
  messageFormatNeedsMessages: boolean;
  /** Parameters the page lists. */
  parameters: Readonly<Record<string, ParameterRule>>;
  roles: readonly string[];
  /** Served by the multimodal path: contents are lists of parts, in the request and in the answer. */
  multimodal?: true;
  answer: AnswerShape;
}

export interface AnswerShape {
  /** When the request does not say. */
  resultFormat: 'text' | 'message';
  incremental: boolean;
  /** The model answers in this shape whatever is asked for. */
  fixedFormat?: 'text' | 'message';
  usage: 'none' | 'input-output' | 'with-total';
  /** How the page's samples lay out a message answer. */
  layout: 'baichuan' | 'plain' | 'indexed' | 'parts';
}

/** Rules of a model id; ids of no page get those of the newer reference. `multimodalModels` as in `EmulatorOptions`. */
export function findModelRules(
  model: string,
  multimodalModels: readonly string[] = [],
): { rules: ModelRules; onPage: boolean } {
  const rules = pages.get(model);
  if (rules !== undefined) {
    return { rules, onPage: true };
  }
  if (isMultimodal(model, multimodalModels)) {
    return { rules: multimodal, onPage: false };
  }
  const newest = /^(qwen3|qwq)/.test(model);
  return { rules: newest ? { ...newer, answer: newestAnswer } : newer, onPage: false };
}

/**
 * Served by the multimodal path, and takes images in compatible mode. The error page names `qwen3.7-plus` and
 * `qwen3-vl-plus` as such and `qwen3-max`, `qwen-plus` as text models; the page on vision lists the rest of these.
 */
export function isMultimodal(model: string, others: readonly string[] = []): boolean {
  return /-vl(-|$)|qvq|-omni|^qwen3\.[567]-plus|^qwen3\.5-/.test(model) || others.includes(model);
}

const classicRoles = ['system', 'user', 'assistant'];
const temperature = rule.float((value) => value >= 0 && value < 2, 'Temperature should be in [0.0, 2.0)');
const repetitionPenalty = rule.float((value) => value > 0, 'Repetition_penalty should be greater than 0.0');
const topK = rule.nullable(
  rule.integer(0, Number.MAX_SAFE_INTEGER, 'Parameter top_k be greater than or equal to 0'),
);

/** JSON numbers lose precision above 2^53; the page's range is that of unsigned 64-bit integers. */
const seed = rule.integer(0, 2 ** 64, 'Range of seed should be [0, 18446744073709551615]');

const baichuan: ModelRules = {
  input: 'both',
  maxInputTokens: 4096,
  defaultMaxTokens: 1500,
  strictOrder: false,
  missingParameters: 'noted',
  messageFormatNeedsMessages: true,
  parameters: { result_format: rule.oneOf('text', 'message'), incremental_output: rule.boolean },
  roles: classicRoles,
  answer: { resultFormat: 'text', incremental: false, usage: 'input-output', layout: 'baichuan' },
};

const baichuan7b: ModelRules = {
  ...baichuan,
  input: 'prompt',
  answer: { ...baichuan.answer, fixedFormat: 'text', usage: 'none' },
};

/** `maxTokensDefault` is 1500 where the page names no other. */
const qwen = (maxInputTokens: number, maxTokensLimit: number, maxTokensDefault = 1500): ModelRules => ({
  input: 'both',
  maxInputTokens,
  defaultMaxTokens: maxTokensDefault,
  strictOrder: true,
  missingParameters: 'noted',
  messageFormatNeedsMessages: false,
  parameters: {
    result_format: rule.oneOf('text', 'message'),
    incremental_output: rule.boolean,
    seed,
    max_tokens: rule.maxTokens(maxTokensLimit),
    top_p: rule.float((value) => value > 0 && value < 1, 'Range of top_p should be (0.0, 1.0)'),
    top_k: topK,
    repetition_penalty: repetitionPenalty,
    temperature,
    stop: rule.stop,
  },
  roles: classicRoles,
  answer: { resultFormat: 'text', incremental: false, usage: 'input-output', layout: 'plain' },
});

/** The page names no upper bound for `max_tokens`; the context window is one. */
const yi = (contextTokens: number): ModelRules => ({
  input: 'messages',
  maxInputTokens: contextTokens,
  defaultMaxTokens: 100,
  strictOrder: false,
  missingParameters: 'accepted',
  messageFormatNeedsMessages: false,
  parameters: {
    temperature,
    top_p: rule.float((value) => value >= 0 && value < 1, 'Range of top_p should be [0.0, 1.0)'),
    max_tokens: rule.maxTokens(contextTokens),
  },
  roles: classicRoles,
  answer: {
    resultFormat: 'message',
    incremental: false,
    fixedFormat: 'message',
    usage: 'with-total',
    layout: 'indexed',
  },
});

/** Where the page says "2k", "6k" and the like, the larger reading is taken: 2 × 1024. */
const pages: ReadonlyMap<string, ModelRules> = new Map([
  ['baichuan-7b-v1', baichuan7b],
  ['baichuan2-7b-chat-v1', baichuan],
  ['baichuan2-13b-chat-v1', baichuan],
  ['qwen2-57b-a14b-instruct', qwen(30_720, 6144)],
  ['qwen2-72b-instruct', qwen(128_000, 6144)],
  ['qwen2-7b-instruct', qwen(128_000, 6144)],
  ['qwen2-1.5b-instruct', qwen(30_720, 6144)],
  ['qwen2-0.5b-instruct', qwen(30_720, 6144)],
  ['qwen1.5-110b-chat', qwen(30_720, 8192)],
  ['qwen1.5-72b-chat', qwen(30_720, 2048)],
  ['qwen1.5-32b-chat', qwen(30_720, 2048)],
  ['qwen1.5-14b-chat', qwen(6144, 1500)],
  ['qwen1.5-7b-chat', qwen(6144, 1500)],
  ['qwen1.5-1.8b-chat', qwen(30_720, 2048)],
  ['qwen1.5-0.5b-chat', qwen(30_720, 2048)],
  ['qwen-72b-chat', qwen(30_720, 2000, 2000)],
  ['qwen-14b-chat', qwen(6144, 1500)],
  ['qwen-7b-chat', qwen(6144, 1500)],
  ['qwen-1.8b-longcontext-chat', qwen(30_720, 2000, 2000)],
  ['qwen-1.8b-chat', qwen(6144, 2000, 2000)],
  ['yi-large', yi(16_384)],
  ['yi-large-rag', yi(16_384)],
  ['yi-large-turbo', yi(16_384)],
  ['yi-medium', yi(32_768)],
]);

/** The newer API reference and error-code page. */
const newer: ModelRules = {
  ...qwen(1_000_000, 131_072),
  strictOrder: false,
  missingParameters: 'refused',
  roles: [...classicRoles, 'tool', 'function', 'plugin'],
  parameters: {
    ...qwen(1_000_000, 131_072).parameters,
    seed: rule.integer(0, 2 ** 63, 'Range of seed should be [0, 9223372036854775807]'),
    top_p: rule.float((value) => value > 0 && value <= 1, 'Range of top_p should be (0.0, 1.0]'),
    presence_penalty: rule.float(
      (value) => value >= -2 && value <= 2,
      'Presence_penalty should be in [-2.0, 2.0]',
    ),
    n: rule.integer(1, 4, 'Range of n should be [1, 4]'),
    logprobs: rule.boolean,
    top_logprobs: rule.integer(0, 5, 'Range of top_logprobs should be [0, 5]'),
    response_format: rule.object,
    enable_search: rule.boolean,
    search_options: rule.object,
    tools: rule.tools,
    tool_choice: rule.toolChoice,
    parallel_tool_calls: rule.boolean,
    enable_thinking: rule.boolean,
    thinking_budget: rule.integer(
      1,
      131_072,
      'The thinking_budget parameter must be a positive integer and not greater than 131072',
    ),
  },
  answer: { resultFormat: 'text', incremental: false, usage: 'with-total', layout: 'plain' },
};

/** The reference for text models is taken to hold for the parameters they share; no page says so. */
const multimodal: ModelRules = {
  ...newer,
  input: 'messages',
  multimodal: true,
  answer: { ...newer.answer, resultFormat: 'message', fixedFormat: 'message', layout: 'parts' },
};

const newestAnswer: AnswerShape = { ...newer.answer, resultFormat: 'message', incremental: true };
