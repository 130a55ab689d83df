/** One streamed text in the DOM: feeds the Markdown stream what is new, starts over when the text was revised. */

import { createAnswerFormulas } from '../../../ui/formulas/answerFormulas.ts';
import { createMarkdownStream, type MarkdownStream } from '../../../ui/markdown/index.ts';
import type { MarkdownLabels } from '../../../ui/markdown/labels.ts';
import { markHiddenIn, noteHiddenCode } from '../../../ui/webview/hiddenMarks.ts';
import { postAnswer } from '../../../ui/webview/vscodeApi.ts';
import { addDiagramButtons } from '../diagramButton.ts';
import { markFileLinks } from '../fileLinks.ts';

export interface AnswerText {
  /** Shows `text`; within one `revision` it only ever grows. `complete`: nothing will follow. */
  update(text: string, revision: number, complete: boolean): void;
}

export function createAnswerText(target: HTMLElement, labels: MarkdownLabels): AnswerText {
  let stream: MarkdownStream | undefined;
  let length = 0;
  let shownRevision = 0;
  let finished = false;
  const formulas = createAnswerFormulas(target, labels);
  const onFinished = (element: Element): void => {
    noteHiddenCode(element, labels.hiddenFound);
    markHiddenIn(element, labels.hiddenFound);
    formulas.add(element);
    addDiagramButtons(element, labels, postAnswer);
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
        stream ??= createMarkdownStream(target, labels, { onFinished });
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
