/** Holds proposed texts in memory, as files that VS Code can open and the user can change; nothing of them is on a disk. */

import * as vscode from 'vscode';
import { originalMark } from './proposalScheme.ts';

export class ProposalTexts implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  #time = 1;

  readonly onDidChangeFile = this.#changed.event;

  /** An open editor of it shows the new text, unless it holds changes of the user's. */
  set(uri: vscode.Uri, text: string): void {
    // The mark makes it UTF-8 whatever encoding the user's files have.
    this.writeFile(uri, new TextEncoder().encode(`\ufeff${text}`));
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** VS Code does not offer it any more among the files that were open. */
  delete(uri: vscode.Uri): void {
    if (this.#files.delete(uri.toString()))
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, mtime } = this.#file(uri);
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.length };
    return uri.query.endsWith(originalMark) ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.#files.set(uri.toString(), { bytes, mtime: this.#time++ });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => {});
  }

  readDirectory(): [] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #file(uri: vscode.Uri): { bytes: Uint8Array; mtime: number } {
    const file = this.#files.get(uri.toString());
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
