/** Renders one streamed text: appends new text to the Markdown stream, and starts over when the text was revised. */

import * as l10n from '@vscode/l10n';
import { longestDiagram } from '../../../ui/common/diagramMessage.ts';
import { createAnswerFormulas } from '../../../ui/formulas/answerFormulas.ts';
import { createMarkdownStream, type MarkdownStream } from '../../../ui/markdown/index.ts';
import { markHiddenIn, noteHiddenCode } from '../../../ui/webview/hiddenMarks.ts';
import { markFileLinks } from '../fileLinks.ts';
import { postAnswer } from '../host.ts';

export interface AnswerText {
  /** Shows `text`, which only grows within one `revision`. `complete`: no text follows. */
  update(text: string, revision: number, complete: boolean): void;
}

export function createAnswerText(target: HTMLElement): AnswerText {
  let stream: MarkdownStream | undefined;
  let length = 0;
  let shownRevision = 0;
  let finished = false;
  const formulas = createAnswerFormulas(target);
  const onFinished = (element: Element): void => {
    noteHiddenCode(element);
    markHiddenIn(element);
    formulas.add(element);
    addDiagramButtons(element);
    markFileLinks(element, postAnswer);
  };

  return {
    update(text, revision, complete) {
      if (revision !== shownRevision || text.length < length || (finished && text.length > length)) {
        target.replaceChildren();
        formulas.reset();
        stream = undefined;
        length = 0;
        finished = false;
        shownRevision = revision;
      }
      if (text.length > length) {
        stream ??= createMarkdownStream(target, { tools: true, onFinished });
        stream.append(text.slice(length));
        length = text.length;
      }
      if (complete && !finished) {
        stream?.finish();
        finished = true;
      }
    },
  };
}

/** Adds a button to the finished Mermaid blocks in `element`, once; the host draws them in a page of its own. */
function addDiagramButtons(element: Element): void {
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
    button.addEventListener('click', () =>
      postAnswer({ type: 'diagram-show', source: code.textContent ?? '' }),
    );
    header.insertBefore(button, header.lastElementChild);
  }
}
