import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { profileProviders } from '../../src/providers/common/protocols.ts';

const root = path.join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

interface SettingSchema {
  scope: string;
  order: number;
  items?: { properties: Record<string, { enum?: readonly string[] }> };
}

const settings: Record<string, SettingSchema> = Object.assign(
  {},
  ...manifest.contributes.configuration.map(({ properties }: { properties: object }) => properties),
);

describe('manifest', () => {
  it('contributes only commands that are registered', () => {
    const sources = globSync('src/**/*.ts', { cwd: root })
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    for (const { command } of manifest.contributes.commands)
      assert.ok(sources.includes(`'${command}'`), command);
  });

  it('keeps the menu of the view short, with what people look for first on top', () => {
    const entries: readonly { command: string; group: string; when: string }[] =
      manifest.contributes.menus['view/title'];
    const menu = entries.filter(({ group }) => !group.startsWith('navigation'));
    const inDemo = ({ when }: { when: string }): boolean => !/connection != demo/.test(when);
    const outside = ({ when }: { when: string }): boolean => !/connection == demo/.test(when);
    for (const shown of [menu.filter(inDemo), menu.filter(outside)]) assert.equal(shown.length, 10);
    assert.deepEqual(
      menu.slice(0, 4).map(({ command, group }) => `${command} ${group}`),
      ['getStarted', 'diagnose', 'openSettings', 'manageConnections'].map(
        (name, index) => `qiao.${name} 1_start@${index + 1}`,
      ),
    );
    assert.deepEqual(
      menu.map(({ group }) => group),
      menu.map(({ group }) => group).toSorted(),
    );
  });

  it('offers each provider for connections in the settings', () => {
    const { provider } = settings['qiao.connections']?.items?.properties ?? {};
    assert.deepEqual(provider?.enum, profileProviders);
  });

  it('lets no workspace redirect a key', () => {
    const ofUser = (name: string): boolean => /^(machine|application)$/.test(settings[name]?.scope ?? '');
    for (const name of ['connections', 'dashscope.region', 'dashscope.baseUrl', 'dashscope.workspaceId'])
      assert.ok(ofUser(`qiao.${name}`), name);
    // What a workspace can set has to be judged one by one. `model` names one of the connections that the user has set up.
    const judged = ['model', 'systemPrompt', 'context.exclude', 'codeLens'];
    const ofWorkspace = Object.keys(settings).filter((name) => !ofUser(name));
    assert.deepEqual(
      ofWorkspace.filter((name) => !judged.includes(name.replace(/^qiao\./, ''))),
      [],
    );
  });

  it('has no setting that could hold a secret', () => {
    const names = Object.entries(settings).flatMap(([name, schema]) => [name, ...membersOf(schema)]);
    for (const known of ['qiao.model', 'baseUrl', 'upToInputTokens']) assert.ok(names.includes(known), known);
    for (const name of names)
      assert.doesNotMatch(name, /key|secret|passw|passphrase|credential|cookie|bearer|token$/i);
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
      if (file.includes('vscodeChat')) assert.doesNotMatch(text, /\b(isDefault|locations)\b/, file);
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

/** The names of all members that a setting's schema knows, at any depth. */
function membersOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === 'properties' ? [...Object.keys(value), ...membersOf(value)] : membersOf(value),
  );
}
