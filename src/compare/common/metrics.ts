/** What can be measured of an answer, and of a whole column of answers. */

import { estimateTokens } from '../../llm/tokens.ts';
import type { ComparedAnswer } from './comparison.ts';

export interface Metrics {
  firstTokenMs?: number;
  totalMs: number;
  /** Of the stream alone: waiting for its first part does not count. None for an answer that came in one piece. */
  tokensPerSecond?: number;
  inputTokens?: number;
  outputTokens?: number;
  /** The platform did not count: the tokens, and what follows from them, are estimates. */
  estimated: boolean;
}

/** In milliseconds: what took less came in one piece, or too fast to tell. */
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

/** The middle one; between the two middle ones of an even number. `undefined` when there is none. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}
