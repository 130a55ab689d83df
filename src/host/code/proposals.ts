/** Changes an answer proposes, each shown in VS Code's diff editor; nothing is written until the user accepts it. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { changedSpan } from '../../core/code/changedSpan.ts';
import type { Dialogs } from './dialogs.ts';
import { isOutside } from './documents.ts';
import { confirmEncoding } from './insert.ts';

export const proposalScheme = 'qiao-proposal';

/** Works the proposed text out of the document's text; `undefined` when the place can't be found in it any more. */
export type Build = (text: string) => string | undefined;

/** What the question about a proposal says and offers beside the usual. */
export interface Wording {
  /** A sentence before the question. */
  lead?: string;
  /** Closes the proposal and does something else with it. */
  offer?: { label: string; run(): Promise<void> };
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
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => open.get(uri.toString())?.after ?? '',
    }),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const tab of closed) {
        const uri = proposalOf(tab);
        // It may still be open in another group.
        if (uri && tabsOf(uri).length === 0) open.delete(uri.toString());
      }
    }),
  );
  // From before the window was reloaded: their texts are gone.
  void vscode.window.tabGroups.close(
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(proposalOf)),
  );

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
    await reveal(proposal);
    void prompt(proposal, wording);
    return true;
  }

  /** Beside the buttons of the editor's title: they are small, and out of sight in a narrow window. */
  async function prompt(proposal: Proposal, { lead, offer }: Wording = {}): Promise<void> {
    const accept = l10n.t('Accept');
    const discard = l10n.t('Discard');
    const question = isOutside(proposal.target)
      ? l10n.t('{0} lies outside the workspace. Change it like this?', proposal.target.fsPath)
      : l10n.t('Change {0} like this?', proposal.name);
    const text = lead === undefined ? question : `${lead} ${question}`;
    const choice = await dialogs.ask({ text, choices: [accept, discard, ...(offer ? [offer.label] : [])] });
    const isOpen = open.has(proposal.uri.toString());
    if (choice === discard && isOpen) await close(proposal);
    if (offer && choice === offer.label && isOpen) {
      await close(proposal);
      await offer.run();
      return;
    }
    if (choice === accept && isOpen) await acceptProposal(proposal);
    else if (choice === accept) {
      await dialogs.ask({
        text: l10n.t('This proposal is closed already; nothing was written.'),
        choices: [],
      });
    }
  }

  async function acceptProposal(proposal: Proposal): Promise<void> {
    const document = await vscode.workspace.openTextDocument(proposal.target);
    if (document.getText() !== proposal.before) return renew(proposal, document);
    const span = changedSpan(proposal.before, proposal.after);
    if (!(await confirmEncoding(span.text, document, dialogs))) return;
    // Asking took its time.
    if (document.getText() !== proposal.before) return renew(proposal, document);
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
  async function renew(proposal: Proposal, document: vscode.TextDocument): Promise<void> {
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
    Object.assign(proposal, { before, after });
    changed.fire(proposal.uri);
    await reveal(proposal);
    void prompt(proposal, {
      lead: l10n.t('{0} has changed in the meantime; the difference is new.', proposal.name),
    });
  }

  async function close({ uri }: Proposal): Promise<void> {
    open.delete(uri.toString());
    await vscode.window.tabGroups.close(tabsOf(uri));
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

async function reveal({ uri, target, name }: Proposal): Promise<void> {
  const title = isOutside(target)
    ? l10n.t('{0} ↔ proposal (outside the workspace)', target.fsPath)
    : l10n.t('{0} ↔ proposal', name);
  await vscode.commands.executeCommand('vscode.diff', target, uri, title, { preview: false });
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
