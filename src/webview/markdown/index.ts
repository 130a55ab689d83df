/** The one door to Markdown: text goes in as it streams, safe DOM comes out. */

import { addCodeTools } from './codeBlock.ts';
import { highlightLater } from './highlightQueue.ts';
import { englishLabels, type MarkdownLabels } from './labels.ts';
import { MarkdownTail } from './stream.ts';

export interface MarkdownStream {
  append(text: string): void;
  /** The answer is complete; nothing may be appended after it. */
  finish(): void;
}

/**
 * Renders Markdown into `target`, which it owns from now on. For any chunking, the DOM after `finish` equals that of
 * appending the whole text at once. An append costs by the length of the open block, not of the answer.
 * Code gets its colours later, when the browser is idle.
 */
export function createMarkdownStream(
  target: HTMLElement,
  labels: MarkdownLabels = englishLabels,
): MarkdownStream {
  const tail = new MarkdownTail(target, labels, (element) => {
    addCodeTools(element, labels);
    highlightLater(element);
  });
  return {
    append: (text) => tail.append(text),
    finish: () => tail.finish(),
  };
}
