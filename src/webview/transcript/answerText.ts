/** One streamed text in the DOM: feeds the Markdown stream what is new, starts over when the text was revised. */

import { createMarkdownStream, type MarkdownStream } from '../markdown/index.ts';
import type { MarkdownLabels } from '../markdown/labels.ts';

export interface AnswerText {
  /** Shows `text`; within one `revision` it only ever grows. `complete`: nothing will follow. */
  update(text: string, revision: number, complete: boolean): void;
}

export function createAnswerText(target: HTMLElement, labels: MarkdownLabels): AnswerText {
  let stream: MarkdownStream | undefined;
  let length = 0;
  let shownRevision = 0;
  let finished = false;

  return {
    update(text, revision, complete) {
      if (revision !== shownRevision || text.length < length || (finished && text.length > length)) {
        target.replaceChildren();
        stream = undefined;
        length = 0;
        finished = false;
        shownRevision = revision;
      }
      if (text.length > length) {
        stream ??= createMarkdownStream(target, labels);
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
