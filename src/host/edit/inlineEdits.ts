/** Edits by instruction: starts them, carries out decisions, and sees to it that nothing unaccepted is saved. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { ChatError } from '../../core/chatError.ts';
import type { ModelParameters } from '../../core/chatModel.ts';
import type { Decision } from '../../core/edit/hunks.ts';
import { createRegion, regionText } from '../../core/edit/region.ts';
import { inputBudget } from '../../core/prompt.ts';
import { outputRoom } from '../../core/turn.ts';
import { askOnce } from '../askOnce.ts';
import type { CodeTools } from '../code/codeTools.ts';
import type { Dialogs } from '../code/dialogs.ts';
import { eolOf, gapOf } from '../code/documents.ts';
import type { ConfirmSend } from '../context/confirmSend.ts';
import { toAttachment, wholeRange } from '../context/documentAttachment.ts';
import { toErrorCard } from '../errorCard.ts';
import type { LastEditor } from '../lastEditor.ts';
import type { Models } from '../models.ts';
import { askInstruction } from './askInstruction.ts';
import { editQuestion, editSystemPrompt, showLines } from './editPrompt.ts';
import { type LineRange, linesOf, linesToEdit } from './editRange.ts';
import { type EditResult, EditSession } from './editSession.ts';
import { fixFor } from './fixProblem.ts';
import { createLenses } from './lenses.ts';
import { createPainter } from './paint.ts';
import { leaveTrace, recoverEdits, removeTrace } from './recovery.ts';

export interface InlineEditsOptions {
  models: Models;
  /** The conversation's own model and parameters. */
  settings(): { model: string; parameters: ModelParameters };
  lastEditor: Pick<LastEditor, 'getWritable'>;
  codeTools: Pick<CodeTools, 'propose'>;
  dialogs: Dialogs;
  confirmSend: ConfirmSend;
  memory: vscode.Memento;
}

export interface EditRequest {
  instruction?: string;
  uri?: vscode.Uri;
  range?: vscode.Range;
}

interface Started {
  instruction: string;
  lines: LineRange;
}

export class InlineEdits {
  readonly #options: InlineEditsOptions;
  readonly #sessions = new Map<vscode.TextDocument, EditSession>();
  readonly #started = new WeakMap<EditSession, Started>();
  readonly #painter = createPainter();
  readonly #lenses = createLenses((document) => this.#active(document));
  readonly #subscriptions: vscode.Disposable;

  constructor(options: InlineEditsOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      this.#painter,
      this.#lenses,
      recoverEdits(options.memory),
      vscode.workspace.onWillSaveTextDocument((event) => {
        const session = this.#active(event.document);
        if (session) event.waitUntil(this.#beforeSave(session, event.reason));
      }),
      vscode.workspace.onDidSaveTextDocument((document) => void this.#afterSave(document)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.isClosed) this.#forget(document);
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()),
    );
  }

