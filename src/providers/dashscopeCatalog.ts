/** DashScope's models as data: those of the vendor's Baichuan, Qwen and Yi pages with their limits, and today's. */

import type { ModelInfo, NumberRule, ParameterRules } from '../core/chatModel.ts';
import { seesByName } from './imageModels.ts';
import { refusesToolsByName } from './toolModels.ts';

const baichuanPage = 'https://help.aliyun.com/zh/model-studio/developer-reference/baichuan-api';
const qwenPage = 'https://help.aliyun.com/zh/model-studio/developer-reference/qwen-open-source-api';
const yiPage = 'https://help.aliyun.com/zh/model-studio/developer-reference/yi-api';

const outputLimit = (max: number | undefined, defaultValue: number): NumberRule => ({
  type: 'integer',
  min: 1,
  ...(max === undefined ? {} : { max }),
  default: defaultValue,
});

/** Qwen page, tables "parameters" (SDK) and "request body" (HTTP); where they differ, the HTTP table. */
const qwenParameters = (maxOutput: number, defaultOutput: number): ParameterRules => ({
  temperature: { type: 'number', min: 0, max: 2, maxExclusive: true, default: 0.85 },
  topP: { type: 'number', min: 0, minExclusive: true, max: 1, maxExclusive: true, default: 0.8 },
  topK: { type: 'integer', min: 0, default: 0 },
  maxOutputTokens: outputLimit(maxOutput, defaultOutput),
  seed: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, default: 1234 },
  repetitionPenalty: { type: 'number', min: 0, minExclusive: true, default: 1.1 },
  stop: { type: 'stop' },
});

interface QwenFacts {
  contextTokens: number;
  maxInputTokens: number;
  maxOutputTokens: number;
  /** Limit and default of `max_tokens` where the page gives one; else the page's general default, 1500. */
  maxTokens?: number;
}

const qwen = (id: string, name: string, family: string, facts: QwenFacts): ModelInfo => ({
  id,
  name,
  family,
  providerId: 'dashscope',
  contextTokens: facts.contextTokens,
  maxInputTokens: facts.maxInputTokens,
  maxOutputTokens: facts.maxTokens ?? facts.maxOutputTokens,
  input: 'messages',
  toolCalling: false,
  imageInput: false,
  parameters: qwenParameters(facts.maxTokens ?? facts.maxOutputTokens, facts.maxTokens ?? 1500),
  source: qwenPage,
});

const qwen2Long: QwenFacts = { contextTokens: 131_072, maxInputTokens: 128_000, maxOutputTokens: 6144 };
const qwen2Short: QwenFacts = { contextTokens: 32_768, maxInputTokens: 30_720, maxOutputTokens: 6144 };
/** The page writes these limits as 32k, 30k and 2k. */
const chat32k: QwenFacts = { contextTokens: 32_768, maxInputTokens: 30_720, maxOutputTokens: 2048 };
const chat8k: QwenFacts = { contextTokens: 8192, maxInputTokens: 6144, maxOutputTokens: 2048 };

const baichuan = (id: string, name: string, input: ModelInfo['input']): ModelInfo => ({
  id,
  name,
  family: 'Baichuan',
  providerId: 'dashscope',
  contextTokens: 4096,
  input,
  toolCalling: false,
  imageInput: false,
  parameters: {},
  source: baichuanPage,
});

const yi = (id: string, name: string, contextTokens: number): ModelInfo => ({
  id,
  name,
  family: 'Yi',
  providerId: 'dashscope',
  contextTokens,
  input: 'messages',
  toolCalling: false,
  imageInput: false,
  parameters: {
    temperature: { type: 'number', min: 0, max: 2, maxExclusive: true, default: 0.3 },
    topP: { type: 'number', min: 0, max: 1, maxExclusive: true, default: 0.9 },
    maxOutputTokens: outputLimit(undefined, 100),
  },
  // The page's default of 100 tokens cuts nearly every answer about code in its second paragraph.
  suggested: { maxOutputTokens: 2000 },
  source: yiPage,
});

/** What today's general API reference allows, for models without a page of limits of their own here. */
const unknownModel: Omit<ModelInfo, 'id' | 'name' | 'family'> = {
  providerId: 'dashscope',
  input: 'messages',
  toolCalling: true,
  parameters: {
    temperature: { type: 'number', min: 0, max: 2, maxExclusive: true },
    topP: { type: 'number', min: 0, minExclusive: true, max: 1 },
    topK: { type: 'integer', min: 0 },
    maxOutputTokens: { type: 'integer', min: 1 },
    seed: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
    repetitionPenalty: { type: 'number', min: 0, minExclusive: true },
    presencePenalty: { type: 'number', min: -2, max: 2 },
    stop: { type: 'stop' },
    enableThinking: { type: 'boolean' },
    thinkingBudget: { type: 'integer', min: 1 },
  },
};

