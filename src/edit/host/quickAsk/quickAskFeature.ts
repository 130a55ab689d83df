/** Creates the commands of quick asks; without a visible editor, the question is asked in the panel. */

import type * as vscode from 'vscode';
import type { Feature } from '../../../base/host/feature.ts';
import type { LastEditor } from '../../../base/host/lastEditor.ts';
import { ask, submitQuestion } from '../../../chat/host/ask.ts';
import { QuickAsks, type QuickAsksOptions } from './quickAsk.ts';
import { createQuickAskDraft } from './quickAskDraft.ts';

export interface QuickAskDependencies extends Omit<QuickAsksOptions, 'draft'> {
  lastEditor: Pick<LastEditor, 'get'>;
  workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
}

export function createQuickAsk(dependencies: QuickAskDependencies): Feature<'quickAsk'> {
  const { lastEditor, workspaceState } = dependencies;
  const quickAsks = new QuickAsks({ ...dependencies, draft: createQuickAskDraft(workspaceState) });
  return {
    commands: {
      'qiao.quickAsk': async () => {
        const editor = QuickAsks.editor(lastEditor.get());
        if (!editor) return ask(dependencies);
        const question = await quickAsks.ask(editor);
        if (question) await submitQuestion(dependencies, question);
      },
      'qiao.quickAskReply': (reply) => quickAsks.reply(reply),
      'qiao.quickAskStop': (thread) => quickAsks.stop(thread),
      'qiao.quickAskAgain': (thread) => quickAsks.askAgain(thread),
      'qiao.quickAskCopy': (thread) => quickAsks.copy(thread),
      'qiao.quickAskContinue': (thread) => quickAsks.continueInPanel(thread),
      'qiao.quickAskClose': async (thread) => quickAsks.close(thread),
    },
    dispose: () => quickAsks.dispose(),
  };
}