  /** Asks for what is missing, and shows the answer in the document. */
  async edit({ instruction, uri, range }: EditRequest = {}): Promise<void> {
    const editor = await this.#editorFor(uri);
    if (!editor) return this.#tell(l10n.t('Open a file first: there is no code to edit.'));
    const { document } = editor;
    if (this.#active(document)) {
      return this.#tell(l10n.t('An edit of this file still waits: accept or reject it first.'));
    }
    const lines = range ? linesOf(document, range) : await linesToEdit(document, editor.selection);
    const { version } = document;
    const title =
      lines.count < 2
        ? l10n.t('Edit line {0}', lines.first + 1)
        : l10n.t('Edit lines {0}–{1}', lines.first + 1, lines.first + lines.count);
    const wanted = instruction?.trim() || (await askInstruction(title, this.#options.memory));
    if (wanted === undefined || this.#active(document)) return;
    if (document.version !== version) {
      return this.#tell(l10n.t('The file has changed in the meantime. Select the code again.'));
    }
    // Lines around the edited ones go along, so the whole file is looked at.
    if (!(await this.#options.confirmSend([toAttachment(document, wholeRange(document), 'file')]))) return;
    await this.#start(editor, { instruction: wanted, lines });
  }

  /** The same, with what VS Code reports about the place for an instruction. */
  async fix(uri?: vscode.Uri, range?: vscode.Range): Promise<void> {
    const editor = await this.#editorFor(uri);
    const fix = editor && fixFor(editor.document, range ?? editor.selection);
    if (!editor || !fix) return this.#tell(l10n.t('There is no problem at this place.'));
    const around = await linesToEdit(editor.document, new vscode.Range(fix.range.start, fix.range.start));
    const last = around.first + around.count - 1;
    const holdsAll = around.first <= fix.range.start.line && last >= fix.range.end.line;
    const lines = holdsAll ? new vscode.Range(around.first, 0, last, Number.MAX_SAFE_INTEGER) : fix.range;
    await this.edit({ instruction: fix.instruction, uri: editor.document.uri, range: lines });
  }

  async decide(decision: Decision, uri?: vscode.Uri, id?: string): Promise<void> {
    const session = this.#sessionAt(uri);
    if (!session) return;
    if (!vscode.window.visibleTextEditors.some(({ document }) => document === session.document))
      await vscode.window.showTextDocument(session.document);
    if (session.state === 'writing' && decision === 'accept')
      return this.#tell(l10n.t('The answer is still coming. Stop it to keep what there is.'));
    if (!(await session.decide(decision, id))) this.#tellUnwritable();
  }

  stop(uri?: vscode.Uri): void {
    this.#sessionAt(uri)?.stop();
  }

  /** Rejects what there is and asks again; the instruction can be changed first. */
  async retry(uri?: vscode.Uri): Promise<void> {
    const session = this.#sessionAt(uri);
    const started = session && this.#started.get(session);
    if (!started) return;
    const instruction = await askInstruction(l10n.t('Try Again'), this.#options.memory, started.instruction);
    if (instruction === undefined) return;
    await session.decide('reject');
    const { document, preview } = session;
    const first = document.positionAt(preview.region.start);
    const last = document.positionAt(preview.region.start + regionText(preview.region).length);
    await this.edit({ instruction, uri: document.uri, range: new vscode.Range(first, last) });
  }

  /** The next or the previous change; after the last comes the first. */
  reveal(step: 1 | -1, uri?: vscode.Uri): void {
    const session = this.#sessionAt(uri);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === session?.document);
    if (!session || !editor) return;
    const { document, hunks } = session;
    const cursor = document.offsetAt(editor.selection.active);
    const after = hunks.filter(({ start }) => start > cursor);
    const before = hunks.filter(({ start }) => start < cursor);
    const hunk = step === 1 ? (after[0] ?? hunks[0]) : (before.at(-1) ?? hunks.at(-1));
    if (!hunk) return;
    const place = document.positionAt(hunk.start);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    this.#subscriptions.dispose();
  }

  async #start(editor: vscode.TextEditor, started: Started): Promise<void> {
    const { models, memory } = this.#options;
    const { document } = editor;
    const { first, count } = started.lines;
    const { model, parameters } = this.#options.settings();
    const info = models.describe(model);
    const budget = (inputBudget(info, outputRoom(info, parameters)) ?? assumedBudget) * usedShare;
    const shown = showLines(document, started.lines, budget);
    if (!shown) {
      const error = new ChatError({ kind: 'context-too-long', providerId: info.providerId, message: '' });
      return this.#tell(describeError(error));
    }
    const range = new vscode.Range(first, 0, first + count, 0);
    const start = document.offsetAt(range.start);
    const style = gapOf(document, 0, 0).style;
    const before = this.#sessions.get(document);
    const session = new EditSession({
      document,
      region: createRegion(document.getText(range), { start, eol: eolOf(document) }),
      fit: { ...shown, style },
      prose: /^(?:markdown|mdx|plaintext|latex|tex|restructuredtext|asciidoc)$/.test(document.languageId),
      markdown: /^(?:markdown|mdx)$/.test(document.languageId),
      beforeEdit: (next) => leaveTrace(memory, document.uri, next),
      before,
    });
    before?.dispose();
    this.#sessions.set(document, session);
    this.#started.set(session, started);
    session.onDidChange(() => this.#refresh(session));
    // A selection would hide the colours.
    editor.selection = new vscode.Selection(range.start, range.start);
    this.#refresh(session);
    const question = editQuestion({ document, first, shown, instruction: started.instruction });
    const result = await session.run((signal, onText) =>
      askOnce({
        models,
        question: { ...question, model, parameters },
        systemPrompt: editSystemPrompt(),
        signal,
        onText,
      }),
    );
    this.#refresh(session);
    void this.#report(session, result);
  }

  async #report(session: EditSession, result: EditResult): Promise<void> {
    switch (result.type) {
      case 'shown':
        if (result.cutShort)
          return this.#tell(l10n.t('The answer was cut short. The code it did not reach stays as it is.'));
        return;
      case 'stopped':
        if (result.shown)
          return this.#tell(l10n.t('Stopped. The code the answer did not reach stays as it is.'));
        return;
      case 'same':
        return this.#tell(l10n.t('The answer is the code as it is. Nothing changes.'));
      case 'unwritable':
        return this.#tellUnwritable();
      case 'nothing': {
        const words = result.text.slice(0, 300);
        return this.#offerRetry(
          session,
          words === ''
            ? l10n.t('The answer was empty. Nothing changes.')
            : l10n.t('The answer holds no code. Nothing changes. It says: {0}', words),
        );
      }
      case 'failed':
        return this.#offerRetry(session, describeError(result.error));
    }
  }

  async #offerRetry(session: EditSession, text: string): Promise<void> {
    const retry = l10n.t('Try Again');
    if ((await this.#options.dialogs.ask({ text, choices: [retry] })) !== retry) return;
    if (this.#sessions.get(session.document) === session) await this.retry(session.document.uri);
  }

  async #beforeSave(session: EditSession, reason: vscode.TextDocumentSaveReason): Promise<void> {
    await session.leaveForSave();
    // It would come and go with every automatic save: as a diff it can wait beside the file.
    if (reason === vscode.TextDocumentSaveReason.AfterDelay && session.state === 'pending')
      this.#moveToDiff(session);
  }

  #moveToDiff(session: EditSession): void {
    const { region } = session.preview;
    const lines = region.lines.filter(({ fate }) => fate !== 'old');
    const accepted = lines.map(({ text, aside }) => aside ?? text).join('');
    const original = regionText(region);
    const { start } = region;
    const { document } = session;
    void session.decide('reject').then(() =>
      this.#options.codeTools.propose(document, (text) => {
        const at = text.startsWith(original, start) ? start : text.indexOf(original);
        if (at === -1) return undefined;
        const ended = region.openEnded && at + original.length === text.length;
        const after = ended ? accepted.replace(/\r?\n$/, '') : accepted;
        return text.slice(0, at) + after + text.slice(at + original.length);
      }),
    );
  }

  async #afterSave(document: vscode.TextDocument): Promise<void> {
    const session = this.#active(document);
    if (!session) return;
    // “Save without Formatting” asks nobody before it writes.
    if (session.hunks.length > 0) {
      await session.leaveForSave();
      await document.save();
    }
    await session.returnAfterSave();
  }

  #active(document: vscode.TextDocument): EditSession | undefined {
    const session = this.#sessions.get(document);
    return session?.state === 'over' ? undefined : session;
  }

