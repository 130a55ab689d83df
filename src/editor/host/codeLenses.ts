/** Shows “Explain | Tests | Doc” above functions and classes when the setting is on. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { isCode } from '../../base/host/isCode.ts';
import { createCodeLens } from '../../base/host/window/surfaces.ts';

const setting = 'qiao.codeLens';
/** Limit, as lenses are of no use in large generated files. */
const mostSymbols = 300;
/** Delays in milliseconds before a file without symbols is asked again, as VS Code does not tell when a language server is ready. */
const askAgainAfter = [500, 1000, 2000, 4000, 8000, 16_000];

const kinds = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Enum,
]);

/** Registers the provider while the setting is on. */
export function registerCodeLenses(): vscode.Disposable {
  let provider: vscode.Disposable | undefined;
  const follow = (): void => {
    const isOn = vscode.workspace.getConfiguration().get(setting) === true;
    if (isOn === (provider !== undefined)) return;
    provider?.dispose();
    provider = isOn ? registerProvider() : undefined;
  };
  follow();
  const listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(setting)) follow();
  });
  return vscode.Disposable.from(listener, { dispose: () => provider?.dispose() });
}

function registerProvider(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  /** How often a document was found without symbols. */
  const misses = new WeakMap<vscode.TextDocument, number>();
  let timer: NodeJS.Timeout | undefined;
  const registration = vscode.languages.registerCodeLensProvider(
    { scheme: '*' },
    {
      onDidChangeCodeLenses: changed.event,
      async provideCodeLenses(document, token) {
        if (!isCode(document)) return [];
        const symbols = await readSymbols(document);
        if (token.isCancellationRequested) return [];
        const missed = misses.get(document) ?? 0;
        const delay = symbols.length === 0 ? askAgainAfter[missed] : undefined;
        if (delay !== undefined) {
          misses.set(document, missed + 1);
          clearTimeout(timer);
          timer = setTimeout(() => changed.fire(), delay);
        }
        return symbols.slice(0, mostSymbols).flatMap((symbol) => lensesOf(document, symbol));
      },
    },
  );
  return vscode.Disposable.from({ dispose: () => clearTimeout(timer) }, registration, changed);
}

async function readSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  // VS Code caches the symbols of a document version.
  const found = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  return flatten((found ?? []).filter((symbol) => 'range' in symbol));
}

function flatten(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [
    ...(kinds.has(symbol.kind) && !symbol.range.isSingleLine ? [symbol] : []),
    ...flatten(symbol.children),
  ]);
}

function lensesOf({ uri }: vscode.TextDocument, symbol: vscode.DocumentSymbol): vscode.CodeLens[] {
  const at = new vscode.Range(symbol.selectionRange.start, symbol.selectionRange.start);
  return [
    { title: l10n.t('Explain'), command: 'qiao.explainCode' },
    { title: l10n.t('Tests'), command: 'qiao.writeTests' },
    { title: l10n.t('Doc'), command: 'qiao.writeDocumentation' },
  ].map((command) => createCodeLens(at, { ...command, tooltip: 'Qiao', arguments: [uri, symbol.range] }));
}
