/** Changes an answer proposes, each shown in VS Code's diff editor, where the user can change them; nothing is written until he accepts it. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import {
  changeDocument,
  placeOf,
  readOnlyText,
  showPlace,
  whyNotWritable,
} from '../../../base/host/place.ts';
import { showDiff } from '../../../base/host/window/surfaces.ts';
import { carryOver } from '../../common/carryOver.ts';
import { changedSpan } from '../../common/changedSpan.ts';
import type { Dialogs } from './dialogs.ts';
import { eolOf } from './documents.ts';
import { confirmEncoding } from './insert.ts';
import { offerWorkingFile } from './instead.ts';
import { originalMark, proposalScheme } from './proposalScheme.ts';
import { ProposalTexts } from './proposalTexts.ts';
import { type Change, confirmRunning, runWarning } from './runWarning.ts';

/** Works the proposed text out of the document's text; `undefined` when the place can't be found in it any more. */
export type Build = (text: string) => string | undefined;

/** What the question about a proposal says and offers beside the usual. */
export interface Wording {
  /** A sentence before the question. */
  lead?: string;
  /** Closes the proposal and does something else with it. */
  offer?: { label: string; run(): Promise<void> };
}

interface Prompt extends Wording {
  /** That the change can run code. */
  warning: string | undefined;
}

export interface Proposals {
  /** Opens the diff. False when `build` finds no place in the document as it is now. */
  show(document: vscode.TextDocument, build: Build, wording?: Wording): Promise<boolean>;
  /** Writes the proposal whose diff is in front, if the document is still as the diff showed it. */
  accept(): Promise<void>;
  discard(): Promise<void>;
  dispose(): void;
}

interface Proposal {
  /** Of the proposed text. */
  uri: vscode.Uri;
  /** Of the text as it was reviewed: the left side, which nobody can change. */
  original: vscode.Uri;
  document: vscode.TextDocument;
  name: string;
  build: Build;
  /** The document's text as it was reviewed, and the text in its place. */
  before: string;
  after: string;
}

export function createProposals(dialogs: Dialogs): Proposals {
  const open = new Map<string, Proposal>();
  /** Addresses of closed ones that VS Code is still saving. */
  const leaving = new Set<string>();
  const texts = new ProposalTexts();
  const subscriptions = vscode.Disposable.from(
    texts,
    vscode.workspace.registerFileSystemProvider(proposalScheme, texts, { isCaseSensitive: true }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) {
        const uri = proposalOf(tab);
        // It may still be open in another group.
        if (uri && tabsOf(uri).length === 0) forget(uri);
      }
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => leave(uri)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => leave(uri)),
  );
  // From before the window was reloaded: what they were worked out from is gone.
  for (const { tabs } of vscode.window.tabGroups.all) {
    for (const uri of tabs.map(proposalOf)) if (uri) void closeTabs(uri);
  }

  async function show(document: vscode.TextDocument, build: Build, wording?: Wording): Promise<boolean> {
    const before = document.getText();
    const after = build(before);
    if (after === undefined) return false;
    const { name } = placeOf(document);
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

  /** What cannot be changed, or not be shown, can still be read and kept. */
  async function offerNewFile(text: string, content: string, document: vscode.TextDocument): Promise<void> {
    await offerWorkingFile(text, { document, content, dialogs });
  }

  /** Beside the buttons of the editor's title: they are small, and out of sight in a narrow window. */
  async function prompt(proposal: Proposal, { lead, warning, offer }: Prompt): Promise<void> {
    const accept = l10n.t('Accept');
    const discard = l10n.t('Discard');
    const question = placeOf(proposal.document).outside
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

  /** `told`: the warning that the user has read with the question. */
  async function acceptProposal(proposal: Proposal, told?: string): Promise<void> {
    // Nothing is written whose difference is not open.
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
    // Asking took its time.
    if (document.getText() !== proposal.before) return renew(proposal, document, after);
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    if (!(await changeDocument(document, [{ range, text: span.text }])))
      return offerNewFile(readOnlyText(proposal.name), after, document);
    await close(proposal);
    const selection = new vscode.Range(range.start, document.positionAt(span.start + span.text.length));
    await showPlace(document, selection);
  }

  /** The document is not what was reviewed: the proposal is worked out again, and reviewed again. */
  async function renew(proposal: Proposal, document: vscode.TextDocument, reviewed: string): Promise<void> {
    const { before: old } = proposal;
    // What the user has made of it counts, and not what the answer was.
    if (reviewed !== proposal.after)
      proposal.build = (text) => carryOver({ before: old, after: reviewed }, text);
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
    // Accepting looks at what the editor holds, so nothing is to be accepted before it holds the new text.
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
    // Auto Save may be under way: if it failed, VS Code would keep the changes and open them again.
    if (dirtyDocument(uri)) leaving.add(uri.toString());
    else texts.delete(uri);
  }

  function leave(uri: vscode.Uri): void {
    if (leaving.delete(uri.toString())) texts.delete(uri);
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
  return { uri: placeOf(document).owner, before, after };
}

/** The same path gives both texts the icon and the colours of the file; that of a notebook would be opened as one. */
function addressesFor(document: vscode.TextDocument): [proposed: vscode.Uri, original: vscode.Uri] {
  const { owner, cell } = placeOf(document);
  const path = `/${owner.path.replace(/^\/+/, '')}${cell ? `-cell-${cell.index + 1}` : ''}`;
  const query = randomUUID();
  const uri = vscode.Uri.from({ scheme: proposalScheme, path, query });
  return [uri, uri.with({ query: `${query}&${originalMark}` })];
}

/** One that was closed meanwhile is opened again, a file that still is. */
async function documentOf({ document }: Proposal): Promise<vscode.TextDocument> {
  if (!document.isClosed || document.isUntitled || placeOf(document).cell) return document;
  try {
    return await vscode.workspace.openTextDocument(document.uri);
  } catch {
    return document;
  }
}

/** False when the two sides are not in sight after a while: then nobody can review them. */
async function reveal({ uri, original, document, name }: Proposal): Promise<boolean> {
  const title = placeOf(document).outside
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

/** What the right side holds: the proposed text, unless the user has changed it there. With the target's line ends. */
async function reviewedText({ uri, after }: Proposal, target: vscode.TextDocument): Promise<string> {
  const text = unix((await vscode.workspace.openTextDocument(uri)).getText());
  return text === unix(after) ? after : text.replaceAll('\n', eolOf(target));
}

/** False: it took too long, as when the user types there in this moment. */
async function waitForText(uri: vscode.Uri, text: string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const isThere = (): boolean => unix(document.getText()) === unix(text);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(isThere());
    };
    const timer = setTimeout(end, longestReloadMs);
    const subscription = vscode.workspace.onDidChangeTextDocument(() => {
      if (isThere()) end();
    });
    if (isThere()) end();
  });
}

const longestReloadMs = 3000;

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** A document with changes would keep them, and ask about them when it is closed. */
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

/** Address of the proposed text that a tab shows. */
function proposalOf(tab: vscode.Tab | undefined): vscode.Uri | undefined {
  const { input } = tab ?? {};
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme
    ? input.modified
    : undefined;
}
