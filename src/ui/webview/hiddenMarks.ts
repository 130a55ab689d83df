/** Shows hidden characters as visible boxes; copied and searched text stays exact. */

import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { nameHidden, splitHidden, summarizeHidden } from '../../base/common/hiddenText.ts';
import { textNodesIn } from '../markdown/nodeKinds.ts';

/** Boxes in one text or element. One more box holds the rest, so that no text can fill the page with boxes. */
const mostMarks = 500;

/** Parts of an answer that are marked already, or typeset from their text. */
const leftAlone = '.hidden-mark, .formula, math, svg';

/** A text for a template, with a box around each run. */
export function markedText(text: string): (TemplateResult | string)[] {
  return markedPieces(text, mostMarks).map(({ text: piece, name }) =>
    name === undefined
      ? piece
      : html`<span class="hidden-mark" data-name=${name} title=${labelOf(name)}>${piece}</span>`,
  );
}

/** Puts a box around each run in the text of a finished element, once. */
export function markHiddenIn(element: Element): void {
  let left = mostMarks;
  for (const node of textNodesIn(element, leftAlone)) {
    const pieces = markedPieces(node.data, left);
    const marks = pieces.filter(({ name }) => name !== undefined).length;
    if (marks === 0) continue;
    left = Math.max(0, left - marks);
    node.replaceWith(...pieces.map(({ text, name }) => (name === undefined ? text : createMark(text, name))));
  }
}

/** Says in the header of each finished code block in `element` that its code holds hidden characters, once. */
export function noteHiddenCode(element: Element): void {
  for (const language of element.querySelectorAll('.code-language')) {
    const code = language.closest('.code-block')?.querySelector('pre > code');
    const found = summarizeHidden(code?.textContent ?? '');
    if (!found || language.nextElementSibling?.matches('.code-hidden')) continue;
    const note = document.createElement('span');
    note.className = 'code-hidden';
    const glyph = document.createElement('span');
    glyph.className = 'codicon codicon-warning';
    glyph.ariaHidden = 'true';
    note.append(glyph, labelOf(found.count));
    note.title = note.textContent;
    language.after(note);
  }
}

interface MarkedPiece {
  text: string;
  /** What the hidden characters in it are called; absent where there are none. */
  name?: string;
}

function markedPieces(text: string, most: number): MarkedPiece[] {
  const marked: MarkedPiece[] = [];
  let end = 0;
  let marks = 0;
  for (const piece of splitHidden(text)) {
    if (piece.hidden && marks === most) {
      const rest = text.slice(end);
      return [...marked, { text: rest, name: `…×${summarizeHidden(rest)?.count ?? 0}` }];
    }
    marked.push(piece.hidden ? { text: piece.text, name: nameHidden(piece.text) } : { text: piece.text });
    if (piece.hidden) marks++;
    end += piece.text.length;
  }
  return marked;
}

function createMark(text: string, name: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'hidden-mark';
  mark.dataset.name = name;
  mark.title = labelOf(name);
  mark.textContent = text;
  return mark;
}

/** `found`: the name of the characters, or their number. */
function labelOf(found: string | number): string {
  return l10n.t('Invisible characters: {0}', found);
}
