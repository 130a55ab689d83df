/** Highlights code blocks one at a time in idle time. */

import { highlightCarefully } from './carefulHighlight.ts';
import type { highlight } from './highlight.ts';
import { keepSelection } from './keepSelection.ts';

/** Longer code stays plain: colouring it would hold up the panel. */
const maxLength = 40_000;

/** Colours the code blocks of a finished element soon. */
export function highlightLater(element: Element): void {
  const blocks = element.querySelectorAll('pre > code[class]:not(.language-math, .language-mermaid)');
  waiting.push(...Array.from(blocks).filter((code) => code.firstElementChild === null));
  if (waiting.length === 0) return;
  if (highlighter) schedule();
  else if (!loading) void load();
}

/** Two thirds of the panel's size: a chunk of its own, loaded with the first code. Without it code stays plain. */
let highlighter: typeof highlight | undefined;
let loading = false;

async function load(): Promise<void> {
  loading = true;
  try {
    highlighter = (await import('./highlight.ts')).highlight;
    schedule();
  } catch {
    // The next code may find it.
    waiting.length = 0;
  }
  loading = false;
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
  const run = highlighter;
  if (!run || text.length > maxLength || code.firstElementChild) return;
  const coloured = highlightCarefully((part) => run(language, part, code.ownerDocument), text);
  if (coloured) keepSelection(code.parentElement ?? code, () => code.replaceChildren(coloured));
}
