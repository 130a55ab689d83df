// Reduces VS Code's icon font to the icons that Qiao can show, a fifth of the font; every panel loads it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import subsetFont from 'subset-font';

/** A rule of the style sheet that draws one icon. */
const iconRule = /^\.codicon-([a-z0-9-]+):before \{ content: "\\([0-9a-f]+)" \}\n?/gm;

/** Cuts `codicon.css` and `codicon.ttf` in `folder` down to the icons that a bundle in `bundles` may name. */
export async function shrinkIconFont(folder: string, bundles: readonly string[]): Promise<void> {
  const texts = await Promise.all(bundles.map(readScripts));
  const stylePath = path.join(folder, 'codicon.css');
  const fontPath = path.join(folder, 'codicon.ttf');
  const { style, characters } = keepIcons(await readFile(stylePath, 'utf8'), possibleNames(texts.flat()));
  const font = await subsetFont(await readFile(fontPath), characters, { targetFormat: 'truetype' });
  await Promise.all([writeFile(stylePath, style), writeFile(fontPath, font)]);
}

/** The style sheet without the icons that `isUsed` refuses, and the characters of those that are left. */
export function keepIcons(
  sheet: string,
  isUsed: (icon: string) => boolean,
): { style: string; characters: string } {
  const characters = new Set<string>();
  const style = sheet.replace(iconRule, (rule, name: string, code: string) => {
    if (!isUsed(name)) return '';
    characters.add(String.fromCodePoint(Number.parseInt(code, 16)));
    return rule;
  });
  return { style, characters: [...characters].join('') };
}

/**
 * Every icon is somewhere a text by itself or stands after `codicon-`, but those of symbols, whose names come from VS Code's
 * kinds. That many a word is taken for an icon does no harm.
 */
export function possibleNames(scripts: readonly string[]): (icon: string) => boolean {
  const names = new Set<string>();
  for (const script of scripts)
    for (const [, quoted, classed] of script.matchAll(
      /(?<=["'`])([a-z0-9-]+)(?=["'`])|codicon-([a-z0-9-]+)/g,
    ))
      names.add(quoted ?? classed ?? '');
  return (icon) => icon.startsWith('symbol-') || names.has(icon);
}

async function readScripts(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  return Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
}
