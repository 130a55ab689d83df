/** What `models.json` holds: its test reads it with the schema, so that a start need not. */

import type { Catalog } from '../common/catalogSchema.ts';

declare const shipped: Catalog;
// biome-ignore lint/style/noDefaultExport: a JSON module has no other.
export default shipped;
