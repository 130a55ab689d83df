/** Starts inline edits and handles the user's decisions about them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { documentInfo, whyNotWritable } from '../../base/host/documentInfo.ts';
import { type LastEditor, whyNoEditor } from '../../base/host/lastEditor.ts';
import { collectAnswer } from '../../chat/common/collectAnswer.ts';
import type { Models } from '../../connections/host/models.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import { toAttachment, wholeRange } from '../../context/host/documentAttachment.ts';
import { inputBudget, outputRoom } from '../../llm/budget.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { ModelParameters } from '../../llm/chatModel.ts';
import type { Decision } from '../common/hunks.ts';
import { createRegion, regionText } from '../common/region.ts';
import { askInstruction } from './askInstruction.ts';
import { clearDirtyState } from './clearDirtyState.ts';
import type { CodeTools } from './code/codeTools.ts';
import type { Dialogs } from './code/dialogs.ts';
import { eolOf, gapOf } from './code/documents.ts';
import { confirmEncoding } from './code/insert.ts';
import { confirmRunning } from './code/runWarning.ts';
import { offerWorkingFile, showWorkingFile } from './code/workingFile.ts';
import { editQuestion, editSystemPrompt, showLines } from './editPrompt.ts';
import { type LineRange, linesOf, linesToEdit } from './editRange.ts';
import { type EditResult, EditSession } from './editSession.ts';
import { expireEdits } from './expireEdits.ts';
import { fixFor } from './fixProblem.ts';
import { OpenEdits } from './openEdits.ts';
import { recordPendingEdit, recoverEdits } from './recovery.ts';
import { describeError, reportEdit } from './reportEdit.ts';
import { reviewEdit, savesByItself } from './reviewEdit.ts';
import { guardSaves, type SaveGuard } from './saveGuard.ts';

export interface InlineEditsOptions {
  models: Models;
  /** The model and parameters of the active conversation. */
  settings(): { model: string; parameters: ModelParameters };
  lastEditor: Pick<LastEditor, 'get'>;
  codeTools: Pick<CodeTools, 'propose'>;
  dialogs: Dialogs;
  confirmSend: ConfirmSend;
  workspaceState: vscode.Memento;
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
  readonly #open: OpenEdits;
  readonly #started = new WeakMap<EditSession, Started>();
  readonly #saves: SaveGuard;
  readonly #recovery: vscode.Disposable;

  constructor(options: InlineEditsOptions) {
    this.#options = options;
    this.#recovery = recoverEdits(options.workspaceState);
    void expireEdits(options.workspaceState, options.dialogs);
    this.#open = new OpenEdits(options.workspaceState);
    this.#saves = guardSaves({
      sessionOf: (document) => this.#open.active(document),
      review: (session) => void reviewEdit(session, options.codeTools),
    });
  }

  /** Starts an edit; asks for the instruction if it is missing. */
  async edit({ instruction, uri, range }: EditRequest = {}): Promise<void> {
    const editor = await this.#editorFor(uri);
    if (!editor) return this.#tell(whyNoEditor(l10n.t('Open a file first: there is no code to edit.')));
    const { document } = editor;
    const problem = await whyNotWritable(document);
    if (problem !== undefined) {
      const { dialogs } = this.#options;
      if (!(await offerWorkingFile(problem, { document, dialogs }))) return;
      const working = await showWorkingFile(document, [range ?? editor.selection], dialogs);
      return (
        working &&
        this.edit({ instruction, uri: working.editor.document.uri, range: range && working.ranges[0] })
      );
    }
    if (this.#open.active(document)) {
      return this.#tell(l10n.t('An edit of this file still waits: accept or reject it first.'));
    }
    const lines = range ? linesOf(document, range) : await linesToEdit(document, editor.selection);
    const { version } = document;
    const title =
      lines.count < 2
        ? l10n.t('Edit line {0}', lines.first + 1)
        : l10n.t('Edit lines {0}–{1}', lines.first + 1, lines.first + lines.count);
    const wanted = instruction?.trim() || (await askInstruction(title, this.#options.workspaceState));
    if (wanted === undefined || this.#open.active(document)) return;
    const hasChanged = l10n.t('The file has changed in the meantime. Select the code again.');
    if (document.version !== version) return this.#tell(hasChanged);
    // Context lines are sent as well, so the whole file is checked.
    if (!(await this.#options.confirmSend([toAttachment(document, wholeRange(document), 'file')]))) return;
    // The text to send is read after this line and must equal the confirmed text.
    if (document.version !== version) return this.#tell(hasChanged);
    if (this.#open.active(document)) return;
    await this.#start(editor, { instruction: wanted, lines });
  }

  /** Starts an edit that fixes the problems at the range or selection. */
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
    const session = this.#open.at(uri);
    if (!session || session.state === 'over') return;
    const { document } = session;
    if (!vscode.window.visibleTextEditors.some((editor) => editor.document === document))
      await vscode.window.showTextDocument(document);
    if (session.state === 'writing' && decision === 'accept')
      return this.#tell(l10n.t('The answer is still coming. Stop it to keep what there is.'));
    if (
      decision === 'accept' &&
      !(await confirmEncoding(session.acceptedText(id), document, this.#options.dialogs))
    )
      return;
    const change = { uri: document.uri, ...session.textsOf(id) };
    if (decision === 'accept' && !(await confirmRunning(change, this.#options.dialogs))) return;
    const losesTyped = decision === 'reject' && session.holdsTyped(id);
    if (!(await session.decide(decision, id)))
      return this.#tell(l10n.t('The file can’t be changed. It may be read-only.'));
    if (losesTyped) void this.#offerUndo(document);
    else if (!this.#open.active(document)) await clearDirtyState(document);
  }

  stop(uri?: vscode.Uri): void {
    this.#open.at(uri)?.stop();
  }

  /** Lets the user change the instruction, rejects the proposal, and asks again. */
  async retry(uri?: vscode.Uri): Promise<void> {
    const session = this.#open.at(uri);
    const started = session && this.#started.get(session);
    if (!started || session.state === 'writing') return;
    const instruction = await askInstruction(
      l10n.t('Try Again'),
      this.#options.workspaceState,
      started.instruction,
    );
    if (instruction === undefined) return;
    await session.decide('reject');
    const { document, preview } = session;
    const first = document.positionAt(preview.region.start);
    const last = document.positionAt(preview.region.start + regionText(preview.region).length);
    await this.edit({ instruction, uri: document.uri, range: new vscode.Range(first, last) });
  }

  /** Selects the next or previous hunk; wraps around. */
  reveal(step: 1 | -1, uri?: vscode.Uri): void {
    const session = this.#open.at(uri);
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

  /** Saves the active document without formatting and without undecided proposals. */
  async saveUnformatted(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document) await this.#saves.saveUnformatted(document);
  }

  dispose(): void {
    vscode.Disposable.from(this.#open, this.#saves, this.#recovery).dispose();
  }

  async #start(editor: vscode.TextEditor, started: Started): Promise<void> {
    const { models, workspaceState } = this.#options;
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
    const session = new EditSession({
      document,
      region: createRegion(document.getText(range), { start, eol: eolOf(document) }),
      fit: { ...shown, style },
      prose: /^(?:markdown|mdx|plaintext|latex|tex|restructuredtext|asciidoc)$/.test(document.languageId),
      markdown: /^(?:markdown|mdx)$/.test(document.languageId),
      // Cells have no code lenses, and their Undo covers the notebook.
      reviewInDiff: savesByItself(document) || documentInfo(document).cell !== undefined,
      beforeEdit: (next) => recordPendingEdit(workspaceState, document.uri, next),
      before: this.#open.get(document),
    });
    this.#started.set(session, started);
    // A selection would hide the decorations.
    editor.selection = new vscode.Selection(range.start, range.start);
    this.#open.add(session);
    const question = editQuestion({ document, first, shown, instruction: started.instruction });
    const result = await session.run((signal, onText) =>
      collectAnswer(
        models.open(model),
        { question: { ...question, model, parameters }, systemPrompt: editSystemPrompt() },
        { signal, onText },
      ),
    );
    void this.#report(session, result);
  }

  async #report(session: EditSession, result: EditResult): Promise<void> {
    if (session.inReview) void reviewEdit(session, this.#options.codeTools);
    const report = reportEdit(result);
    if (!report) return;
    const retry = l10n.t('Try Again');
    const choices = report.canRetry ? [retry] : [];
    const choice = await this.#options.dialogs.ask({ text: report.text, choices });
    if (choice === retry && this.#open.get(session.document) === session)
      await this.retry(session.document.uri);
  }

  async #offerUndo(document: vscode.TextDocument): Promise<void> {
    const undo = l10n.t('Undo');
    const text = l10n.t('What you typed into the proposed lines went with them.');
    if ((await this.#options.dialogs.ask({ text, choices: [undo] })) !== undo) return;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
  }

  async #editorFor(uri?: vscode.Uri): Promise<vscode.TextEditor | undefined> {
    if (!uri) return this.#options.lastEditor.get();
    const open = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === uri.toString(),
    );
    return open ?? vscode.window.showTextDocument(uri);
  }

  async #tell(text: string): Promise<void> {
    await this.#options.dialogs.ask({ text, choices: [] });
  }
}

/** Tokens, for models with an unknown limit. */
const assumedBudget = 8000;
/** The share of the budget that is used, since token estimates may be too low. */
const usedShare = 0.85;
