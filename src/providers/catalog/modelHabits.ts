/** How model families differ in requests of OpenAI's protocol, by host: data, with sources. */

import { isLoopback } from '../http/noProxy.ts';

/**
 * How thinking is switched on or off. `enable_thinking`: a member of the body, with `thinking_budget` beside it.
 * `thinking`: `{type: "enabled" | "disabled"}`. `chat_template_kwargs`: `{enable_thinking}` for the server's
 * template. `reasoning_effort`: a level.
 */
export type ThinkingSwitch = 'enable_thinking' | 'thinking' | 'chat_template_kwargs' | 'reasoning_effort';

export interface ModelHabits {
  thinking: ThinkingSwitch;
  /** Refuses an assistant message with tool calls but without its `reasoning_content`. */
  wantsReasoning: boolean;
  /** Accepts no message with the role `system`. */
  refusesSystem: boolean;
}

interface HabitRule extends Partial<ModelHabits> {
  /** Suffixes of host names; `local`: this machine, and names without a dot. Missing: all hosts. */
  hosts?: readonly string[];
  ports?: readonly number[];
  /** Prefixes of ids, in lower case and without what precedes the last `/`. Missing: all models. */
  models?: readonly string[];
  source: string;
}

/** The first matching rule decides the thinking switch. */
const rules: readonly HabitRule[] = [
  {
    models: ['qwen-mt'],
    refusesSystem: true,
    source:
      'help.aliyun.com/zh/model-studio, page "翻译能力（Qwen-MT）": one user message, no system message',
  },
  {
    models: ['deepseek'],
    wantsReasoning: true,
    source: 'api-docs.deepseek.com/guides/thinking_mode, "Tool Calls"',
  },
  {
    models: ['kimi'],
    wantsReasoning: true,
    source: 'platform.moonshot.cn, page "使用 Kimi K2 Thinking 模型"',
  },
  {
    hosts: ['aliyuncs.com', 'siliconflow.cn', 'siliconflow.com', 'modelscope.cn', 'baidubce.com'],
    thinking: 'enable_thinking',
    source: 'help.aliyun.com/zh/model-studio, page "深度思考"; docs.siliconflow.cn, "chat completions"',
  },
  {
    hosts: [
      'bigmodel.cn',
      'z.ai',
      'volces.com',
      'deepseek.com',
      'moonshot.cn',
      'moonshot.ai',
      'xiaomimimo.com',
    ],
    thinking: 'thinking',
    source:
      'docs.bigmodel.cn, page "思考模式"; volcengine.com/docs/82379/1449737; api-docs.deepseek.com/guides/thinking_mode',
  },
  {
    hosts: ['openai.com', 'openai.azure.com', 'googleapis.com', 'x.ai'],
    thinking: 'reasoning_effort',
    source: 'platform.openai.com/docs/api-reference/chat',
  },
  {
    hosts: ['local'],
    ports: [11434],
    thinking: 'reasoning_effort',
    source: 'docs.ollama.com/openai',
  },
  {
    hosts: ['local'],
    thinking: 'chat_template_kwargs',
    source: 'docs.vllm.ai, page "Reasoning Outputs"; llama.cpp, tools/server/README.md',
  },
];

/** `baseUrl` must be a valid URL. Without a matching rule the switch is `enable_thinking`. */
export function habitsOf(baseUrl: string, modelId: string): ModelHabits {
  const url = new URL(baseUrl);
  const model = modelId.slice(modelId.lastIndexOf('/') + 1).toLowerCase();
  const fitting = rules.filter(
    ({ hosts, ports, models }) =>
      (hosts?.some((host) => isHost(url, host)) ?? true) &&
      (ports?.includes(Number(url.port)) ?? true) &&
      (models?.some((beginning) => model.startsWith(beginning)) ?? true),
  );
  return {
    thinking: fitting.find(({ thinking }) => thinking)?.thinking ?? 'enable_thinking',
    wantsReasoning: fitting.some(({ wantsReasoning }) => wantsReasoning),
    refusesSystem: fitting.some(({ refusesSystem }) => refusesSystem),
  };
}

function isHost(url: URL, host: string): boolean {
  const { hostname } = url;
  if (host === 'local') return isLoopback(url) || !/[.:]/.test(hostname);
  return hostname === host || hostname.endsWith(`.${host}`);
}
