import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { translatedTexts } from '../../scripts/build/translatedTexts.ts';

const root = path.join(import.meta.dirname, '../..');
const readJson = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** `{0}` and the like, sorted. */
const placeholders = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();

describe('localization', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const manifestKeys = [...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
  const english = readJson('package.nls.json');
  const chinese = readJson('package.nls.zh-cn.json');
  const bundle = readJson('l10n/bundle.l10n.zh-cn.json');

  it('has every text of the manifest in both languages, and no other', () => {
    assert.ok(manifestKeys.length > 30);
    const wanted = [...new Set(manifestKeys)].sort();
    assert.deepEqual(Object.keys(english).sort(), wanted);
    assert.deepEqual(Object.keys(chinese).sort(), wanted);
  });

  it('has every text of the code in Chinese, and no other', function () {
    // All sources are parsed.
    this.timeout(60_000);
    // Those that are marked are translated there, by a variable.
    const sources = globSync('src/**/*.ts', { cwd: root }).filter(
      (file) => !/host.translate\.ts$/.test(file),
    );
    const texts = sources.flatMap((file) =>
      translatedTexts(file, readFileSync(path.join(root, file), 'utf8')),
    );
    const used = [...new Set(texts)].sort();
    assert.ok(used.length > 80);
    assert.deepEqual(Object.keys(bundle).sort(), used);
  });

  it('finds texts however they are written, and refuses those that are put together', () => {
    const source = "l10n.t('one');\nvscode.l10n.t(`two`, 2);\nother.t('three');\nl10n.u('four');";
    assert.deepEqual(translatedTexts('a.ts', source), ['one', 'two']);
    assert.deepEqual(translatedTexts('a.ts', "translatable('five')"), ['five']);
    for (const text of ["l10n.t('a' + b)", `l10n.t(\`a \${b}\`)`, 'l10n.t(a)', 'l10n.t()', 'translatable(a)'])
      assert.throws(() => translatedTexts('a.ts', `\n${text};`), /^Error: a\.ts:2: /, text);
  });

  it('keeps the placeholders in translation', () => {
    for (const [text, translation] of Object.entries(bundle)) {
      assert.deepEqual(placeholders(translation), placeholders(text), text);
    }
  });

  it('translates: no Chinese text is empty or left in English', () => {
    // Names, and "token", which Chinese developers write as it is.
    const same = new Set(['Qiao', 'Top P', 'Top K', 'DashScope', '{0} token']);
    for (const [key, text] of [...Object.entries(chinese), ...Object.entries(bundle)]) {
      // The page of a step of the walkthrough.
      if (/^walkthrough\.\w+\.page$/.test(key)) assert.match(text, /\.zh-cn\.md$/);
      else
        assert.ok(
          /\p{Script=Han}/u.test(text) || !/[A-Za-z]/.test(text) || same.has(text),
          `${key}: ${text}`,
        );
    }
  });

  it('calls a chat a chat, and 对话 in Chinese', () => {
    const pages = globSync('{README.md,README.zh-CN.md,media/walkthrough/*.md}', { cwd: root })
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .flatMap((text) => text.split('\n'));
    const texts = [english, chinese, bundle]
      .flatMap((file) => Object.values(file))
      .concat(Object.keys(bundle), pages);
    // What is said to a model, which knows no chats.
    const toModels = /^Summarise our conversation/;
    assert.deepEqual(
      texts.filter((text) => /conversation|会话/i.test(text) && !toModels.test(text)),
      [],
    );
    // VS Code's own chat is called as VS Code calls it.
    const translations = [...Object.values(chinese), ...Object.values(bundle)];
    assert.deepEqual(
      translations.filter((text) => /聊天/.test(text) && !/VS Code|此编辑器/.test(text)),
      [],
    );
  });

  it('finds the texts of pages by the one name under which they have the library', () => {
    for (const file of globSync(['src/*/webview/**/*.ts', 'src/ui/{markdown,formulas,diagrams}/**/*.ts'], {
      cwd: root,
    })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const imports = text.match(/^.*@vscode\/l10n.*$/gm) ?? [];
      assert.ok(
        imports.every((line) => line === "import * as l10n from '@vscode/l10n';"),
        file,
      );
      assert.equal(/\bl10n\.t\(/.test(text), imports.length > 0 && !file.endsWith('loadTexts.ts'), file);
    }
  });

  it('takes every text through vscode.l10n', () => {
    for (const file of globSync('src/*/host/**/*.ts', { cwd: root })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const bare = text.match(/show(Information|Warning|Error)Message\(\s*['"`]/);
      assert.equal(bare, null, file);
    }
  });
});
