/** Changes to code: inline edits, and the decisions about them and about proposals. */

import type * as vscode from 'vscode';
import type { Feature } from '../../base/host/feature.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { CodeTools } from './code/codeTools.ts';
import { windowDialogs } from './code/dialogs.ts';
import { editRequest, hunkOf, rangeOf, uriOf } from './editArguments.ts';
import { InlineEdits, type InlineEditsOptions } from './inlineEdits.ts';

export interface EditDependencies extends Pick<InlineEditsOptions, 'confirmSend' | 'lastEditor' | 'models'> {
  codeTools: Pick<CodeTools, 'acceptProposal' | 'discardProposal' | 'propose'>;
  /** Edits are asked for with the settings of the active chat. */
  views: Pick<ChatViews, 'active'>;
  workspaceState: vscode.Memento;
}

export function createEdit({ views, ...dependencies }: EditDependencies): Feature<'edit'> {
  const { codeTools } = dependencies;
  const edits = new InlineEdits({
    ...dependencies,
    settings: () => views.active.chats.current.settings,
    dialogs: windowDialogs,
  });
  return {
    commands: {
      'qiao.acceptProposal': () => codeTools.acceptProposal(),
      'qiao.discardProposal': () => codeTools.discardProposal(),
      'qiao.editInline': (request) => edits.edit(editRequest(request)),
      'qiao.fixProblem': (uri, range) => edits.fix(uriOf(uri), rangeOf(range)),
      'qiao.acceptEdit': (uri, hunk) => edits.decide('accept', uriOf(uri), hunkOf(hunk)),
      'qiao.rejectEdit': (uri, hunk) => edits.decide('reject', uriOf(uri), hunkOf(hunk)),
      'qiao.stopEdit': async (uri) => edits.stop(uriOf(uri)),
      'qiao.retryEdit': (uri) => edits.retry(uriOf(uri)),
      'qiao.nextHunk': async (uri) => edits.reveal(1, uriOf(uri)),
      'qiao.previousHunk': async (uri) => edits.reveal(-1, uriOf(uri)),
      'qiao.saveUnformatted': () => edits.saveUnformatted(),
    },
    dispose: () => edits.dispose(),
  };
}
