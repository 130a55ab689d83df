/** Measures an answer: times, speed and tokens. */

import { estimateTokens } from '../../llm/tokens.ts';
import type { ComparedAnswer } from './comparison.ts';

export interface Metrics {
  firstTokenMs?: number;
  totalMs: number;
  /** From the first part on; absent for an answer that came in one piece. */
  tokensPerSecond?: number;
  inputTokens?: number;
  outputTokens?: number;
  /** Whether tokens and speed are estimates, because the platform did not count. */
  estimated: boolean;
}

/** In milliseconds; shorter streams count as one piece. */
const shortestStream = 50;

export function metricsOf(answer: ComparedAnswer): Metrics {
  const { text, reasoning, usage, firstTokenMs, totalMs } = answer;
  const came = text !== '' || reasoning !== '';
  const outputTokens = usage?.outputTokens ?? (came ? estimateTokens(reasoning + text) : undefined);
  const streamMs = firstTokenMs === undefined ? 0 : totalMs - firstTokenMs;
  return {
    firstTokenMs,
    totalMs,
    tokensPerSecond:
      streamMs < shortestStream || outputTokens === undefined ? undefined : (outputTokens / streamMs) * 1000,
    inputTokens: usage?.inputTokens ?? answer.estimatedInputTokens,
    outputTokens,
    estimated: usage === undefined,
  };
}

/** The median; `undefined` for an empty list. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
