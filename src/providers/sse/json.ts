/** Parses JSON from servers, within limits that keep hostile JSON from exhausting the process. */

import { exceedsLimits, type JsonLimits } from '../../base/common/jsonLimits.ts';
import type { ClientErrorCode } from '../../llm/chatError.ts';

/**
 * Largest depth, and largest number of values in one text (members, items and containers). The largest model list of
 * a public gateway holds about 25,000 values; parsing 250,000 takes less than 0.2 s and 40 MB.
 */
export const jsonLimits: JsonLimits = { depth: 512, values: 250_000 };

/** Thrown for JSON beyond `jsonLimits`. */
export class JsonLimitError extends Error {
  override readonly name = 'JsonLimitError';
  readonly code: ClientErrorCode = 'too-large';

  constructor() {
    super('The service sent JSON with more values, or more deeply nested ones, than Qiao reads.');
  }
}

/** The value, or `undefined` where the text is no JSON or exceeds `jsonLimits`. */
export function parseJson(text: string): unknown {
  return exceedsLimits(text, jsonLimits) ? undefined : parse(text);
}

/** The same, but throws a `JsonLimitError` for JSON beyond `jsonLimits`. */
export function parseBoundedJson(text: string): unknown {
  if (exceedsLimits(text, jsonLimits)) throw new JsonLimitError();
  return parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether it is an object or a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * The object with at most `count` items in the list `member`: a schema takes microseconds for each item, and a server
 * can send many thousands.
 */
export function withFirstOf(value: unknown, member: string, count = 1): unknown {
  if (!isRecord(value)) return value;
  const list = value[member];
  return Array.isArray(list) && list.length > count ? { ...value, [member]: list.slice(0, count) } : value;
}