  #sessionAt(uri?: vscode.Uri): EditSession | undefined {
    const key = (uri ?? vscode.window.activeTextEditor?.document.uri)?.toString();
    return [...this.#sessions.values()].find(({ document }) => document.uri.toString() === key);
  }

  async #editorFor(uri?: vscode.Uri): Promise<vscode.TextEditor | undefined> {
    if (!uri) return this.#options.lastEditor.getWritable();
    const open = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    return open ?? vscode.window.showTextDocument(uri);
  }

  #forget(document: vscode.TextDocument): void {
    const session = this.#sessions.get(document);
    if (!session) return;
    this.#sessions.delete(document);
    session.dispose();
    removeTrace(this.#options.memory, document.uri);
    this.#refresh();
  }

  #refresh(changed?: EditSession): void {
    for (const session of changed ? [changed] : this.#sessions.values()) this.#painter.paint(session);
    if (changed?.state === 'over') removeTrace(this.#options.memory, changed.document.uri);
    this.#lenses.refresh();
    const active = vscode.window.activeTextEditor?.document;
    const pending = active !== undefined && this.#active(active) !== undefined;
    void vscode.commands.executeCommand('setContext', 'qiao.editPending', pending);
  }

  #tellUnwritable(): Promise<void> {
    return this.#tell(l10n.t('The file can’t be changed. It may be read-only.'));
  }

  async #tell(text: string): Promise<void> {
    await this.#options.dialogs.ask({ text, choices: [] });
  }
}

/** In tokens, for models whose limit is not known. */
const assumedBudget = 8000;
/** Estimates may be too low. */
const usedShare = 0.85;

function describeError(error: ChatError): string {
  const { title, advice, detail } = toErrorCard(error);
  return [title, detail, advice].filter((part) => part).join(' · ');
}
