/** Parses the price setting and reports invalid entries. */

import * as z from 'zod';
import type { ModelPrice } from '../../llm/pricing.ts';
import { describeIssues, modelPriceSchema } from '../../llm/pricingSchema.ts';

export interface PriceSettings {
  /** By `connectionId/modelId`, or by the model's id for every connection. */
  prices: ReadonlyMap<string, ModelPrice>;
  /** Each names the entry, the place in it and the problem. */
  problems: readonly string[];
}

const flatSchema = z.looseObject({ tiers: z.undefined().optional() });
const recordSchema = z.record(z.string(), z.unknown());

/** A price may be given without tiers: `{ "currency": "CNY", "input": 0.8, "output": 2 }`. */
export function parsePrices(value: unknown): PriceSettings {
  const prices = new Map<string, ModelPrice>();
  const problems: string[] = [];
  const entries = recordSchema.safeParse(value ?? {});
  if (!entries.success) return { prices, problems: ['(whole setting): an object is expected'] };
  for (const [model, entry] of Object.entries(entries.data)) {
    const { data, error } = modelPriceSchema.safeParse(withTiers(entry));
    if (data) prices.set(model, data);
    else
      problems.push(
        ...describeIssues(error)
          .split('\n')
          .map((line) => `"${model}" › ${line}`),
      );
  }
  return { prices, problems };
}

function withTiers(entry: unknown): unknown {
  const flat = flatSchema.safeParse(entry).data;
  if (!flat) return withDefaults(entry);
  const { currency, date, source, tiers: _none, ...tier } = flat;
  return withDefaults({ currency, date, source, tiers: [tier] });
}

/** Date and source are optional in the setting. */
function withDefaults(entry: unknown): unknown {
  const given = recordSchema.safeParse(entry).data;
  if (!given) return entry;
  return { ...given, date: given.date ?? '1970-01-01', source: given.source ?? 'qiao.prices' };
}
