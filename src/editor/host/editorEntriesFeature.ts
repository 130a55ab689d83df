/** Creates the commands of lightbulb, lenses, terminal, notebook cells and explorer. */

import type { Feature } from '../../base/host/feature.ts';
import { type AttachDependencies, askCell, attachFiles } from '../../context/host/attach.ts';
import { rangeOf, uriOf } from '../../edit/host/editArguments.ts';
import {
  type CodeQuestionDependencies,
  explainCode,
  explainProblem,
  type Place,
  writeDocumentation,
  writeTests,
} from './codeQuestions.ts';
import {
  attachTerminalSelection,
  explainTerminal,
  type TerminalQuestionDependencies,
} from './terminalQuestions.ts';

export interface EditorEntriesDependencies
  extends AttachDependencies,
    CodeQuestionDependencies,
    TerminalQuestionDependencies {
  sources: AttachDependencies['sources'];
}

export function createEditorEntries(dependencies: EditorEntriesDependencies): Feature<'editorEntries'> {
  const place = (uri: unknown, range: unknown): Place => ({ uri: uriOf(uri), range: rangeOf(range) });
  return {
    commands: {
      'qiao.explainProblem': (uri, range) => explainProblem(dependencies, place(uri, range)),
      'qiao.explainCode': (uri, range) => explainCode(dependencies, place(uri, range)),
      'qiao.writeTests': (uri, range) => writeTests(dependencies, place(uri, range)),
      'qiao.writeDocumentation': (uri, range) => writeDocumentation(dependencies, place(uri, range)),
      'qiao.explainTerminal': () => explainTerminal(dependencies),
      'qiao.attachTerminalSelection': () => attachTerminalSelection(dependencies),
      'qiao.askCell': (cell) => askCell(dependencies, cell),
      'qiao.attachFile': (clicked, selected) => attachFiles(dependencies, clicked, selected),
    },
  };
}
