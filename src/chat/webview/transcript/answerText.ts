/** One streamed text in the DOM: feeds the Markdown stream what is new, starts over when the text was revised. */

import { createAnswerFormulas } from '../../../ui/formulas/answerFormulas.ts';
import { createMarkdownStream, type MarkdownStream } from '../../../ui/markdown/index.ts';
import { markHiddenIn, noteHiddenCode } from '../../../ui/webview/hiddenMarks.ts';
import { addDiagramButtons } from '../diagramButton.ts';
import { markFileLinks } from '../fileLinks.ts';
import { postAnswer } from '../host.ts';

export interface AnswerText {
  /** Shows `text`; within one `revision` it only ever grows. `complete`: nothing will follow. */
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
    addDiagramButtons(element, postAnswer);
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
