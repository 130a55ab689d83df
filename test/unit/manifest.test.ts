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

  it('contributes nothing of a proposed API', () => {
    assert.equal(manifest.enabledApiProposals, undefined);
    const { chatParticipants, languageModelChatProviders, languageModelTools, ...others } =
      manifest.contributes;
    const allowed = {
      participant: ['id', 'name', 'fullName', 'description', 'isSticky', 'commands'],
      command: ['name', 'description'],
      provider: ['vendor', 'displayName', 'managementCommand'],
      tool: [
        'name',
        'displayName',
        'userDescription',
        'modelDescription',
        'toolReferenceName',
        'canBeReferencedInPrompt',
        'icon',
        'tags',
        'inputSchema',
      ],
    };
    const assertOnly = (items: object[], names: string[]): void => {
      for (const name of items.flatMap((item) => Object.keys(item))) assert.ok(names.includes(name), name);
    };
    assertOnly(chatParticipants, allowed.participant);
    assertOnly(
      chatParticipants.flatMap(({ commands }: { commands: object[] }) => commands),
      allowed.command,
    );
    assertOnly(languageModelChatProviders, allowed.provider);
    assertOnly(languageModelTools, allowed.tool);
    assert.deepEqual(
      Object.keys(others).filter((name) => /^(chat|languageModel|mcp)/.test(name)),
      [],
    );
  });

  it('uses no proposed API', () => {
    // `tsc` checks names against the typings; what goes around them is here.
    const typings = readFileSync(path.join(root, 'node_modules/@types/vscode/index.d.ts'), 'utf8');
    const detected = new Set<string>();
    for (const file of globSync('src/**/*.ts', { cwd: root })) {
      const text = readFileSync(path.join(root, file), 'utf8');
      assert.doesNotMatch(text, /vscode\.proposed|\beditTools\b|\bisUserSelectable\b/, file);
      if (file.includes('native')) assert.doesNotMatch(text, /\b(isDefault|locations)\b/, file);
      if (/Reflect\.get\(\s*vscode/.test(text)) {
        for (const [name] of text.matchAll(/LanguageModel\w+Part\b/g))
          if (!new RegExp(`(class|type) ${name}\\b`).test(typings)) detected.add(name);
      }
      assert.doesNotMatch(text, /vscode as (any|unknown)|vscode\[/, file);
    }
    // Made only where the running VS Code has them, and never needed.
    assert.deepEqual([...detected].sort(), ['LanguageModelDataPart', 'LanguageModelThinkingPart']);
  });

  it('has no commands without a title of their own', () => {
    const titles = manifest.contributes.commands.map(({ title }: { title: string }) => title);
    assert.equal(new Set(titles).size, titles.length);
  });
});
