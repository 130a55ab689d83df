/** Type of `models.json`, which a test validates, so that activation need not. */

import type { Catalog } from '../common/catalogSchema.ts';

declare const shipped: Catalog;
// biome-ignore lint/style/noDefaultExport: a JSON module has no other.
export default shipped;
