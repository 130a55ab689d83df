/** Shows proposed changes in VS Code's diff editor, where the user can edit, accept or discard them. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import {
  changeDocument,
  documentInfo,
  readOnlyText,
  revealRange,
  whyNotWritable,
} from '../../../base/host/documentInfo.ts';
import { showDiff } from '../../../base/host/window/surfaces.ts';
import { changedSpan } from '../../common/changedSpan.ts';
import { reapplyChanges } from '../../common/reapplyChanges.ts';
import type { Dialogs } from './dialogs.ts';
import { eolOf } from './documents.ts';
import { confirmEncoding } from './insert.ts';
import { originalMark, proposalScheme } from './proposalScheme.ts';
import { ProposalTexts } from './proposalTexts.ts';
import { type Change, confirmRunning, runWarning } from './runWarning.ts';
import { offerWorkingFile } from './workingFile.ts';

/** Builds the proposed text from the document's text; `undefined` if the place can't be found in it. */
export type Build = (text: string) => string | undefined;

/** Additions to the question about a proposal. */
export interface Wording {
  /** A sentence before the question. */
  lead?: string;
  /** A further choice, which closes the proposal and then runs. */
  offer?: { label: string; run(): Promise<void> };
}

interface Prompt extends Wording {
  /** The warning that the change can run code. */
  warning: string | undefined;
}

export interface Proposals {
  /** Opens the diff. False if `build` finds no place in the document. */
  show(document: vscode.TextDocument, build: Build, wording?: Wording): Promise<boolean>;
  /** Writes the proposal of the active diff. If the document has changed since, shows a new diff instead. */
  accept(): Promise<void>;
  /** Closes the proposal of the active diff. */
  discard(): Promise<void>;
  dispose(): void;
}

interface Proposal {
  /** URI of the proposed text, the right side. */
  uri: vscode.Uri;
  /** URI of the reviewed text, the read-only left side. */
  original: vscode.Uri;
  document: vscode.TextDocument;
  name: string;
  build: Build;
  /** The reviewed text of the document, and the proposed text. */
  before: string;
  after: string;
}

