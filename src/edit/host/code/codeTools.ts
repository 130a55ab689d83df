/** Runs the actions of code blocks, which change editors, files and terminals. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type LastEditor, whyNoEditor } from '../../../base/host/lastEditor.ts';
import type { Attachment } from '../../../chat/common/conversation.ts';
import type { CodeAction } from '../../../chat/common/protocol.ts';
import { applyCode } from './apply.ts';
import { type Dialogs, windowDialogs } from './dialogs.ts';
import { insertAtCursors } from './insert.ts';
import { openAsNewFile } from './newFile.ts';
import { type Build, createProposals, type Wording } from './proposals.ts';
import { replaceSelection } from './replace.ts';
import { createTerminals } from './terminal.ts';

export interface CodeRequest {
  action: CodeAction;
  turnId: string;
  code: string;
  /** The fence's info string. */
  language: string;
}

export interface CodeTools {
  run(request: CodeRequest): Promise<void>;
  /** Shows a change as a diff to accept or discard. False if `build` finds no place in the document. */
  propose(document: vscode.TextDocument, build: Build, wording?: Wording): Promise<boolean>;
  /** Accepts the proposal of the active diff. */
  acceptProposal(): Promise<void>;
  /** Discards the proposal of the active diff. */
  discardProposal(): Promise<void>;
  dispose(): void;
}

export interface CodeToolsOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  /** The attachments of the turn, or of the last earlier turn that has any. */
  attachmentsOf(turnId: string): readonly Attachment[];
  dialogs?: Dialogs;
}

export function createCodeTools(options: CodeToolsOptions): CodeTools {
  const { lastEditor, attachmentsOf, dialogs = windowDialogs } = options;
  const proposals = createProposals(dialogs);
  const terminals = createTerminals(dialogs);

  async function run({ action, turnId, code, language: info }: CodeRequest): Promise<void> {
    const editor = lastEditor.get();
    const attachments = attachmentsOf(turnId);
    const apply = () => applyCode({ code, info, attachments }, editor, { dialogs, proposals });
    switch (action) {
      case 'insert':
        return editor ? insertAtCursors(code, editor, dialogs) : offerNewFile(code, info);
      case 'replace':
        return replaceSelection(editor, { code, attachments, dialogs, review: apply });
      case 'apply':
        return apply();
      case 'new-file':
        await openAsNewFile(code, info);
        return;
      case 'terminal':
        return terminals.paste(code, info);
    }
  }

  async function offerNewFile(code: string, info: string): Promise<void> {
    const create = l10n.t('Open as a New File');
    const text = whyNoEditor(l10n.t('No editor is open to insert into.'));
    if ((await dialogs.ask({ text, choices: [create] })) === create) await openAsNewFile(code, info);
  }

  return {
    run,
    propose: (document, build, wording) => proposals.show(document, build, wording),
    acceptProposal: () => proposals.accept(),
    discardProposal: () => proposals.discard(),
    dispose: () => vscode.Disposable.from(proposals, terminals).dispose(),
  };
}
