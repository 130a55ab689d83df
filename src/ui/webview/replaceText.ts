/** Changes the text of a field by script so that the user can undo it. */

/** `execCommand` takes seconds with more: the square of the lines. Then the field forgets how it was before. */
const most = { length: 20_000, lines: 300 };

/** Puts `text` in the place of a stretch, as if it had been typed: one step for Undo, and an `input` event. */
export function replaceText(
  area: HTMLTextAreaElement,
  [start, end]: readonly [start: number, end: number],
  text: string,
): void {
  const short = text.length <= most.length && text.split('\n').length <= most.lines;
  if (document.activeElement === area && short) {
    area.setSelectionRange(start, end);
    // Nothing else leaves the field's undo history whole.
    if (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text))
      return;
  }
  area.setRangeText(text, start, end, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
}

/** Puts `text` in the place of all that is there: one step for Undo, and no event. */
export function replaceAll(area: HTMLTextAreaElement, text: string): void {
  const hold = (event: Event): void => event.stopImmediatePropagation();
  // Before other listeners of the field.
  window.addEventListener('input', hold, { capture: true });
  replaceText(area, [0, area.value.length], text);
  window.removeEventListener('input', hold, { capture: true });
}

/** Takes a word out, and one of the two spaces that would be left around it. */
export function removeWord(
  area: HTMLTextAreaElement,
  text: string,
  [start, end]: readonly [number, number],
): void {
  const before = text.slice(Math.max(0, start - 1), start);
  const doubled = text[end] === ' ' && (before === '' || /\s/.test(before));
  replaceText(area, [start, doubled ? end + 1 : end], '');
}
