/** The button on a Mermaid block that asks the host to draw it, in a page of its own. */

import * as l10n from '@vscode/l10n';
import { longestDiagram } from '../../ui/common/diagramMessage.ts';
import type { PostAnswer } from './host.ts';

/** Gives the finished Mermaid blocks in `element` their button, once. */
export function addDiagramButtons(element: Element, post: PostAnswer): void {
  for (const code of element.querySelectorAll('.code-block > pre > code.language-mermaid')) {
    const header = code.closest('.code-block')?.querySelector('.code-header');
    if (!header || header.querySelector('.diagram-show')) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'diagram-show';
    button.textContent = l10n.t('Show Diagram');
    if ((code.textContent ?? '').length > longestDiagram) {
      button.disabled = true;
      button.title = l10n.t('This diagram is too long to draw; its source is shown.');
    }
    button.addEventListener('click', () => post({ type: 'diagram-show', source: code.textContent ?? '' }));
    header.insertBefore(button, header.lastElementChild);
  }
}
