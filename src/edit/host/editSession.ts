/** Runs one edit of one document: streams the model's answer into the document and applies the user's decisions. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createPace } from '../../base/common/pace.ts';
import type { CollectedAnswer } from '../../chat/common/collectAnswer.ts';
import type { ChatError } from '../../llm/chatError.ts';
import { extractCode } from '../common/extractCode.ts';
import { type Decision, decide, type Hunk, hunksOf } from '../common/hunks.ts';
import { type NormalizeOptions, normalizeReplacement } from '../common/normalizeReplacement.ts';
import { propose } from '../common/propose.ts';
import { type Line, putBack, type Region, regionText, setAside } from '../common/region.ts';
import { type BeforeEdit, Preview } from './preview.ts';

/** `writing`: the answer is streaming. `pending`: hunks wait for decisions. `over`: there are no hunks. */
export type EditState = 'writing' | 'pending' | 'over';

/** Outcome of an answer. `nothing`: it has no code. `same`: its code equals the document's. */
export type EditResult =
  | { type: 'shown'; cutShort: boolean }
  | { type: 'nothing'; text: string }
  | { type: 'same' }
  | { type: 'failed'; error: ChatError; shown: boolean }
  | { type: 'stopped'; shown: boolean }
  | { type: 'unwritable' };

/** Asks the model; calls `onText` with the whole text so far. */
export type AskModel = (signal: AbortSignal, onText: (text: string) => void) => Promise<CollectedAnswer>;

export interface EditSessionOptions {
  document: vscode.TextDocument;
  region: Region;
  fit: Omit<NormalizeOptions, 'complete'>;
  prose: boolean;
  markdown: boolean;
  /** Whether the answer is reviewed in a diff instead of the document. */
  reviewInDiff: boolean;
  beforeEdit: BeforeEdit;
  /** The previous session of the document. */
  before?: EditSession;
}

export class EditSession {
  readonly preview: Preview;
  readonly #options: EditSessionOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #abort = new AbortController();
  #writing = true;
  /** The answer has ended, so earlier partial results are outdated. */
  #ended = false;
  /** Why the undecided proposal is not in the document: during a save, or for review in a diff. */
  #aside: 'save' | 'review' | undefined;
  #cancelled = false;
  #text = '';
  #flushing = false;
  /** Each time the whole answer is read and compared again. */
  readonly #pace = createPace(flushMs);
  #state: EditState = 'writing';

  constructor(options: EditSessionOptions) {
    this.#options = options;
    this.#aside = options.reviewInDiff ? 'review' : undefined;
    this.preview = new Preview(options.document, options.region, options.beforeEdit, options.before?.preview);
    this.#subscription = this.preview.onDidChange(() => this.#refresh());
  }

  /** Fires when state or hunks change. */
  readonly onDidChange = this.#changed.event;

  get state(): EditState {
    return this.#state;
  }

  get document(): vscode.TextDocument {
    return this.preview.document;
  }

  /** The hunks in the document; empty while the proposal is set aside. */
  get hunks(): Hunk[] {
    return this.#aside ? [] : hunksOf(this.preview.region);
  }

  /** Whether the hunks wait for review in a diff. The state is `over` then. */
  get inReview(): boolean {
    return !this.#writing && this.#aside === 'review' && this.#hasHunks();
  }

  /** The new lines that accepting would keep. */
  acceptedText(id?: string): string {
    const { region } = this.preview;
    const before = new Set(region.lines.filter(({ status }) => status === 'new'));
    const gone = new Set(decide(region, 'reject', id).lines);
    return [...before]
      .filter((line) => !gone.has(line))
      .map(({ text }) => text)
      .join('');
  }

  /** The document's text before and after accepting the hunk with this id, or all. */
  textsOf(id?: string): { before: string; after: string } {
    const { region } = this.preview;
    const text = this.document.getText();
    const [head, tail] = [text.slice(0, region.start), text.slice(region.start + regionText(region).length)];
    const textWith = (next: Region): string => head + regionText(decide(next, 'reject')) + tail;
    return { before: textWith(region), after: textWith(decide(region, 'accept', id)) };
  }

  /** Whether rejecting would remove text that the user typed into new lines. */
  holdsTyped(id?: string): boolean {
    const { region } = this.preview;
    const left = decide(region, 'reject', id).lines;
    const typed = (lines: readonly Line[]): number =>
      lines.filter(({ touched, text }) => touched && text !== '').length;
    return typed(left) < typed(region.lines);
  }

