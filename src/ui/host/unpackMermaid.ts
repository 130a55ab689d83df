/** Mermaid is shipped packed, since it would be half of the package otherwise; a page can load it only unpacked. */

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import * as vscode from 'vscode';
import { diskFiles } from '../../base/host/files.ts';

/** The folder a page that uses it has to be allowed to load from. */
export function unpackedFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'unpacked');
}

/**
 * Writes the script, each time anew: what another version left, or somebody changed, is never run. `storage` is the
 * extension's own folder. Rejects when the disk does not take it.
 */
export async function unpackMermaid(extensionUri: vscode.Uri, storage: vscode.Uri): Promise<vscode.Uri> {
  const packed = vscode.Uri.joinPath(extensionUri, 'dist', 'webview', 'mermaid.js.br');
  const target = vscode.Uri.joinPath(unpackedFolder(storage), 'mermaid.js');
  const script = await promisify(brotliDecompress)(await readFile(packed.fsPath));
  await diskFiles.replace(target.fsPath, script.toString('utf8'));
  return target;
}
