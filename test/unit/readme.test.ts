/** The READMEs name what is there, by its name, and every error a card can show. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const read = (file: string): string => readFileSync(file, 'utf8');
const readJson = (file: string): Record<string, string> => JSON.parse(read(file));

const manifest = JSON.parse(read('package.json'));
const titles = [...read('src/errors/host/errorTexts.ts').matchAll(/title: l10n\.t\('([^']+)'\)/g)].map(
  ([, title]) => title ?? '',
);
const settings = new Set<string>(
  manifest.contributes.configuration.flatMap((group: { properties: object }) =>
    Object.keys(group.properties),
  ),
);
const chinese = readJson('l10n/bundle.l10n.zh-cn.json');

const languages = [
  { file: 'README.md', names: 'package.nls.json', translate: (text: string) => text, separator: ',' },
  {
    file: 'README.zh-CN.md',
    names: 'package.nls.zh-cn.json',
    translate: (text: string) => chinese[text] ?? text,
    separator: '、',
  },
] as const;

for (const { file, names, translate, separator } of languages) {
  describe(file, () => {
    const text = read(file);
    const commands = new Set(
      Object.entries(readJson(names))
        .filter(([name]) => name.startsWith('command.'))
        .map(([, title]) => title.replace('…', '')),
    );

    it('says what to do about every error', () => {
      assert.ok(titles.length > 20);
      const missing = titles.map(translate).filter((title) => !text.includes(`| ${title} `));
      // Nobody has to be told what to do about an answer that he stopped himself.
      assert.deepEqual(missing, [translate('Stopped')]);
    });

    it('names commands as the palette does', () => {
      const bold = [...text.matchAll(/\*\*Qiao: ([^*]+)\*\*/g)].map(([, title]) => title ?? '');
      const listed = [...text.matchAll(/^\| Qiao: ([^|]+)\|/gm)].flatMap(([, cell = '']) =>
        cell.split(separator),
      );
      assert.ok(bold.length > 10 && listed.length > 30);
      const unknown = [...bold, ...listed].map((title) => title.trim().replace('…', ''));
      assert.deepEqual(
        unknown.filter((title) => !commands.has(title) && !commands.has(`Qiao: ${title}`)),
        [],
      );
    });

    it('names settings that exist', () => {
      const named = [...text.matchAll(/`(qiao\.[\w.]+\w)(\.\*)?`/g)];
      assert.ok(named.length > 5);
      for (const [, name = '', all] of named)
        assert.ok(
          all ? [...settings].some((setting) => setting.startsWith(`${name}.`)) : settings.has(name),
          name,
        );
    });

    it('shows pictures and leads to pages that are there', () => {
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '');
      assert.ok(links.filter((target) => target.endsWith('.png')).length >= 5);
      for (const target of links) if (!target.startsWith('https://')) assert.ok(existsSync(target), target);
    });
  });
}