const modelNamed = (id: string, name: string, family: string): ModelInfo => ({
  ...unknownModel,
  id,
  name,
  family,
  imageInput: seesByName(id) ? true : undefined,
  toolCalling: !refusesToolsByName(id),
});

/** Names the vendor keeps pointing at its newest models; their limits change with them and are not stated here. */
const current = (id: string, name: string): ModelInfo => modelNamed(id, name, 'Qwen');

/** Text models by the page "Error messages" (url error); newer ones of the same name may see one day. */
const currentText = (id: string, name: string): ModelInfo => ({ ...current(id, name), imageInput: false });

/** The generations before Qwen3-VL do not think (general API reference, `enable_thinking`). */
const earlierVision = (id: string, name: string): ModelInfo => {
  const { enableThinking, thinkingBudget, ...parameters } = unknownModel.parameters;
  return { ...current(id, name), parameters };
};

export const dashScopeModels: readonly ModelInfo[] = [
  currentText('qwen-plus', 'Qwen Plus'),
  currentText('qwen3-max', 'Qwen3 Max'),
  current('qwen3.5-plus', 'Qwen3.5 Plus'),
  current('qwen-flash', 'Qwen Flash'),
  current('qwen3-vl-plus', 'Qwen3 VL Plus'),
  current('qwen3-vl-flash', 'Qwen3 VL Flash'),
  earlierVision('qwen-vl-max', 'Qwen VL Max'),
  earlierVision('qwen-vl-plus', 'Qwen VL Plus'),
  qwen('qwen2-72b-instruct', 'Qwen2 72B Instruct', 'Qwen2', qwen2Long),
  qwen('qwen2-57b-a14b-instruct', 'Qwen2 57B A14B Instruct', 'Qwen2', qwen2Short),
  qwen('qwen2-7b-instruct', 'Qwen2 7B Instruct', 'Qwen2', qwen2Long),
  qwen('qwen2-1.5b-instruct', 'Qwen2 1.5B Instruct', 'Qwen2', qwen2Short),
  qwen('qwen2-0.5b-instruct', 'Qwen2 0.5B Instruct', 'Qwen2', qwen2Short),
  qwen('qwen1.5-110b-chat', 'Qwen1.5 110B Chat', 'Qwen1.5', { ...chat32k, maxOutputTokens: 8192 }),
  qwen('qwen1.5-72b-chat', 'Qwen1.5 72B Chat', 'Qwen1.5', chat32k),
  qwen('qwen1.5-32b-chat', 'Qwen1.5 32B Chat', 'Qwen1.5', chat32k),
  qwen('qwen1.5-14b-chat', 'Qwen1.5 14B Chat', 'Qwen1.5', { ...chat8k, maxTokens: 1500 }),
  qwen('qwen1.5-7b-chat', 'Qwen1.5 7B Chat', 'Qwen1.5', { ...chat8k, maxTokens: 1500 }),
  qwen('qwen1.5-1.8b-chat', 'Qwen1.5 1.8B Chat', 'Qwen1.5', chat32k),
  qwen('qwen1.5-0.5b-chat', 'Qwen1.5 0.5B Chat', 'Qwen1.5', chat32k),
  qwen('qwen-72b-chat', 'Qwen 72B Chat', 'Qwen 1', { ...chat32k, maxTokens: 2000 }),
  qwen('qwen-14b-chat', 'Qwen 14B Chat', 'Qwen 1', { ...chat8k, maxTokens: 1500 }),
  qwen('qwen-7b-chat', 'Qwen 7B Chat', 'Qwen 1', { ...chat8k, maxTokens: 1500 }),
  qwen('qwen-1.8b-longcontext-chat', 'Qwen 1.8B Long Context', 'Qwen 1', { ...chat32k, maxTokens: 2000 }),
  qwen('qwen-1.8b-chat', 'Qwen 1.8B Chat', 'Qwen 1', { ...chat8k, maxTokens: 2000 }),
  baichuan('baichuan2-13b-chat-v1', 'Baichuan2 13B Chat', 'messages'),
  baichuan('baichuan2-7b-chat-v1', 'Baichuan2 7B Chat', 'messages'),
  baichuan('baichuan-7b-v1', 'Baichuan 7B', 'prompt'),
  yi('yi-large', 'Yi Large', 16_384),
  yi('yi-large-turbo', 'Yi Large Turbo', 16_384),
  yi('yi-large-rag', 'Yi Large RAG', 16_384),
  yi('yi-medium', 'Yi Medium', 32_768),
];

const byId = new Map(dashScopeModels.map((model) => [model.id, model]));

/** The catalog's entry, or, for an id it does not know, what today's general API reference allows. */
export function findDashScopeModel(id: string): ModelInfo {
  return byId.get(id) ?? modelNamed(id, id, 'Other');
}
