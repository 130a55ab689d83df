/** Keeps a region and its document in sync: writes the region, and follows changes by the user, Undo and Redo. */

import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { editsBetween } from '../common/edits.ts';
import { decide, hunksOf } from '../common/hunks.ts';
import { rebase } from '../common/rebase.ts';
import { type Region, regionText } from '../common/region.ts';

/** A change of the region; may run again if the user changes the document meanwhile. */
export type Step = (region: Region) => Region;

export interface StepOptions {
  /** Whether Undo stops before this step. */
  undoStopBefore?: boolean;
  /** Whether Undo stops after this step. */
  undoStopAfter?: boolean;
}

/** Called before the document changes, with the next region. */
export type BeforeEdit = (next: Region) => void;

export class Preview {
  readonly document: vscode.TextDocument;
  readonly #beforeEdit: BeforeEdit;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** Regions by the hash of the document's text, to restore them after Undo and Redo. */
  readonly #seen: Map<string, Region>;
  #region: Region;
  #expected: Region | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #stopNext = true;
  #interleaved = false;

  /** `before`: the previous preview of the same document. */
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

  /** Fires when the region changes or moves. */
  readonly onDidChange = this.#changed.event;

  get region(): Region {
    return this.#region;
  }

  /** Whether user changes or a save came between the edit's steps, so that one Undo can't revert the edit. */
  get interleaved(): boolean {
    return this.#interleaved;
  }

  /** Makes Undo stop before the next step. */
  interrupt(): void {
    this.#stopNext = true;
    this.#interleaved = true;
  }

  /** Applies a step after the queued ones, on the region as it is then. False: the document can't be changed. */
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
      // A failed write is a failure only if the user did not change the document meanwhile.
      if (!written && this.document.version === version) failures++;
      else if (written) return false;
    }
    return false;
  }

  async #write(
    next: Region,
    { undoStopBefore = false, undoStopAfter = false }: StepOptions,
  ): Promise<boolean> {
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
    try {
      const written = await editor.edit(
        (builder) => {
          for (const { range, text } of replacements) builder.replace(range, text);
        },
        { undoStopBefore: this.#stopNext || undoStopBefore, undoStopAfter },
      );
      if (written) this.#stopNext = false;
      return written;
    } catch {
      // The editor was closed meanwhile.
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
      // All offsets refer to the text before the event, so apply the last change first.
      for (const change of contentChanges.toSorted((left, right) => right.rangeOffset - left.rangeOffset)) {
        const { rangeOffset: offset, rangeLength: deleted, text } = change;
        this.#region = rebase(this.#region, { offset, deleted, text });
      }
    }
    // After the edit, remember only regions with hunks, for Undo and Redo.
    if (hunksOf(this.#region).length > 0) this.#remember();
    this.#changed.fire();
  }

  /** Ends the edit if “Revert File” removed all new lines, after which the document is clean. */
  #leaveIfReverted(): void {
    const added = this.#region.lines.filter(({ status }) => status === 'new');
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
