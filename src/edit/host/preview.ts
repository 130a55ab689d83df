/** Keeps a region in its document: writes it there, and follows what the user, Undo and Redo do meanwhile. */

import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { editsBetween } from '../common/edits.ts';
import { decide, hunksOf } from '../common/hunks.ts';
import { rebase } from '../common/rebase.ts';
import { type Region, regionText } from '../common/region.ts';

export type Step = (region: Region) => Region;

export interface StepOptions {
  /** One Undo takes back this step and nothing before it. */
  apart?: boolean;
  /** What comes after it is no part of the same Undo. */
  last?: boolean;
}

/** Called before the document is changed, with what it is going to be. */
export type BeforeEdit = (next: Region) => void;

export class Preview {
  readonly document: vscode.TextDocument;
  readonly #beforeEdit: BeforeEdit;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** States by the text of the whole document: where Undo and Redo lead back to one, it is that state again. */
  readonly #seen: Map<string, Region>;
  #region: Region;
  #expected: Region | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #apart = true;
  #interleaved = false;

  /** `before`: an earlier edit of the same document. */
  constructor(document: vscode.TextDocument, region: Region, beforeEdit: BeforeEdit, before?: Preview) {
    this.document = document;
    this.#region = region;
    this.#beforeEdit = beforeEdit;
    this.#seen = new Map(before ? before.#seen : []);
    this.#remember();
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document) return;
      if (event.contentChanges.length > 0) this.#follow(event);
      else if (!document.isDirty) this.#leaveIfReverted();
    });
  }

  /** Whenever the region is another one, or stands elsewhere. */
  readonly onDidChange = this.#changed.event;

  get region(): Region {
    return this.#region;
  }

  /** Whether the user's own steps, or a save, lie among those of the edit: then no single Undo takes all of them back. */
  get interleaved(): boolean {
    return this.#interleaved;
  }

  /** What follows is a step of its own for Undo. */
  interrupt(): void {
    this.#apart = true;
    this.#interleaved = true;
  }

  /** One after the other. False: the document can't be changed. A change of the user's in between is taken into account. */
  change(step: Step, options: StepOptions = {}): Promise<boolean> {
    const done = this.#queue.then(() => this.#change(step, options));
    this.#queue = done;
    return done;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #change(step: Step, options: StepOptions): Promise<boolean> {
    for (let failures = 0; failures < mostAttempts && !this.document.isClosed; ) {
      const next = step(this.#region);
      const { version } = this.document;
      if (editsBetween(this.#region, next).length === 0) {
        this.#region = next;
        this.#remember();
        this.#changed.fire();
        return true;
      }
      this.#beforeEdit(next);
      this.#expected = next;
      const written = await this.#write(next, options);
      const arrived = this.#expected === undefined;
      this.#expected = undefined;
      if (arrived) return true;
      // Typing in the meantime is no failure; a document that stays as it is can't be changed.
      if (!written && this.document.version === version) failures++;
      else if (written) return false;
    }
    return false;
  }

  async #write(next: Region, { apart = false, last = false }: StepOptions): Promise<boolean> {
    const { document } = this;
    const replacements = editsBetween(this.#region, next).map(({ start, end, text }) => ({
      range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
      text,
    }));
    const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
    if (!editor) {
      this.interrupt();
      const edit = new vscode.WorkspaceEdit();
      for (const { range, text } of replacements) edit.replace(document.uri, range, text);
      return vscode.workspace.applyEdit(edit);
    }
    const undoStopBefore = this.#apart || apart;
    try {
      const written = await editor.edit(
        (builder) => {
          for (const { range, text } of replacements) builder.replace(range, text);
        },
        { undoStopBefore, undoStopAfter: last },
      );
      if (written) this.#apart = false;
      return written;
    } catch {
      // The editor was closed in this moment.
      return false;
    }
  }

  #follow({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    const expected = this.#expected;
    if (expected && holds(document, expected)) {
      this.#expected = undefined;
      this.#region = expected;
      this.#remember();
      this.#changed.fire();
      return;
    }
    this.interrupt();
    const known = reason === undefined ? undefined : this.#seen.get(hashOf(document));
    if (known) this.#region = known;
    else {
      // Each offset counts from before all of them, so the last comes first.
      for (const change of contentChanges.toSorted((left, right) => right.rangeOffset - left.rangeOffset)) {
        const { rangeOffset: offset, rangeLength: deleted, text } = change;
        this.#region = rebase(this.#region, { offset, deleted, text });
      }
    }
    // Once the edit is over, only what Undo and Redo lead back to is of interest.
    if (hunksOf(this.#region).length > 0) this.#remember();
    this.#changed.fire();
  }

  /** “Revert File” takes the new lines out like a user who deletes them, and then the document is clean. */
  #leaveIfReverted(): void {
    const added = this.#region.lines.filter(({ fate }) => fate === 'new');
    if (added.length === 0 || added.some(({ text, aside }) => text !== '' || aside !== undefined)) return;
    this.#region = decide(this.#region, 'reject');
    this.#changed.fire();
  }

  #remember(): void {
    this.#seen.set(hashOf(this.document), this.#region);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > mostSeen && oldest !== undefined) this.#seen.delete(oldest);
  }
}

const mostAttempts = 3;
const mostSeen = 200;

function holds(document: vscode.TextDocument, region: Region): boolean {
  const own = regionText(region);
  const start = document.positionAt(region.start);
  const end = document.positionAt(region.start + own.length);
  return document.getText(new vscode.Range(start, end)) === own;
}

function hashOf(document: vscode.TextDocument): string {
  return createHash('sha1').update(document.getText()).digest('base64');
}
