/** What the commands do that stand where the code is: lightbulb, lenses, terminal, explorer, Source Control. */

import type { AppParts } from '../../app.ts';
import type { CommandId } from '../../base/host/commandIds.ts';
import type { CommandHandler } from '../../base/host/feature.ts';
import { ask, submitQuestion } from '../../chat/host/ask.ts';
import { askCell, attachFiles } from '../../context/host/attach.ts';
import { rangeOf, uriOf } from '../../edit/host/editArguments.ts';
import { QuickAsks } from '../../edit/host/quickAsk/quickAsk.ts';
import { generateCommitMessage } from '../../scm/host/commitMessage.ts';
import { explainCode, explainProblem, type Place, writeDocumentation, writeTests } from './codeQuestions.ts';
import { attachTerminalSelection, explainTerminal } from './terminalQuestions.ts';

export function createEditorHandlers(
  parts: AppParts,
): Record<CommandId<'editorEntries' | 'quickAsk' | 'scm'>, CommandHandler> {
  const { quickAsks } = parts;
  const place = (uri: unknown, range: unknown): Place => ({ uri: uriOf(uri), range: rangeOf(range) });
  return {
    'qiao.explainProblem': (uri, range) => explainProblem(parts, place(uri, range)),
    'qiao.explainCode': (uri, range) => explainCode(parts, place(uri, range)),
    'qiao.writeTests': (uri, range) => writeTests(parts, place(uri, range)),
    'qiao.writeDocumentation': (uri, range) => writeDocumentation(parts, place(uri, range)),
    'qiao.generateCommitMessage': (pressed) => generateCommitMessage(parts, pressed),
    'qiao.explainTerminal': () => explainTerminal(parts),
    'qiao.attachTerminalSelection': () => attachTerminalSelection(parts),
    'qiao.askCell': (cell) => askCell(parts, cell),
    'qiao.attachFile': (clicked, selected) => attachFiles(parts, clicked, selected),
    'qiao.quickAsk': async () => {
      const editor = QuickAsks.editor(parts.lastEditor.get());
      // Without a place for the answer the panel shows it.
      if (!editor) return ask(parts);
      const question = await quickAsks.ask(editor);
      if (question) await submitQuestion(parts, question);
    },
    'qiao.quickAskReply': (reply) => quickAsks.reply(reply),
    'qiao.quickAskStop': (thread) => quickAsks.stop(thread),
    'qiao.quickAskAgain': (thread) => quickAsks.askAgain(thread),
    'qiao.quickAskCopy': (thread) => quickAsks.copy(thread),
    'qiao.quickAskContinue': (thread) => quickAsks.continueInPanel(thread),
    'qiao.quickAskClose': async (thread) => quickAsks.close(thread),
  };
}