export function createProposals(dialogs: Dialogs): Proposals {
  const open = new Map<string, Proposal>();
  /** URIs of closed proposals that VS Code is still saving. */
  const closing = new Set<string>();
  const texts = new ProposalTexts();
  const subscriptions = vscode.Disposable.from(
    texts,
    vscode.workspace.registerFileSystemProvider(proposalScheme, texts, { isCaseSensitive: true }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) {
        const uri = proposalOf(tab);
        // The diff may still be open in another editor group.
        if (uri && tabsOf(uri).length === 0) forget(uri);
      }
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => deleteIfClosing(uri)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => deleteIfClosing(uri)),
  );
  // Close diffs from before a window reload: their proposals are lost.
  for (const { tabs } of vscode.window.tabGroups.all) {
    for (const uri of tabs.map(proposalOf)) if (uri) void closeTabs(uri);
  }

  async function show(document: vscode.TextDocument, build: Build, wording?: Wording): Promise<boolean> {
    const before = document.getText();
    const after = build(before);
    if (after === undefined) return false;
    const { name } = documentInfo(document);
    if (after === before) {
      await dialogs.ask({ text: l10n.t('{0} is already like that.', name), choices: [] });
      return true;
    }
    const problem = await whyNotWritable(document);
    if (problem !== undefined) {
      await offerNewFile(problem, after, document);
      return true;
    }
    const [uri, original] = addressesFor(document);
    const proposal: Proposal = { uri, original, document, name, build, before, after };
    open.set(uri.toString(), proposal);
    texts.set(original, before);
    texts.set(uri, after);
    const warning = await runWarning(changeOf(proposal));
    if (!(await reveal(proposal))) {
      await close(proposal);
      await offerNewFile(
        l10n.t('The difference in {0} can’t be shown, so nothing is changed.', name),
        after,
        document,
      );
      return true;
    }
    void prompt(proposal, { ...wording, warning });
    return true;
  }

  /** Offers the text as a new file if the document can't be changed or the diff can't be shown. */
  async function offerNewFile(text: string, content: string, document: vscode.TextDocument): Promise<void> {
    await offerWorkingFile(text, { document, content, dialogs });
  }

  /** Asks in a notification as well, since the buttons in the editor's title are small and may be hidden. */
  async function prompt(proposal: Proposal, { lead, warning, offer }: Prompt): Promise<void> {
    const accept = l10n.t('Accept');
    const discard = l10n.t('Discard');
    const question = documentInfo(proposal.document).outside
      ? l10n.t('{0} lies outside the workspace. Change it like this?', proposal.name)
      : l10n.t('Change {0} like this?', proposal.name);
    const text = [lead, warning, question].filter((part) => part !== undefined).join(' ');
    const choice = await dialogs.ask({ text, choices: [accept, discard, ...(offer ? [offer.label] : [])] });
    const isOpen = open.has(proposal.uri.toString());
    if (choice === discard && isOpen) await close(proposal);
    if (offer && choice === offer.label && isOpen) {
      await close(proposal);
      await offer.run();
      return;
    }
    if (choice === accept && isOpen) await acceptProposal(proposal, warning);
    else if (choice === accept) await sayClosed();
  }

  async function sayClosed(): Promise<void> {
    await dialogs.ask({
      text: l10n.t('This proposal is closed already; nothing was written.'),
      choices: [],
    });
  }

  /** `told`: the warning that the question already showed. */
  async function acceptProposal(proposal: Proposal, told?: string): Promise<void> {
    // Never write a proposal whose diff is closed.
    if (tabsOf(proposal.uri).length === 0) return sayClosed();
    const document = await documentOf(proposal);
    const after = await reviewedText(proposal, document);
    const problem = await whyNotWritable(document);
    if (problem !== undefined) return offerNewFile(problem, after, document);
    if (document.getText() !== proposal.before) return renew(proposal, document, after);
    const span = changedSpan(proposal.before, after);
    if (!(await confirmEncoding(span.text, document, dialogs))) return;
    const change = { ...changeOf(proposal), after };
    if ((await runWarning(change)) !== told && !(await confirmRunning(change, dialogs))) return;
    // The document may have changed while the user answered.
    if (document.getText() !== proposal.before) return renew(proposal, document, after);
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    if (!(await changeDocument(document, [{ range, text: span.text }])))
      return offerNewFile(readOnlyText(proposal.name), after, document);
    await close(proposal);
    const selection = new vscode.Range(range.start, document.positionAt(span.start + span.text.length));
    await revealRange(document, selection);
  }

  /** Rebuilds the proposal for a changed document, and shows it for a new review. */
  async function renew(proposal: Proposal, document: vscode.TextDocument, reviewed: string): Promise<void> {
    const { before: old } = proposal;
    // Keep the user's edits of the proposal instead of the original answer.
    if (reviewed !== proposal.after)
      proposal.build = (text) => reapplyChanges({ before: old, after: reviewed }, text);
    const before = document.getText();
    const after = proposal.build(before);
    if (after === undefined) {
      const text = l10n.t(
        '{0} has changed, and the place for this code can’t be found in it any more. Nothing was written.',
        proposal.name,
      );
      await dialogs.ask({ text, choices: [] });
      return;
    }
    await settle(proposal.uri);
    // `accept` reads the editor's text, so wait until the editor has the new text.
    const shown = waitForText(proposal.uri, after);
    texts.set(proposal.original, before);
    texts.set(proposal.uri, after);
    if (!(await shown)) return;
    Object.assign(proposal, { before, after });
    const warning = await runWarning(changeOf(proposal));
    if (!(await reveal(proposal))) return;
    void prompt(proposal, {
      warning,
      lead: l10n.t('{0} has changed in the meantime; the difference is new.', proposal.name),
    });
  }

  async function close({ uri }: Proposal): Promise<void> {
    await closeTabs(uri);
    forget(uri);
  }

  function forget(uri: vscode.Uri): void {
    const proposal = open.get(uri.toString());
    if (proposal) texts.delete(proposal.original);
    open.delete(uri.toString());
    // Auto Save may be in progress. If it failed, VS Code would keep the changes and reopen them.
    if (dirtyDocument(uri)) closing.add(uri.toString());
    else texts.delete(uri);
  }

  function deleteIfClosing(uri: vscode.Uri): void {
    if (closing.delete(uri.toString())) texts.delete(uri);
  }

  function front(): Proposal | undefined {
    const uri = proposalOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    return uri ? open.get(uri.toString()) : undefined;
  }

  return {
    show,
    async accept() {
      const proposal = front();
      if (proposal) await acceptProposal(proposal);
    },
    async discard() {
      const proposal = front();
      if (proposal) await close(proposal);
    },
    dispose: () => subscriptions.dispose(),
  };
}

