import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findDirectUses } from '../support/vscodeUses.ts';

const src = path.join(import.meta.dirname, '../../src');

/** Reads two classes that the typings do not have; neither shows anything. */
const exceptions = new Map([['vscodeChat/host/responseParts.ts', 'Reflect.get(vscode, name)']]);

describe('texts that VS Code shows', () => {
  it('reach it through src/base/host/window only', () => {
    const files = globSync(['*.ts', '*/host/**/*.ts'], { cwd: src }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    assert.ok(files.includes('base/host/window/messages.ts') && files.length > 200);
    const offenders = files
      .filter((file) => !file.startsWith('base/host/window/'))
      .flatMap((file) => {
        const source = readFileSync(path.join(src, file), 'utf8').replace(
          exceptions.get(file) ?? '',
          'undefined',
        );
        return findDirectUses(source).map((use) => `${file}:${use}`);
      });
    assert.deepEqual(
      offenders,
      [],
      'wrap it in src/base/host/window, or list it in vscodeUses.ts if it shows no text',
    );
  });

  it('are kept out of the webview and of all layers below by their having no vscode', () => {
    const others = globSync('**/*.ts', { cwd: src }).filter(
      (file) => /[\\/]/.test(file) && !/^\w+[\\/]host[\\/]/.test(file),
    );
    assert.deepEqual(
      others.filter((file) => /from 'vscode'/.test(readFileSync(path.join(src, file), 'utf8'))),
      [],
    );
  });

  const head = "import * as vscode from 'vscode';\n";
  for (const [name, source] of Object.entries({
    'a message': `${head}void vscode.window.showErrorMessage(error.message);`,
    'a message of a name': `${head}const show = bad ? vscode.window.showWarningMessage : x; void show('a');`,
    'a message by an index': `${head}vscode.window['showErrorMessage']('a');`,
    'a message by a computed name': `${head}vscode.window[kind]('a');`,
    'the window under another name': `${head}const w = vscode.window; w.showErrorMessage('a');`,
    'the window, passed on': `${head}tell(vscode.window);`,
    'the window, imported': "import { window } from 'vscode';\nwindow.showErrorMessage('a');",
    'the window, imported under another name':
      "import { l10n, window as w } from 'vscode';\nw.showErrorMessage('a');",
    'the window, taken out': `${head}const { window } = vscode; window.showErrorMessage('a');`,
    'a function, taken out': `${head}const { showErrorMessage } = vscode.window; showErrorMessage('a');`,
    'all of it under another name': `${head}const v = vscode; v.window.showErrorMessage('a');`,
    'all of it, spread': `${head}const v = { ...vscode };`,
    'all of it, imported late': "const v = await import('vscode'); v.window.showErrorMessage('a');",
    'all of it, required': "const v = require('vscode'); v.window.showErrorMessage('a');",
    'a default import': "import vscode from 'vscode';\nvscode.window.showErrorMessage('a');",
    progress: `${head}await vscode.window.withProgress({ title }, run);`,
    'a picker': `${head}const picker = vscode.window.createQuickPick();`,
    'an input': `${head}await vscode.window.showInputBox({ prompt });`,
    'the status bar': `${head}vscode.window.createStatusBarItem().text = name;`,
    'a terminal': `${head}vscode.window.createTerminal({ name });`,
    'a tree': `${head}vscode.window.createTreeView('a', { treeDataProvider });`,
    'Markdown, over lines': `${head}const hover = new vscode\n  .MarkdownString(text);`,
    'a class under another name': `${head}const Markdown = vscode.MarkdownString;`,
    'a lens': `${head}new vscode.CodeLens(range, command);`,
    'a hover': `${head}vscode.languages.registerHoverProvider('*', provider);`,
    'a comment': `${head}const comment = { body, mode: vscode.CommentMode.Preview };`,
    'the title of a tab': `${head}panel.title = name;`,
    'a text with a value in it': `${head}panel.title = vscode.l10n.t('{0}', name);`,
    'a comparison': `${head}vscode.commands.executeCommand('vscode.diff', a, b, name);`,
    'an answer in the chat': 'stream.markdown(text);',
    'the stream of the chat': `${head}function answer(stream: vscode.ChatResponseStream) {}`,
    'an error of the chat': 'const result = { errorDetails: { message } };',
    'Markdown with rights': 'markdown.isTrusted = true;',
    'rights of a literal': 'const markdown = { value, supportHtml: true };',
    'an icon of our own': "const item = { label: '$(check) ' + name };",
  })) {
    it(`is not evaded by ${name}`, () => {
      assert.notDeepEqual(findDirectUses(source), []);
    });
  }

  it('leave alone what shows nothing, and what a comment says', () => {
    const source = `${head}import { l10n } from 'vscode';
      // vscode.window.showErrorMessage
      const { activeTerminal, terminals } = vscode.window;
      const kind: vscode.MarkdownString | undefined = undefined;
      vscode.window.onDidOpenTerminal(() => showErrorMessage(l10n.t('vscode is gone')));
      thread.label = l10n.t('Quick Ask');
      if (vscode.workspace.isTrusted && typeof vscode.lm?.registerTool === 'function') log.show();`;
    assert.deepEqual(findDirectUses(source), []);
  });
});
