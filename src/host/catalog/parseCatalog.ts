/** Reads a catalog, which comes from a file or an address of the user's. */

import { type Catalog, catalogSchema } from '../../core/catalogSchema.ts';
import { describeIssues } from '../../core/pricingSchema.ts';

/** Of a catalog's file, in UTF-8 bytes: some thousand models. */
export const largestCatalog = 4 * 2 ** 20;

/** Throws an error whose message names the place in the JSON and what is wrong there. */
export function parseCatalog(text: string): Catalog {
  if (Buffer.byteLength(text) > largestCatalog) throw new Error(`more than ${largestCatalog} bytes`);
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const { data, error } = catalogSchema.safeParse(value);
  if (!data) throw new Error(describeIssues(error));
  return data;
}
