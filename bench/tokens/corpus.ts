/** The texts that token estimates are measured with: original ones, and frozen pieces of this repository. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../../scripts/host/paths.ts';

export interface Sample {
  /** `category/name`. */
  id: string;
  category: string;
  text: string;
  /** In UTF-8. */
  bytes: number;
  /** Whether the estimate's weights were fitted to it; the others only measure. */
  fitted: boolean;
}

const folder = path.join(repository, 'test/fixtures/tokens');

/** Tokens of each sample as each family's tokenizer counts them, by the sample's id. */
export const countsFile = path.join(folder, 'counts.json');

/** In a fixed order; every other one is for fitting. */
export function readCorpus(): Sample[] {
  return globSync('*/*.txt', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file, index) => {
      const text = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return {
        id: file.replace(/\.txt$/, ''),
        category: file.split('/')[0] ?? '',
        text,
        bytes: Buffer.byteLength(text),
        fitted: index % 2 === 0,
      };
    });
}
