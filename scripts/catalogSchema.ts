// Writes the JSON schema that editors use for catalogs. Usage: npx node scripts/catalogSchema.ts
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { catalogSchema } from '../src/providers/common/catalogSchema.ts';

const file = path.join(import.meta.dirname, '../media/catalog.schema.json');
await writeFile(file, `${JSON.stringify(z.toJSONSchema(catalogSchema, { io: 'input' }), null, 2)}\n`);
