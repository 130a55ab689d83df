/** The few words that stand in the rendered answer itself. */

import type { PanelStrings } from '../../chat/common/panelStrings.ts';

export interface MarkdownLabels {
  /** Tooltips and names of the buttons on a code block. */
  copyCode: string;
  insertCode: string;
  applyCode: string;
  moreForCode: string;
  /** Names of the boxes of a task list. */
  taskDone: string;
  taskOpen: string;
  /** Name of the box in which a table scrolls. */
  table: string;
  /** Tooltip of a formula, which a click turns into its source. */
  formulaSource: string;
  /** Tooltip of hidden characters, and note on code that holds some; `{0}` is their name or number. */
  hiddenFound: string;
  /** Tooltip of a formula that stays source. */
  formulaLeft: string;
  /** Below an answer with many formulas, with `{0}` that are typeset of `{1}`: while they are, and when it ended early. */
  formulasComing: string;
  formulasStopped: string;
  formulasStop: string;
  formulasMore: string;
  formulasSource: string;
  formulasShow: string;
  /** The button on a Mermaid block. */
  showDiagram: string;
  /** Its tooltip when the source is too long. */
  diagramTooLong: string;
}

export function markdownLabels(strings: PanelStrings): MarkdownLabels {
  return {
    copyCode: strings['code.copy'],
    insertCode: strings['code.insert'],
    applyCode: strings['code.apply'],
    moreForCode: strings['code.more'],
    taskDone: strings['task.done'],
    taskOpen: strings['task.open'],
    table: strings['table.label'],
    formulaSource: strings['formula.source'],
    formulaLeft: strings['formula.left'],
    formulasComing: strings['formulas.coming'],
    formulasStopped: strings['formulas.stopped'],
    formulasStop: strings['formulas.stop'],
    formulasMore: strings['formulas.more'],
    formulasSource: strings['formulas.source'],
    formulasShow: strings['formulas.show'],
    hiddenFound: strings['hidden.found'],
    showDiagram: strings['diagram.show'],
    diagramTooLong: strings['diagram.tooLong'],
  };
}
