/** What the commands do that stand where the code is: lightbulb, lenses, terminal, explorer, Source Control. */

import type { AppParts } from '../app.ts';
import type { CommandHandler } from '../commandHandlers.ts';
import { rangeOf, uriOf } from '../edit/editArguments.ts';
import { askCell, attachFiles } from './attach.ts';
import { explainCode, explainProblem, type Place, writeDocumentation, writeTests } from './codeQuestions.ts';
import { generateCommitMessage } from './commitMessage.ts';
import { attachTerminalSelection, explainTerminal } from './terminalQuestions.ts';

export type EditorCommandId =
  | 'qiao.explainProblem'
  | 'qiao.explainCode'
  | 'qiao.writeTests'
  | 'qiao.writeDocumentation'
  | 'qiao.generateCommitMessage'
  | 'qiao.explainTerminal'
  | 'qiao.attachTerminalSelection'
  | 'qiao.askCell'
  | 'qiao.attachFile';

export function createEditorHandlers(parts: AppParts): Record<EditorCommandId, CommandHandler> {
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
  };
}
