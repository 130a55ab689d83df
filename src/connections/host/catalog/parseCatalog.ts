/** Reads a catalog, which comes from a file or an address of the user's. */

import { exceedsLimits } from '../../../base/common/jsonLimits.ts';
import { describeIssues } from '../../../llm/pricingSchema.ts';
import { type Catalog, catalogSchema, maxCatalogModels } from '../../../providers/common/catalogSchema.ts';
import { withFirstOf } from '../../../providers/sse/json.ts';

/** Of a catalog's file, in UTF-8 bytes: some thousand models. */
export const largestCatalog = 4 * 2 ** 20;

/** A model has some thirty values. */
const limits = { depth: 32, values: 200_000 };

/** Throws an error whose message names the place in the JSON and what is wrong there. */
export function parseCatalog(text: string): Catalog {
  if (Buffer.byteLength(text) > largestCatalog) throw new Error(`more than ${largestCatalog} bytes`);
  if (exceedsLimits(text, limits)) throw new Error(`more than ${limits.values} values`);
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  // One more than allowed is enough to be refused.
  const { data, error } = catalogSchema.safeParse(withFirstOf(value, 'models', maxCatalogModels + 1));
  if (!data) throw new Error(describeIssues(error));
  return data;
}
