import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { about } from './tiers.ts';
import { until } from './until.ts';

about('versions', 'words').describe('the extension', () => {
  const extension = vscode.extensions.getExtension('qiao.qiao');

  it('activates', async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('has every command it contributes', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of extension?.packageJSON.contributes.commands ?? [])
      assert.ok(known.has(command), command);
  });

  it('opens its view, starts a new chat and stops nothing, without a complaint', async () => {
    await vscode.commands.executeCommand('qiao.chat.focus');
    await vscode.commands.executeCommand('qiao.newChat');
    await vscode.commands.executeCommand('qiao.stop');
    await vscode.commands.executeCommand('qiao.openInEditor');
    const isChatTab = (): boolean =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
    await until(isChatTab);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('speaks the language of VS Code', () => {
    // In a translated VS Code a title is { value, original }.
    assert.ok(extension);
    const { title } = extension.packageJSON.contributes.commands[0];
    const shown = typeof title === 'string' ? title : title.value;
    assert.equal(shown, vscode.env.language.startsWith('zh') ? '提问…' : 'Ask…');
  });

  it('lets no workspace set the address a key is sent to', () => {
    const inspected = vscode.workspace.getConfiguration('qiao.dashscope').inspect('baseUrl');
    assert.equal(inspected?.workspaceValue, undefined);
  });
});
