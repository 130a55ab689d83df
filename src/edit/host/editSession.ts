/** One edit of one document: asks the model, shows its answer in the document as it comes, and carries out decisions. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { CollectedAnswer } from '../../chat/common/turn.ts';
import type { ChatError } from '../../llm/chatError.ts';
import { extractCode } from '../common/extractCode.ts';
import { type FitOptions, fitAnswer } from '../common/fitAnswer.ts';
import { type Decision, decide, type Hunk, hunksOf } from '../common/hunks.ts';
import { propose } from '../common/propose.ts';
import { type Line, putBack, type Region, regionText, setAside } from '../common/region.ts';
import { type BeforeEdit, Preview } from './preview.ts';

/** `writing`: the answer comes. `pending`: it waits for a decision. `over`: nothing is proposed any more. */
export type EditState = 'writing' | 'pending' | 'over';

/** How the answer came: `nothing`: without code. `same`: with the code there is. */
export type EditResult =
  | { type: 'shown'; cutShort: boolean }
  | { type: 'nothing'; text: string }
  | { type: 'same' }
  | { type: 'failed'; error: ChatError; shown: boolean }
  | { type: 'stopped'; shown: boolean }
  | { type: 'unwritable' };

export type Asking = (signal: AbortSignal, onText: (text: string) => void) => Promise<CollectedAnswer>;

export interface EditSessionOptions {
  document: vscode.TextDocument;
  region: Region;
  fit: Omit<FitOptions, 'complete'>;
  prose: boolean;
  markdown: boolean;
  /** The answer stays out of the document, to be reviewed elsewhere. */
  apart: boolean;
  beforeEdit: BeforeEdit;
  /** The session that edited the document before. */
  before?: EditSession;
}

export class EditSession {
  readonly preview: Preview;
  readonly #options: EditSessionOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #abort = new AbortController();
  #writing = true;
  /** The answer has ended: what was read of it before is out of date. */
  #ended = false;
  /** Why the proposal is not in the document, although it is not decided: for the time of a save, or for good. */
  #aside: 'save' | 'review' | undefined;
  #cancelled = false;
  #text = '';
  #flushing = false;
  #state: EditState = 'writing';

  constructor(options: EditSessionOptions) {
    this.#options = options;
    this.#aside = options.apart ? 'review' : undefined;
    this.preview = new Preview(options.document, options.region, options.beforeEdit, options.before?.preview);
    this.#subscription = this.preview.onDidChange(() => this.#refresh());
  }

  /** Whenever there is something else to show. */
  readonly onDidChange = this.#changed.event;

  get state(): EditState {
    return this.#state;
  }

  get document(): vscode.TextDocument {
    return this.preview.document;
  }

  /** None while they are not in the document. */
  get hunks(): Hunk[] {
    return this.#aside ? [] : hunksOf(this.preview.region);
  }

  /** There is something to decide, but not in the document. The edit itself counts as over. */
  get inReview(): boolean {
    return !this.#writing && this.#aside === 'review' && this.#hasHunks();
  }

  /** The new lines that would stay. */
  acceptedText(id?: string): string {
    const { region } = this.preview;
    const before = new Set(region.lines.filter(({ fate }) => fate === 'new'));
    const gone = new Set(decide(region, 'reject', id).lines);
    return [...before]
      .filter((line) => !gone.has(line))
      .map(({ text }) => text)
      .join('');
  }

  /** The document's text without the proposal, and with what would be accepted of it. */
  textsOf(id?: string): { before: string; after: string } {
    const { region } = this.preview;
    const text = this.document.getText();
    const [head, tail] = [text.slice(0, region.start), text.slice(region.start + regionText(region).length)];
    const textWith = (next: Region): string => head + regionText(decide(next, 'reject')) + tail;
    return { before: textWith(region), after: textWith(decide(region, 'accept', id)) };
  }

  /** Whether rejecting takes away what the user typed into new lines. */
  holdsTyped(id?: string): boolean {
    const { region } = this.preview;
    const left = decide(region, 'reject', id).lines;
    const typed = (lines: readonly Line[]): number =>
      lines.filter(({ touched, text }) => touched && text !== '').length;
    return typed(left) < typed(region.lines);
  }

  async run(ask: Asking): Promise<EditResult> {
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

  /** What has come stays as a proposal. */
  stop(): void {
    this.#abort.abort();
  }

  /** Without an id all of them; the last decision ends the edit. Rejecting stops an answer that is still coming. */
  async decide(decision: Decision, id?: string): Promise<boolean> {
    // What the user typed into new lines comes back with one Undo.
    const apart = decision === 'reject' && this.holdsTyped(id);
    if (this.#writing) {
      if (decision === 'accept' || id !== undefined) return false;
      this.#cancelled = true;
      this.stop();
      return this.preview.change((region) => decide(region, 'reject'), { apart });
    }
    const isLast = id === undefined || this.hunks.every((hunk) => hunk.id === id);
    if (!isLast) return this.preview.change((region) => decide(region, decision, id), { apart });
    if (decision === 'accept' && this.preview.interleaved) {
      // Undo goes back to the text without the proposal, the user's own steps in it, and not to the proposal.
      if (!(await this.preview.change(setAside, { apart: true, last: true }))) return false;
      return this.preview.change((region) => decide(putBack(region), 'accept'), { apart: true, last: true });
    }
    return this.preview.change((region) => decide(region, decision), { apart, last: true });
  }

  /** Before a save: takes everything that nobody accepted out of the document. */
  async leaveForSave(): Promise<void> {
    this.#aside ??= 'save';
    await this.preview.change(setAside);
    this.preview.interrupt();
    this.#changed.fire();
  }

  async returnAfterSave(): Promise<void> {
    if (this.#aside === 'save') await this.resume();
  }

  /** After `leaveForSave`: the proposal does not come back, unless `resume` is called. */
  stayAside(): void {
    this.#aside = 'review';
    this.#refresh();
  }

  /** Brings the proposal into the document. */
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

  /** Those that are set aside count. */
  #hasHunks(): boolean {
    return hunksOf(putBack(this.preview.region)).length > 0;
  }

  #lines(complete: boolean): string[] {
    const { fit, prose, markdown } = this.#options;
    const { lines } = extractCode(this.#text, { prose, markdown, complete });
    return fitAnswer(lines, { ...fit, complete });
  }

  /** As often as it can be seen. */
  async #flush(): Promise<void> {
    if (this.#flushing) return;
    this.#flushing = true;
    await new Promise((resolve) => setTimeout(resolve, flushMs));
    this.#flushing = false;
    const visible = vscode.window.visibleTextEditors.some(({ document }) => document === this.document);
    if (!this.#writing || this.#aside || this.#abort.signal.aborted || !visible) return;
    const answer = this.#lines(false);
    if (answer.length > 0)
      await this.preview.change((region) => (this.#ended ? region : this.#proposed(region, answer, false)));
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
    // A line that was cut in the middle is no line.
    const { fit, prose, markdown } = this.#options;
    const whole = extractCode(this.#text, { prose, markdown, complete: true });
    const complete = !cutShort || (whole.closed && outcome.status === 'done');
    const answer = complete ? fitAnswer(whole.lines, { ...fit, complete }) : this.#lines(false);
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

/** What a person reads about the state, above the first line. */
export function describeState(state: EditState, hunks: number): string {
  if (state === 'writing') return l10n.t('Qiao is writing…');
  return hunks === 1 ? l10n.t('1 change proposed') : l10n.t('{0} changes proposed', hunks);
}
