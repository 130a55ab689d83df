import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const settings: Record<string, { scope: string; order: number }> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }: { properties: object }) => properties),
);

describe('manifest', () => {
  it('contributes only commands that are registered', () => {
    const sources = globSync('src/host/*.ts', { cwd: root })
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    for (const { command } of manifest.contributes.commands)
      assert.ok(sources.includes(`'${command}'`), command);
  });

  it('lets no workspace redirect a key', () => {
    for (const [name, { scope }] of Object.entries(settings)) {
      if (/baseUrl|region|workspaceId|key/i.test(name)) assert.equal(scope, 'machine', name);
    }
    assert.equal(settings['qiao.dashscope.baseUrl']?.scope, 'machine');
  });

  it('has no setting that could hold a secret', () => {
    assert.ok(Object.keys(settings).length > 10);
    for (const name of Object.keys(settings)) {
      assert.doesNotMatch(name, /key|secret|token$/i);
    }
  });

  it('has a page in both languages for each step of the walkthrough, and a step for no command that is not there', () => {
    const texts = ['package.nls.json', 'package.nls.zh-cn.json'].map((file) =>
      JSON.parse(readFileSync(path.join(root, file), 'utf8')),
    );
    const known = new Set(manifest.contributes.commands.map(({ command }: { command: string }) => command));
    for (const { steps } of manifest.contributes.walkthroughs)
      for (const { description, media } of steps)
        for (const text of texts) {
          const page = readFileSync(path.join(root, text[media.markdown.slice(1, -1)]), 'utf8');
          assert.match(page, /^# /);
          for (const [, command] of text[description.slice(1, -1)].matchAll(/\(command:([\w.]+)\)/g))
            assert.ok(known.has(command) || command === 'qiao.chat.focus', command);
        }
  });

  it('uses no proposed API', () => {
    assert.equal(manifest.enabledApiProposals, undefined);
    for (const file of globSync('src/**/*.ts', { cwd: root })) {
      assert.doesNotMatch(readFileSync(path.join(root, file), 'utf8'), /vscode\.proposed/, file);
    }
  });

  it('has no commands without a title of their own', () => {
    const titles = manifest.contributes.commands.map(({ title }: { title: string }) => title);
    assert.equal(new Set(titles).size, titles.length);
  });
});
