/** Finds and attaches symbols of the workspace and of single files. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { pathOf } from '../../base/host/paths.ts';
import { UserError } from '../../base/host/userError.ts';
import { showQuickPick } from '../../base/host/window/quickInput.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toAttachment } from './documentAttachment.ts';
import { readableDocument } from './readUri.ts';

export interface FoundSymbol {
  name: string;
  kind: vscode.SymbolKind;
  uri: vscode.Uri;
  range: vscode.Range;
  container: string;
}

const most = 200;

/** In the order of the language servers. Empty when no server supports it. */
export async function findWorkspaceSymbols(query: string): Promise<FoundSymbol[]> {
  const found = await vscode.commands.executeCommand<vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  return (found ?? []).slice(0, most).map(({ name, kind, location, containerName }) => ({
    name,
    kind,
    uri: location.uri,
    range: location.range,
    container: containerName,
  }));
}

/** All symbols of a file, from top to bottom. */
export async function listDocumentSymbols(uri: vscode.Uri): Promise<FoundSymbol[]> {
  const found = await vscode.commands.executeCommand<
    (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', uri);
  const flatten = (
    symbol: vscode.DocumentSymbol | vscode.SymbolInformation,
    container: string,
  ): FoundSymbol[] => {
    const { name, kind } = symbol;
    // An old kind of provider returns `SymbolInformation`; VS Code's conversion adds children to it.
    if (!('range' in symbol)) return [{ name, kind, uri, range: symbol.location.range, container }];
    const children = symbol.children.flatMap((child) => flatten(child, name));
    return [{ name, kind, uri, range: symbol.range, container }, ...children];
  };
  return (found ?? []).flatMap((symbol) => flatten(symbol, ''));
}

/** Asks for a symbol of the file; `undefined` when the user cancels. Throws when the file has none. */
export async function pickDocumentSymbol(uri: vscode.Uri): Promise<FoundSymbol | undefined> {
  const symbols = await listDocumentSymbols(uri);
  if (symbols.length === 0)
    throw new UserError(
      l10n.t('VS Code knows no symbols in “{0}”. A language extension may be missing.', pathOf(uri)),
    );
  const picked = await showQuickPick(
    symbols.map((symbol) => ({
      label: symbol.name,
      iconPath: new vscode.ThemeIcon(symbolIcon(symbol.kind)),
      description: symbol.container,
      symbol,
    })),
    { title: l10n.t('Attach a Symbol'), placeHolder: pathOf(uri), matchOnDescription: true },
  );
  return picked?.symbol;
}

/** Attaches a symbol's whole body, as language servers often return only its name's range. Throws when the file can't be read. */
export async function attachSymbol(symbol: FoundSymbol): Promise<Attachment> {
  const document = await readableDocument(symbol.uri);
  const body = (await listDocumentSymbols(symbol.uri).catch(() => []))
    .filter(({ name, range }) => range.contains(symbol.range.start) && sameName(name, symbol.name))
    .at(-1);
  const range = document.validateRange(body?.range ?? symbol.range);
  const wholeLines = new vscode.Range(range.start.line, 0, range.end.line, Number.MAX_SAFE_INTEGER);
  return { ...toAttachment(document, wholeLines, 'symbol'), symbol: symbol.name };
}

/** Attaches the symbol of this name nearest to `line`; `undefined` when it is gone. */
export async function attachSymbolAgain(
  uri: vscode.Uri,
  name: string,
  line: number,
): Promise<Attachment | undefined> {
  const symbols = (await listDocumentSymbols(uri)).filter((symbol) => sameName(symbol.name, name));
  const distance = (symbol: FoundSymbol): number => Math.abs(symbol.range.start.line - line);
  const [nearest] = symbols.sort((a, b) => distance(a) - distance(b));
  return nearest && (await attachSymbol(nearest));
}

/** Name of the codicon. */
export function symbolIcon(kind: vscode.SymbolKind): string {
  const name = vscode.SymbolKind[kind] ?? 'misc';
  return `symbol-${name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`;
}

/** Ignores parameters, which some servers add to workspace symbols: `total()`. */
function sameName(one: string, other: string): boolean {
  const bare = (name: string): string => name.split('(', 1)[0] ?? '';
  return bare(one) === bare(other);
}
