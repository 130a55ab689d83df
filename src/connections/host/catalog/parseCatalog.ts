/** Parses a catalog from an untrusted file or address. */

import { exceedsLimits } from '../../../base/common/jsonLimits.ts';
import { describeIssues } from '../../../llm/pricingSchema.ts';
import { type Catalog, catalogSchema, maxCatalogModels } from '../../../providers/common/catalogSchema.ts';
import { withFirstOf } from '../../../providers/sse/json.ts';

/** In UTF-8 bytes, enough for some thousand models. */
export const largestCatalog = 4 * 2 ** 20;

const limits = { depth: 32, values: 200_000 };

/** Throws an `Error` that names the place in the JSON and the problem. */
export function parseCatalog(text: string): Catalog {
  if (Buffer.byteLength(text) > largestCatalog) throw new Error(`more than ${largestCatalog} bytes`);
  if (exceedsLimits(text, limits)) throw new Error(`more than ${limits.values} values`);
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const { data, error } = catalogSchema.safeParse(withFirstOf(value, 'models', maxCatalogModels + 1));
  if (!data) throw new Error(describeIssues(error));
  return data;
}
