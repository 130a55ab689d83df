/** Reads the counts of tokens that a service tells, whatever it wrote into them. */

import type { Usage } from '../../llm/chatModel.ts';

/** More tokens than any request holds; what a service claims beyond that must not spoil a sum. */
const most = 100_000_000;

/** The counts as they came, of any type. */
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
 * `undefined` where neither input, output nor total is a count. What is missing follows from the others; every count is a
 * whole number from 0 to 100 million, and a part is no more than its whole. A total that is missing is the sum.
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

/** A number, or its text: rounded, and within bounds. `undefined` for anything else. */
export function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\s*[-+\d.]/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || Number.isNaN(count)) return undefined;
  return Math.min(most, Math.max(0, Math.round(count)));
}

/** The last that was counted: some services send zeros before, or behind, the real numbers. */
export function laterUsage(known: Usage | undefined, next: Usage | undefined): Usage | undefined {
  return next && (next.totalTokens > 0 || !known) ? next : known;
}
