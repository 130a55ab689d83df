/** Renders one streamed text: appends new text to the Markdown stream, and starts over when the text was revised. */

import * as l10n from '@vscode/l10n';
import { longestDiagram } from '../../../ui/common/diagramMessage.ts';
import { createAnswerFormulas } from '../../../ui/formulas/answerFormulas.ts';
import { createMarkdownStream, type MarkdownStream } from '../../../ui/markdown/index.ts';
import { markHiddenIn, noteHiddenCode } from '../../../ui/webview/hiddenMarks.ts';
import { markFileLinks } from '../fileLinks.ts';
import type { Additions } from '../growingTexts.ts';
import { postAnswer } from '../host.ts';
import { requestStreamFrame } from '../streamFrames.ts';

export interface ShownText {
  /** Only grows within one `revision`. */
  text: string;
  /** The pieces it grew by; of a text that came whole there are none. */
  added: Additions | undefined;
  revision: number;
  /** No text follows. */
  complete: boolean;
  /** Cut from a text that is there already: what follows does not have to come first. */
  isPart?: true;
}

export interface AnswerText {
  /**
   * Takes time in proportion to what is new. A text that was complete from the start is rendered at once; one that grows
   * takes `budgetMs` of a frame, and the rest follows in the next ones: keys come first.
   */
  update(text: ShownText): void;
}

/** Milliseconds of a frame for the new text of one answer. */
const budgetMs = 8;

export function createAnswerText(target: HTMLElement): AnswerText {
  let stream: MarkdownStream | undefined;
  let shown: ShownText | undefined;
  /** What was taken over of the text so far, and its end that is still to be rendered from `renderedTo` on. */
  let takenLength = 0;
  let rest = '';
  let renderedTo = 0;
  let finished = false;
  /** Nothing was rendered when the text was complete. */
  let atOnce = false;
  /** A frame for the rest was requested. */
  let waits = false;
  const formulas = createAnswerFormulas(target);
  const onFinished = (element: Element): void => {
    noteHiddenCode(element);
    markHiddenIn(element);
    formulas.add(element);
    addDiagramButtons(element);
    markFileLinks(element, postAnswer);
  };

  function startOver(): void {
    target.replaceChildren();
    formulas.reset();
    stream = undefined;
    takenLength = 0;
    rest = '';
    renderedTo = 0;
    finished = false;
  }

  /** Takes over what is new; false when nothing is left to render. */
  function take(): boolean {
    if (renderedTo < rest.length) return true;
    const { text, added } = shown ?? { text: '' };
    if (text.length <= takenLength) return false;
    rest = added?.since(takenLength) ?? text.slice(takenLength);
    takenLength = text.length;
    renderedTo = 0;
    return true;
  }

  function work(): void {
    waits = false;
    const end = performance.now() + budgetMs;
    const goesOn = (): boolean => performance.now() < end;
    if (take()) {
      stream ??= createMarkdownStream(target, { tools: true, onFinished });
      renderedTo += stream.append(rest.slice(renderedTo), atOnce ? undefined : goesOn);
    }
    if (take()) {
      waits = true;
      requestStreamFrame(work);
    } else if (shown?.complete && !finished) {
      stream?.finish();
      finished = true;
    }
  }

  return {
    update(next) {
      const { text, revision, complete, isPart } = next;
      const revised = shown !== undefined && revision !== shown.revision;
      if (revised || text.length < takenLength || (finished && text.length > takenLength)) startOver();
      shown = next;
      atOnce = (complete || isPart === true) && (atOnce || stream === undefined);
      // What is left is rendered in its own frames.
      if (!waits) work();
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
