/** Maps the platforms' finish reasons to `FinishReason`. */

import type { FinishReason } from './chatModel.ts';

/**
 * Lower case. Sources: OpenAI's reference; Zhipu (`sensitive`, `network_error`, `model_context_window_exceeded`),
 * Baidu (`normal`), Gemini (`SAFETY`, `MAX_TOKENS`), DeepSeek (`insufficient_system_resource`), Mistral
 * (`model_length`), Anthropic (`end_turn`, `tool_use`), and gateways.
 */
const words: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  normal: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  max_length: 'length',
  model_length: 'length',
  token_limit: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  tool_call: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  content_filtered: 'content-filter',
  sensitive: 'content-filter',
  safety: 'content-filter',
  prohibited_content: 'content-filter',
  blocklist: 'content-filter',
  spii: 'content-filter',
  recitation: 'content-filter',
  refusal: 'content-filter',
};

const brokenOff: ReadonlySet<string> = new Set([
  'network_error',
  'error',
  'abort',
  'aborted',
  'cancelled',
  'canceled',
  'timeout',
  'insufficient_system_resource',
  'repetition_truncation',
]);

/** `other` for an unknown reason, and for an interrupted answer. */
export function toFinishReason(word: string): FinishReason {
  const known = normalize(word);
  return (Object.hasOwn(words, known) ? words[known] : undefined) ?? 'other';
}

/** Whether the reason says that the service ended the answer before it was complete. */
export function isBrokenOff(word: string | undefined): boolean {
  return word !== undefined && brokenOff.has(normalize(word));
}

/** `FINISH_REASON_MAX_TOKENS`, `maxTokens`, `max-tokens` and `max_tokens: 4096` become `max_tokens`. */
function normalize(word: string): string {
  const [name = ''] = word.slice(0, 100).split(':');
  return name
    .trim()
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .replace(/[-\s]/g, '_')
    .replace(/^finish_reason_/, '');
}
