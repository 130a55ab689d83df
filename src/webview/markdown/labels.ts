/** The few words that stand in the rendered answer itself. */

export interface MarkdownLabels {
  /** Tooltips and names of the buttons on a code block. */
  copyCode: string;
  insertCode: string;
  applyCode: string;
  moreForCode: string;
  /** Names of the boxes of a task list. */
  taskDone: string;
  taskOpen: string;
  /** Tooltip of a formula, which a click turns into its source. */
  formulaSource: string;
  /** Tooltip of hidden characters, and note on code that holds some; `{0}` is their name or number. */
  hiddenFound: string;
  /** The button on a Mermaid block. */
  showDiagram: string;
}