function changeOf({ document, before, after }: Proposal): Change {
  return { uri: documentInfo(document).file, before, after };
}

/** Both URIs have the file's path, for its icon and colours. A cell gets another path, since VS Code would open a notebook. */
function addressesFor(document: vscode.TextDocument): [proposed: vscode.Uri, original: vscode.Uri] {
  const { file, cell } = documentInfo(document);
  const path = `/${file.path.replace(/^\/+/, '')}${cell ? `-cell-${cell.index + 1}` : ''}`;
  const query = randomUUID();
  const uri = vscode.Uri.from({ scheme: proposalScheme, path, query });
  return [uri, uri.with({ query: `${query}&${originalMark}` })];
}

/** The document, reopened if it was closed and its file still exists. */
async function documentOf({ document }: Proposal): Promise<vscode.TextDocument> {
  if (!document.isClosed || document.isUntitled || documentInfo(document).cell) return document;
  try {
    return await vscode.workspace.openTextDocument(document.uri);
  } catch {
    return document;
  }
}

/** Shows the diff. False if its two sides are not visible after `longestShowMs`, so that the user can't review them. */
async function reveal({ uri, original, document, name }: Proposal): Promise<boolean> {
  const title = documentInfo(document).outside
    ? l10n.t('{0} ↔ proposal (outside the workspace)', name)
    : l10n.t('{0} ↔ proposal', name);
  await showDiff(original, uri, title, { preview: false });
  for (const side of [original, uri]) await setLanguage(side, document.languageId);
  for (let waited = 0; waited < longestShowMs; waited += showStepMs) {
    const shown = vscode.window.visibleTextEditors.map((editor) => editor.document.uri.toString());
    if (tabsOf(uri).length > 0 && [original, uri].every((side) => shown.includes(side.toString())))
      return true;
    await new Promise((resolve) => setTimeout(resolve, showStepMs));
  }
  return false;
}

const longestShowMs = 5000;
const showStepMs = 50;

async function setLanguage(uri: vscode.Uri, languageId: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.languageId !== languageId)
    await vscode.languages.setTextDocumentLanguage(document, languageId);
}

/** The text of the right side, which the user may have edited, with the target's line ends. */
async function reviewedText({ uri, after }: Proposal, target: vscode.TextDocument): Promise<string> {
  const text = unix((await vscode.workspace.openTextDocument(uri)).getText());
  return text === unix(after) ? after : text.replaceAll('\n', eolOf(target));
}

/** Waits until the document has the text; false after `longestReloadMs`, for example if the user types there. */
async function waitForText(uri: vscode.Uri, text: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const hasText = (): boolean => unix(document.getText()) === unix(text);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(hasText());
    };
    const timer = setTimeout(end, longestReloadMs);
    const subscription = vscode.workspace.onDidChangeTextDocument(() => {
      if (hasText()) end();
    });
    if (hasText()) end();
  });
}

const longestReloadMs = 3000;

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Saves unsaved changes, since VS Code would ask about them on close. */
async function settle(uri: vscode.Uri): Promise<void> {
  await dirtyDocument(uri)?.save();
}

function dirtyDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((one) => one.isDirty && one.uri.toString() === key);
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  await settle(uri);
  await vscode.window.tabGroups.close(tabsOf(uri));
}

function tabsOf(uri: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter((tab) => proposalOf(tab)?.toString() === uri.toString()),
  );
}

/** URI of the proposed text in a tab's diff. */
function proposalOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const { input } = tab ?? {};
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme
    ? input.modified
    : undefined;
}
