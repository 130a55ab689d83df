import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { isFullRun } from '../support/fullRun.ts';
import { localizedCalls } from '../support/localizedCalls.ts';

const root = path.join(import.meta.dirname, '../..');
const readJson = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** `{0}` and the like, sorted. */
const placeholders = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();

const textsOf = async (files: Parameters<typeof getL10nJson>[0]): Promise<string[]> =>
  Object.keys(await getL10nJson(files)).sort();

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

  it('has every text of the code in Chinese, and no other', async function () {
    // The tool takes long where it looks for itself.
    this.timeout(600_000);
    const files = globSync('src/**/*.ts', { cwd: root })
      .map((file) => ({ file, extension: '.ts', contents: readFileSync(path.join(root, file), 'utf8') }))
      .filter(({ contents }) => contents.includes('l10n'));
    // VS Code's tool takes seconds to find the calls, and no time to read them.
    const calls = files.flatMap(({ file, contents }) => localizedCalls(file, contents));
    const contents = [
      "import * as vscode from 'vscode';",
      "import { l10n } from 'vscode';",
      ...calls.map((call) => `${call};`),
    ].join('\n');
    const used = await textsOf([{ extension: '.ts', contents }]);
    assert.ok(used.length > 80);
    assert.deepEqual(Object.keys(bundle).sort(), used);
    if (isFullRun()) assert.deepEqual(await textsOf(files), used);
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

  it('takes every text through vscode.l10n', () => {
    for (const file of globSync('src/host/**/*.ts', { cwd: root })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const bare = text.match(/show(Information|Warning|Error)Message\(\s*['"`]/);
      assert.equal(bare, null, file);
    }
  });
});
