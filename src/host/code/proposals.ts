/** Changes an answer proposes, each shown in VS Code's diff editor, where the user can change them; nothing is written until he accepts it. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { carryOver } from '../../core/code/carryOver.ts';
import { changedSpan } from '../../core/code/changedSpan.ts';
import { showDiff } from '../window/surfaces.ts';
import type { Dialogs } from './dialogs.ts';
import { eolOf, isOutside } from './documents.ts';
import { confirmEncoding } from './insert.ts';
import { proposalScheme } from './proposalScheme.ts';
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
  target: vscode.Uri;
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
    const name = vscode.workspace.asRelativePath(document.uri);
    if (after === before) {
      await dialogs.ask({ text: l10n.t('{0} is already like that.', name), choices: [] });
      return true;
    }
    // The same path gives the proposed text the same icon and the same colours.
    const uri = document.uri.with({ scheme: proposalScheme, authority: '', query: randomUUID() });
    const proposal: Proposal = { uri, target: document.uri, name, build, before, after };
    open.set(uri.toString(), proposal);
    texts.set(uri, after);
    const warning = await runWarning(changeOf(proposal));
    await reveal(proposal);
    void prompt(proposal, { ...wording, warning });
    return true;
  }

  /** Beside the buttons of the editor's title: they are small, and out of sight in a narrow window. */
  async function prompt(proposal: Proposal, { lead, warning, offer }: Prompt): Promise<void> {
    const accept = l10n.t('Accept');
    const discard = l10n.t('Discard');
    const question = isOutside(proposal.target)
      ? l10n.t('{0} lies outside the workspace. Change it like this?', proposal.target.fsPath)
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
    else if (choice === accept) {
      await dialogs.ask({
        text: l10n.t('This proposal is closed already; nothing was written.'),
        choices: [],
      });
    }
  }

  /** `told`: the warning that the user has read with the question. */
  async function acceptProposal(proposal: Proposal, told?: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(proposal.target);
    const after = await reviewedText(proposal, document);
    if (document.getText() !== proposal.before) return renew(proposal, document, after);
    const span = changedSpan(proposal.before, after);
    if (!(await confirmEncoding(span.text, document, dialogs))) return;
    const change = { ...changeOf(proposal), after };
    if ((await runWarning(change)) !== told && !(await confirmRunning(change, dialogs))) return;
    // Asking took its time.
    if (document.getText() !== proposal.before) return renew(proposal, document, after);
    const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, span.text);
    if (!(await vscode.workspace.applyEdit(edit))) {
      const text = l10n.t('{0} can’t be changed. It may be read-only.', proposal.name);
      await dialogs.ask({ text, choices: [] });
      return;
    }
    await close(proposal);
    const selection = new vscode.Range(range.start, document.positionAt(span.start + span.text.length));
    await vscode.window.showTextDocument(document, { selection, preview: false });
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
    texts.set(proposal.uri, after);
    if (!(await shown)) return;
    Object.assign(proposal, { before, after });
    const warning = await runWarning(changeOf(proposal));
    await reveal(proposal);
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

function changeOf({ target: uri, before, after }: Proposal): Change {
  return { uri, before, after };
}

async function reveal({ uri, target, name }: Proposal): Promise<void> {
  const title = isOutside(target)
    ? l10n.t('{0} ↔ proposal (outside the workspace)', target.fsPath)
    : l10n.t('{0} ↔ proposal', name);
  await showDiff(target, uri, title, { preview: false });
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
