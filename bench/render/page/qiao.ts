/** Qiao's renderer as the panel uses it, with headers on code blocks and boxes around tables. */

import { createMarkdownStream } from '../../../src/ui/markdown/index.ts';
import type { Renderer } from './renderer.ts';

export function create(target: HTMLElement): Renderer {
  return createMarkdownStream(target, {
    copyCode: 'Copy',
    insertCode: 'Insert at Cursor',
    applyCode: 'Apply to File',
    moreForCode: 'More Actions',
    taskDone: 'Done',
    taskOpen: 'To do',
    table: 'Table',
    formulaSource: 'Source',
    hiddenFound: 'Invisible: {0}',
    formulaLeft: 'Too large',
    formulasComing: '{0} of {1}…',
    formulasStopped: '{0} of {1}',
    formulasStop: 'Stop',
    formulasMore: 'More',
    formulasSource: 'Show Source',
    formulasShow: 'Show Formulas',
    showDiagram: 'Show Diagram',
    diagramTooLong: 'Too long',
  });
}
