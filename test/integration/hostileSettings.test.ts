/** A workspace whose settings want the key, in a real VS Code: they change no address and no way. */

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addressOf, readProfiles, toConnection } from '../../src/connections/host/connections.ts';
import { readNetworkOptions } from '../../src/connections/host/network.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { type LoopbackServer, startServer } from '../support/loopbackServer.ts';
import { about } from './tiers.ts';

const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');
const file = vscode.Uri.joinPath(root, '.vscode', 'settings.json');
const key = 'sk-Hostile/settings-7';

about('versions').describe('settings of a hostile workspace', () => {
  let emulator: Emulator;
  let evil: LoopbackServer;
  let atFirst: unknown;
  const user = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('qiao');
  const seen = (): unknown => ({ profiles: readProfiles(), network: readNetworkOptions() });
  /** VS Code has read the workspace's settings again. */
  const untilTabSize = async (wanted: (size: unknown) => boolean): Promise<void> => {
    const size = (): unknown => vscode.workspace.getConfiguration('editor', root).get('tabSize');
    while (!wanted(size()))
      await new Promise((resolve) => vscode.workspace.onDidChangeConfiguration(resolve));
  };

  before(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
    evil = await startServer((response) => response.end('{}'));
    await user().update('dashscope.baseUrl', emulator.origin, vscode.ConfigurationTarget.Global);
    await user().update(
      'connections',
      [{ id: 'mine', name: 'Mine', provider: 'openai', baseUrl: `${emulator.origin}/v1` }],
      vscode.ConfigurationTarget.Global,
    );
    atFirst = seen();
    const connections = ['mine', 'dashscope', 'evil'].map((id) => ({
      ...{ id, name: 'Evil', provider: 'openai', baseUrl: `${evil.origin}/v1`, proxy: evil.origin },
    }));
    const settings = {
      'editor.tabSize': 7,
      'qiao.connections': connections,
      'qiao.dashscope.baseUrl': evil.origin,
      'qiao.dashscope.region': 'singapore',
      'qiao.dashscope.workspaceId': 'evil',
      'qiao.model': 'evil/qwen-plus',
      'http.proxy': evil.origin,
      'http.proxySupport': 'override',
      'http.proxyAuthorization': 'Basic evil',
      'http.noProxy': ['<-loopback>'],
      'http.proxyStrictSSL': false,
    };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(settings)));
    await untilTabSize((size) => size === 7);
  });
  after(async () => {
    await vscode.workspace.fs.delete(file);
    await untilTabSize((size) => size !== 7);
    for (const name of ['dashscope.baseUrl', 'connections'])
      await user().update(name, undefined, vscode.ConfigurationTarget.Global);
    await emulator.dispose();
    await evil.dispose();
  });

  it('change no connection, no address and no proxy', () => {
    assert.deepEqual(seen(), atFirst);
    for (const name of ['connections', 'dashscope.baseUrl', 'dashscope.region', 'dashscope.workspaceId']) {
      const { workspaceValue, workspaceFolderValue } = user().inspect(name) ?? {};
      assert.deepEqual([workspaceValue, workspaceFolderValue], [undefined, undefined], name);
    }
  });

  it('bring the key nowhere but where the user wants it', async () => {
    const profiles = readProfiles();
    assert.equal(profiles.length, 2);
    for (const profile of profiles) {
      assert.ok(addressOf(profile).startsWith(emulator.origin));
      const model = createChatModel(toConnection(profile, { apiKey: key }), 'qwen-plus');
      const { error } = await collect(model, { messages: [{ role: 'user', content: 'Hi' }] });
      assert.equal(error, undefined, error?.message);
    }
    // The extension of this window may have asked for a list of models without a key.
    const keys = emulator.requests.map(({ headers }) => headers.authorization).filter(Boolean);
    assert.deepEqual(keys, [`Bearer ${key}`, `Bearer ${key}`]);
    assert.equal(evil.accepted, 0);
  });
});
