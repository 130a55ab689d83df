/** Schema of prices, for settings and catalogs. */

import * as z from 'zod';
import { currencies, type ModelPrice } from './pricing.ts';

/** Per million tokens; more than six decimals could not be charged exactly. */
const amount = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((value) => Math.abs(value * 1e6 - Math.round(value * 1e6)) < 1e-4, 'at most six decimals');

const tierSchema = z.strictObject({
  upToInputTokens: z.int().positive().optional(),
  input: amount,
  cachedInput: amount.optional(),
  output: amount,
  reasoning: amount.optional(),
});

/** A calendar day, `YYYY-MM-DD`. */
export const daySchema = z.iso.date();

/** The price of one model; tiers ascend, and only the last one may omit its limit. */
export const modelPriceSchema: z.ZodType<ModelPrice> = z.strictObject({
  currency: z.enum(currencies),
  tiers: z
    .array(tierSchema)
    .min(1)
    .max(20)
    .superRefine((tiers, context) => {
      for (const [index, { upToInputTokens = Infinity }] of tiers.entries()) {
        const before = index === 0 ? 0 : (tiers[index - 1]?.upToInputTokens ?? Infinity);
        if (upToInputTokens > before) continue;
        const message = 'tiers must grow, and only the last one may lack "upToInputTokens"';
        context.addIssue({ code: 'custom', message, path: [index, 'upToInputTokens'] });
      }
    }),
  date: daySchema,
  source: z.string().min(1).max(500),
});

/** One line for each problem, with its path: `models[3].price.tiers[0].input: …`. */
export function describeIssues({ issues }: z.ZodError, limit = 5): string {
  const shown = issues
    .slice(0, limit)
    .map(({ path, message }) => `${shorten(pathText(path))}: ${shorten(message)}`);
  const more = issues.length - shown.length;
  return [...shown, ...(more > 0 ? [`… ${more} more`] : [])].join('\n');
}

/** Names in a file may be as long as the file. */
function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
    })
    .join('')
    .replace(/^\./, '');
  return text === '' ? '(whole file)' : text;
}
