/** Reads token counts of any type, and within bounds. */

import type { Usage } from '../../llm/chatModel.ts';

/** Upper bound for a count, so that a wrong one cannot spoil sums. */
const maxCount = 100_000_000;

/** The service's counts, of any type. */
export interface RawUsage {
  input: unknown;
  output: unknown;
  total: unknown;
  /** Of the input. */
  cached?: unknown;
  /** Of the output. */
  reasoning?: unknown;
}

/**
 * `undefined` without any count. A missing count follows from the others; every count is a whole number from 0 to 100
 * million, and a part is at most its whole.
 */
export function readUsage(raw: RawUsage): Usage | undefined {
  const input = readCount(raw.input);
  const output = readCount(raw.output);
  const total = readCount(raw.total);
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const inputTokens = input ?? Math.max(0, (total ?? 0) - (output ?? 0));
  const outputTokens = output ?? Math.max(0, (total ?? 0) - inputTokens);
  const totalTokens = total || inputTokens + outputTokens;
  const usage: Usage = { inputTokens, outputTokens, totalTokens };
  const cached = readCount(raw.cached);
  if (cached !== undefined) usage.cachedInputTokens = Math.min(inputTokens, cached);
  const reasoning = readCount(raw.reasoning);
  if (reasoning !== undefined) usage.reasoningTokens = Math.min(outputTokens, reasoning);
  return usage;
}

/** A number, or a number as text: rounded, and within bounds. `undefined` for anything else. */
export function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\s*[-+\d.]/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || Number.isNaN(count)) return undefined;
  return Math.min(maxCount, Math.max(0, Math.round(count)));
}

/** The latest usage: some services send zeros before, or behind, the real numbers. */
export function laterUsage(known: Usage | undefined, next: Usage | undefined): Usage | undefined {
  return next && (next.totalTokens > 0 || !known) ? next : known;
}