  /** Asks the model and shows the answer. Resolves when the answer is complete or has failed. */
  async run(ask: AskModel): Promise<EditResult> {
    const outcome = await ask(this.#abort.signal, (text) => {
      this.#text = text;
      void this.#flush();
    });
    this.#text = outcome.text;
    const result = await this.#finish(outcome);
    this.#writing = false;
    this.#refresh();
    return result;
  }

  /** Stops the answer; the text so far stays as a proposal. */
  stop(): void {
    this.#abort.abort();
  }

  /** Accepts or rejects one hunk, or all without an id. Rejecting all stops a streaming answer. False: nothing changed. */
  async decide(decision: Decision, id?: string): Promise<boolean> {
    // One Undo must restore what the user typed into new lines.
    const undoStopBefore = decision === 'reject' && this.holdsTyped(id);
    if (this.#writing) {
      if (decision === 'accept' || id !== undefined) return false;
      this.#cancelled = true;
      this.stop();
      return this.preview.change((region) => decide(region, 'reject'), { undoStopBefore });
    }
    const isLast = id === undefined || this.hunks.every((hunk) => hunk.id === id);
    if (!isLast) return this.preview.change((region) => decide(region, decision, id), { undoStopBefore });
    if (decision === 'accept' && this.preview.interleaved) {
      // Undo must lead to the text without the proposal but with the user's own changes.
      const options = { undoStopBefore: true, undoStopAfter: true };
      if (!(await this.preview.change(setAside, options))) return false;
      return this.preview.change((region) => decide(putBack(region), 'accept'), options);
    }
    return this.preview.change((region) => decide(region, decision), { undoStopBefore, undoStopAfter: true });
  }

  /** Removes the undecided proposal from the document before a save. */
  async leaveForSave(): Promise<void> {
    this.#aside ??= 'save';
    await this.preview.change(setAside);
    this.preview.interrupt();
    this.#changed.fire();
  }

  /** Restores the proposal after a save, unless it waits for review in a diff. */
  async returnAfterSave(): Promise<void> {
    if (this.#aside === 'save') await this.resume();
  }

  /** After `leaveForSave`: keeps the proposal out of the document until `resume`. */
  stayAside(): void {
    this.#aside = 'review';
    this.#refresh();
  }

  /** Puts the proposal back into the document. */
  async resume(): Promise<void> {
    this.preview.interrupt();
    await this.preview.change(putBack);
    this.#aside = undefined;
    this.#refresh();
    void this.#flush();
  }

  dispose(): void {
    this.#abort.abort();
    this.#subscription.dispose();
    this.preview.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    const isPending = this.#aside !== 'review' && this.#hasHunks();
    this.#state = this.#writing ? 'writing' : isPending ? 'pending' : 'over';
    this.#changed.fire();
  }

  /** Also counts hunks that are set aside. */
  #hasHunks(): boolean {
    return hunksOf(putBack(this.preview.region)).length > 0;
  }

  #lines(complete: boolean): string[] {
    const { fit, prose, markdown } = this.#options;
    const { lines } = extractCode(this.#text, { prose, markdown, complete });
    return normalizeReplacement(lines, { ...fit, complete });
  }

  /** Shows the answer so far, now and then, while the document is visible. */
  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    await new Promise((resolve) => setTimeout(resolve, this.#pace.waitMs));
    this.#flushing = false;
    const visible = vscode.window.visibleTextEditors.some(({ document }) => document === this.document);
    if (!this.#writing || this.#aside || this.#abort.signal.aborted || !visible) return;
    await this.preview.change((region) =>
      this.#pace.run(() => {
        const answer = this.#ended ? [] : this.#lines(false);
        return answer.length > 0 ? this.#proposed(region, answer, false) : region;
      }),
    );
  }

  #proposed(region: Region, answer: readonly string[], complete: boolean): Region {
    if (this.#cancelled || this.#aside === 'save') return region;
    const proposed = propose(putBack(region), { answer, complete });
    return this.#aside === 'review' ? setAside(proposed) : proposed;
  }

  async #finish(outcome: CollectedAnswer): Promise<EditResult> {
    this.#ended = true;
    while (this.#aside === 'save') await new Promise((resolve) => setTimeout(resolve, flushMs));
    const cutShort = outcome.status !== 'done' || outcome.finish.reason !== 'stop';
    // A truncated answer may end in an incomplete line.
    const { fit, prose, markdown } = this.#options;
    const whole = extractCode(this.#text, { prose, markdown, complete: true });
    const complete = !cutShort || (whole.closed && outcome.status === 'done');
    const answer = complete ? normalizeReplacement(whole.lines, { ...fit, complete }) : this.#lines(false);
    if (!this.#cancelled && answer.length > 0) {
      const written = await this.preview.change((region) => this.#proposed(region, answer, complete));
      if (!written) return { type: 'unwritable' };
    }
    const shown = this.#hasHunks();
    if (outcome.status === 'failed') return { type: 'failed', error: outcome.error, shown };
    if (outcome.status === 'stopped') return { type: 'stopped', shown };
    if (answer.length === 0) return { type: 'nothing', text: this.#text.trim() };
    return shown ? { type: 'shown', cutShort: !complete } : { type: 'same' };
  }
}

const flushMs = 80;

/** The state in the user's language, for the code lens above the first line. */
export function describeState(state: EditState, hunks: number): string {
  if (state === 'writing') return l10n.t('Qiao is writing…');
  return hunks === 1 ? l10n.t('1 change proposed') : l10n.t('{0} changes proposed', hunks);
}
