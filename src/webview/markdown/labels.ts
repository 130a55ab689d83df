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
}

/** English, for use outside the panel. */
export const englishLabels: MarkdownLabels = {
  copyCode: 'Copy',
  insertCode: 'Insert at Cursor',
  applyCode: 'Apply to File',
  moreForCode: 'More Actions',
  taskDone: 'Done',
  taskOpen: 'To do',
};
