/** In-memory file system for proposed texts, which the user can edit. */

import * as vscode from 'vscode';
import { originalMark } from './proposalScheme.ts';

export class ProposalTexts implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  #time = 1;

  readonly onDidChangeFile = this.#changed.event;

  /** Sets the text; open editors without unsaved changes reload it. */
  set(uri: vscode.Uri, text: string): void {
    // The byte order mark makes VS Code read UTF-8, regardless of `files.encoding`.
    this.writeFile(uri, new TextEncoder().encode(`\ufeff${text}`));
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  /** Deletes the file, so that VS Code does not offer to reopen it. */
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
