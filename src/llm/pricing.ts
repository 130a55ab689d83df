/** Prices of tokens, and exact sums of costs. */

import { trimTrailing } from '../base/common/trimTrailing.ts';

export const currencies = ['CNY', 'USD'] as const;
export type Currency = (typeof currencies)[number];

/** Prices for one range of input lengths, per million tokens, with at most six decimals. */
export interface PriceTier {
  /** The longest input of this tier, in tokens; absent in the last tier. */
  upToInputTokens?: number;
  input: number;
  /** Cached input; absent: the price of other input. */
  cachedInput?: number;
  output: number;
  /** Reasoning, where its price differs from other output. */
  reasoning?: number;
}

/** The price of one model. */
export interface ModelPrice {
  currency: Currency;
  /** In ascending order of `upToInputTokens`; the input's length selects one tier for the whole request. */
  tiers: readonly PriceTier[];
  /** The day the source was read, `YYYY-MM-DD`. */
  date: string;
  /** The source: an address, or a few words. */
  source: string;
}

/** Money in whole billionths of the currency, which keeps sums exact. */
export interface Cost {
  currency: Currency;
  nanos: number;
}

/** The token counts that a request is charged by. */
export interface ChargedTokens {
  inputTokens: number;
  outputTokens: number;
  /** Input tokens read from the platform's cache; absent where the platform does not report them. */
  cachedInputTokens?: number;
  /** Output tokens used for reasoning; absent where the platform does not report them. */
  reasoningTokens?: number;
}

/** The cost of a request. `undefined` without price or usage, or for an input longer than every tier. */
export function costOf(usage: ChargedTokens | undefined, price: ModelPrice | undefined): Cost | undefined {
  if (!usage || !price) return undefined;
  const inputTokens = wholeTokens(usage.inputTokens);
  const outputTokens = wholeTokens(usage.outputTokens);
  const tier = price.tiers.find(({ upToInputTokens = Infinity }) => inputTokens <= upToInputTokens);
  if (!tier) return undefined;
  const cached = Math.min(inputTokens, wholeTokens(usage.cachedInputTokens ?? 0));
  const reasoning = Math.min(outputTokens, wholeTokens(usage.reasoningTokens ?? 0));
  const trillionths =
    charge(inputTokens - cached, tier.input) +
    charge(cached, tier.cachedInput ?? tier.input) +
    charge(outputTokens - reasoning, tier.output) +
    charge(reasoning, tier.reasoning ?? tier.output);
  // A larger sum could not be read back exactly from the ledger.
  const nanos = Math.min(Number((trillionths + 500n) / 1000n), Number.MAX_SAFE_INTEGER);
  return { currency: price.currency, nanos };
}

/** One sum for each currency that occurs, in the order of `currencies`. */
export function sumCosts(costs: Iterable<Cost | undefined>): Cost[] {
  const sums = new Map<Currency, number>();
  for (const cost of costs) if (cost) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.nanos);
  return currencies.flatMap((currency) => {
    const nanos = sums.get(currency);
    return nanos === undefined ? [] : [{ currency, nanos }];
  });
}

/** `¥0.0123`: two decimals from one unit on, four below, six for the smallest amounts. */
export function formatCost({ currency, nanos }: Cost): string {
  const symbol = currency === 'CNY' ? '¥' : '$';
  if (nanos > 0 && nanos < smallestShown) return `<${symbol}0.000001`;
  const decimals = nanos === 0 || nanos >= 999_950_000 ? 2 : nanos >= 100_000 ? 4 : 6;
  return `${symbol}${formatDecimal(nanos, decimals)}`;
}

/** `¥1.20 + $0.03`; empty for no costs. */
export function formatCosts(costs: readonly Cost[]): string {
  return costs.map(formatCost).join(' + ');
}

/** The exact amount as a decimal number without symbol or grouping, for tables and exports. */
export function exactAmount({ nanos }: Cost): string {
  const whole = Math.floor(nanos / nanosPerUnit);
  const fraction = trimTrailing(String(nanos % nanosPerUnit).padStart(9, '0'), '0');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

const nanosPerUnit = 1_000_000_000;
const smallestShown = 1000;

/** In trillionths of the currency: a price per million tokens equals millionths per token. */
function charge(tokens: number, perMillion: number): bigint {
  return BigInt(tokens) * BigInt(Math.round(perMillion * 1_000_000));
}

/** Guards against counts that are negative, fractional or not finite. */
function wholeTokens(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.round(count)) : 0;
}

function formatDecimal(nanos: number, decimals: number): string {
  const unit = 10 ** (9 - decimals);
  const rounded = Math.round(nanos / unit);
  const whole = Math.floor(rounded / 10 ** decimals);
  const fraction = String(rounded % 10 ** decimals).padStart(decimals, '0');
  return `${whole.toLocaleString('en-US')}.${fraction}`;
}
