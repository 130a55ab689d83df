import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('manifest', () => {
  it('contributes only commands that are registered', () => {
    const sources = globSync('src/host/*.ts', { cwd: root })
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    for (const { command } of manifest.contributes.commands)
      assert.ok(sources.includes(`'${command}'`), command);
  });

  it('lets no workspace redirect a key', () => {
    const properties: Record<string, { scope: string }> = manifest.contributes.configuration.properties;
    for (const [name, { scope }] of Object.entries(properties)) {
      if (/baseUrl|region|workspaceId|key/i.test(name)) assert.equal(scope, 'machine', name);
    }
    assert.equal(properties['qiao.dashscope.baseUrl']?.scope, 'machine');
  });

  it('has no setting that could hold a secret', () => {
    for (const name of Object.keys(manifest.contributes.configuration.properties)) {
      assert.doesNotMatch(name, /key|secret|token$/i);
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
