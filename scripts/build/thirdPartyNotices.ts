// Writes ThirdPartyNotices.txt: the packages in the bundles with their licences.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

export interface Notice {
  name: string;
  version: string;
  /** An SPDX expression. */
  license: string;
  homepage: string;
  /** The texts of all licence files of the package. */
  text: string;
}

/** Licences that let their text and a notice be all that is asked for. */
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'CC-BY-4.0',
  'Unlicense',
]);

/** Folders of all packages that went into the bundles, e.g. `node_modules/zod`; sorted. */
export function bundledPackages(metafiles: readonly Metafile[]): string[] {
  const folders = new Set<string>();
  for (const { outputs } of metafiles)
    for (const { inputs } of Object.values(outputs))
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file) ?? [];
        if (folder && bytesInOutput > 0) folders.add(folder);
      }
  return [...folders].sort();
}

/** Throws for a package whose licence is not one of the allowed ones, or has no text. */
export async function readNotice(folder: string): Promise<Notice> {
  const manifest: Record<string, unknown> = JSON.parse(
    await readFile(path.join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  const { name, version, license = licenseOf(texts), author, homepage, repository } = manifest;
  if (typeof license !== 'string' || !isAllowed(license))
    throw new Error(`${folder}: the licence ${JSON.stringify(license)} is not one that Qiao may ship.`);
  const holder = Object(author).name ?? author;
  if (texts.length === 0 && license === 'MIT' && typeof holder === 'string' && holder !== '')
    texts.push(mitText(holder));
  if (texts.length === 0) throw new Error(`${folder}: there is no licence text.`);
  return {
    name: String(name),
    version: String(version),
    license,
    homepage: typeof homepage === 'string' ? homepage : addressOf(repository),
    text: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}

/** `license`: an SPDX expression; of several to choose from, one allowed licence is enough. */
function isAllowed(license: string): boolean {
  return license
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => allowed.has(one));
}

/** For a package that carries its licence and does not name it: known is the one that names itself in its first line. */
function licenseOf([text = '', ...others]: readonly string[]): string | undefined {
  return others.length === 0 && /^(The )?MIT License/.test(text.trimStart()) ? 'MIT' : undefined;
}

export function formatNotices(notices: readonly Notice[]): string {
  const parts = notices.map(
    ({ name, version, license, homepage, text }) =>
      `${'='.repeat(80)}\n${name} ${version} (${license})\n${homepage}\n${'='.repeat(80)}\n\n${text}\n`,
  );
  return `Qiao contains the following software, each under its own licence.\n\n${parts.join('\n')}`;
}

/** For a package that names the licence and does not carry its text. */
function mitText(author: string): string {
  return `MIT License

Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

function addressOf(repository: unknown): string {
  const url =
    typeof repository === 'object' && repository !== null && 'url' in repository
      ? repository.url
      : repository;
  if (typeof url !== 'string') return '';
  const address = url.replace(/^git\+|\.git$/g, '').replace(/^git:/, 'https:');
  return /^https?:/.test(address) ? address : `https://github.com/${address.replace(/^github:/, '')}`;
}
