/** Colours code blocks one at a time while the browser has nothing better to do. */

import { highlight } from './highlight.ts';

/** Longer code stays plain: colouring it would hold up the panel. */
const maxLength = 40_000;

/** Colours the code blocks of a finished element soon. */
export function highlightLater(element: Element): void {
  const blocks = element.querySelectorAll('pre > code[class]');
  waiting.push(...Array.from(blocks).filter((code) => code.firstElementChild === null));
  schedule();
}

/** One queue for all answers, so that opening a long conversation stays responsive. */
const waiting: Element[] = [];
let scheduled = false;

function schedule(): void {
  if (scheduled || waiting.length === 0) return;
  scheduled = true;
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 0);
}

function work(): void {
  scheduled = false;
  // Blocks of a conversation that was left would keep its whole page alive.
  let code = waiting.shift();
  while (code && !code.isConnected) code = waiting.shift();
  if (code) colour(code);
  schedule();
}

function colour(code: Element): void {
  const text = code.textContent ?? '';
  const language = code.className.replace(/^language-/, '');
  if (text.length > maxLength || code.firstElementChild) return;
  const coloured = highlight(language, text, code.ownerDocument);
  if (coloured) code.replaceChildren(coloured);
}
