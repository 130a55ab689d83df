/** How families of models want requests of OpenAI's protocol, by where they are served: data, with its sources. */

import { isLoopback } from '../http/noProxy.ts';

/**
 * How a model is told to think, or not to. `enable_thinking`: a member of the body, with `thinking_budget` beside it.
 * `thinking`: `{type: "enabled" | "disabled"}`. `chat_template_kwargs`: `{enable_thinking}` for the server's template.
 * `reasoning_effort`: a word.
 */
export type ThinkingSwitch = 'enable_thinking' | 'thinking' | 'chat_template_kwargs' | 'reasoning_effort';

export interface ModelHabits {
  thinking: ThinkingSwitch;
  /** An assistant message that calls tools is refused without its thoughts (`reasoning_content`). */
  wantsThoughts: boolean;
  /** It takes no message of the role `system`. */
  refusesSystem: boolean;
}

interface HabitRule extends Partial<ModelHabits> {
  /** Ends of host names; `local`: this machine, and names without a dot. Missing: everywhere. */
  hosts?: readonly string[];
  ports?: readonly number[];
  /** Beginnings of ids, in small letters and without what stands before the last `/`. Missing: all models. */
  models?: readonly string[];
  source: string;
}

/** The first rule that fits tells the switch. */
const rules: readonly HabitRule[] = [
  {
    models: ['qwen-mt'],
    refusesSystem: true,
    source:
      'help.aliyun.com/zh/model-studio, page "翻译能力（Qwen-MT）": one user message, no system message',
  },
  {
    models: ['deepseek'],
    wantsThoughts: true,
    source: 'api-docs.deepseek.com/guides/thinking_mode, "Tool Calls"',
  },
  {
    models: ['kimi'],
    wantsThoughts: true,
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

/** `baseUrl`: an address that can be parsed. Where no rule names a switch, it is `enable_thinking`. */
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
    wantsThoughts: fitting.some(({ wantsThoughts }) => wantsThoughts),
    refusesSystem: fitting.some(({ refusesSystem }) => refusesSystem),
  };
}

function isHost(url: URL, host: string): boolean {
  const { hostname } = url;
  if (host === 'local') return isLoopback(url) || !/[.:]/.test(hostname);
  return hostname === host || hostname.endsWith(`.${host}`);
}
