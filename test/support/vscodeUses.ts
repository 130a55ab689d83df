/** Finds where a source file reaches VS Code past `src/base/host/window`, the one place from which texts are shown. */

import { transformSync } from 'esbuild';

/** What shows no text of its own, or only what is the user's (`showTextDocument`) or Qiao's (`createOutputChannel`). */
const allowed = new Set(
  [
    ...['commands', 'env', 'extensions', 'l10n', 'version', 'workspace'],
    ...['activeNotebookEditor', 'activeTerminal', 'activeTextEditor', 'tabGroups', 'terminals'].map(inWindow),
    ...['visibleTextEditors', 'createOutputChannel', 'createTextEditorDecorationType'].map(inWindow),
    ...['registerWebviewPanelSerializer', 'registerWebviewViewProvider', 'showTextDocument'].map(inWindow),
    ...['showNotebookDocument'].map(inWindow),
    ...['getDiagnostics', 'getLanguages', 'createDiagnosticCollection'].map(inLanguages),
    ...['setTextDocumentLanguage'].map(inLanguages),
    ...['registerCodeActionsProvider', 'registerCodeLensProvider'].map(inLanguages),
    ...['chat.createChatParticipant', 'lm.registerLanguageModelChatProvider', 'lm.registerTool'],
    ...[
      'lm.selectChatModels',
      'CancellationError',
      'Disposable',
      'EventEmitter',
      'FileSystemError',
      'Location',
    ],
    ...['LanguageModelTextPart', 'LanguageModelToolCallPart', 'LanguageModelToolResult', 'Position', 'Range'],
    ...[
      'RelativePattern',
      'Selection',
      'TabInputCustom',
      'TabInputTerminal',
      'TabInputText',
      'TabInputTextDiff',
    ],
    ...['TabInputWebview', 'ThemeColor', 'ThemeIcon', 'Uri', 'WorkspaceEdit'],
    ...['CodeActionKind', 'CodeActionTriggerKind', 'CommentThreadCollapsibleState', 'ConfigurationTarget'],
    ...[
      'DecorationRangeBehavior',
      'DiagnosticSeverity',
      'EndOfLine',
      'FileChangeType',
      'FilePermission',
      'FileType',
    ],
    ...['NotebookEditorRevealType', 'NotebookRange'],
    ...['InputBoxValidationSeverity', 'LanguageModelChatToolMode', 'OverviewRulerLane', 'ProgressLocation'],
    ...['QuickPickItemKind', 'SymbolKind', 'TextDocumentSaveReason', 'TextEditorRevealType', 'ViewColumn'],
  ].flat(),
);

function inWindow(name: string): string {
  return `window.${name}`;
}

function inLanguages(name: string): string {
  return `languages.${name}`;
}

const namespaces = /^(window|languages|chat|lm)$/;

/** The module by any means but `import * as vscode` and `import { l10n }`. */
const otherImport = /\b(import|require)\("vscode"\)/;
/** The module's name as a value, and two names behind it; not the end of another word, a string or a key. */
const use = /(?<![\w$"'`]|(?<!\.\.)\.)vscode\b(?!["'`:])(?:\??\.(\w+))?(?:\??\.(\w+))?/g;
/** What only VS Code's own chat, its diff editor and its Markdown know. */
const otherWays =
  /\berrorDetails\b|\.markdown\(|\bconfirmationMessages\b|\binvocationMessage\b|"vscode\.diff"/;
const rights = /\b(isTrusted|supportHtml|supportThemeIcons)"?\s*[:=](?!=|\s*false\b|\s*\(\) =>)/;
/** A label of something that VS Code shows, set to anything but a fixed text of ours. */
const label =
  /\.(title|label|description|detail|tooltip|placeholder|prompt|validationMessage)\s=(?!=|\s*(?:vscode\.)?l10n\.t\("[^"]*"\);)/;
/** An icon in a text; ours are `iconPath`s, or a parameter of the gate. */
const icon = /\$\([a-z][a-z-]*(~[a-z]+)?\)/;

/** Each use that breaks the rule, as `line: what`. */
export function findDirectUses(source: string): string[] {
  // Types and comments are gone from this, and every string is in the same quotes.
  const { code } = transformSync(source, { loader: 'ts', format: 'esm' });
  const found = code.split('\n').flatMap(problemsOf);
  if (/\bChatResponseStream\b/.test(source)) found.push('ChatResponseStream');
  const lines = source.split('\n');
  return found.map((problem) => {
    // esbuild moves and joins lines, so that the source may hold only the last word as it is here.
    const word = /\w+(?=\W*$)/.exec(problem)?.[0] ?? problem;
    const whole = lines.findIndex((line) => line.includes(problem));
    return `${(whole < 0 ? lines.findIndex((line) => line.includes(word)) : whole) + 1}: ${problem}`;
  });
}

function problemsOf(line: string): string[] {
  const imported = /^import (.*) from "vscode"/.exec(line)?.[1];
  if (imported !== undefined) return /^(\* as vscode|\{ l10n \})$/.test(imported) ? [] : [imported];
  const uses = [...line.matchAll(use)].flatMap(([whole, first = '', second = '']) => {
    const name = namespaces.test(first) ? `${first}.${second}` : first;
    const isAllowed = allowed.has(name) || /^window\.onDid\w+$/.test(name) || takesOutOnly(line, name);
    return isAllowed ? [] : [whole];
  });
  const others = [otherImport, otherWays, rights, label, icon].flatMap((one) => one.exec(line)?.[0] ?? []);
  return [...uses, ...others];
}

/** `const { activeTerminal, terminals } = vscode.window;` takes out what is allowed. */
function takesOutOnly(line: string, namespace: string): boolean {
  const [, names] = /^\s*const \{ ([\w, ]+) \} = vscode\.(?:window|languages);$/.exec(line) ?? [];
  return names?.split(', ').every((name) => allowed.has(namespace + name)) ?? false;
}
