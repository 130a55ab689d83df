/** Changes of a text field by script that the user can undo. */

/** Puts `text` in the place of a stretch, as if it had been typed: one step for Undo, and an `input` event. */
export function replaceText(
  area: HTMLTextAreaElement,
  [start, end]: readonly [start: number, end: number],
  text: string,
): void {
  const focused = document.activeElement === area;
  if (focused) {
    area.setSelectionRange(start, end);
    // Nothing else leaves the field's undo history whole.
    if (text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text))
      return;
  }
  area.setRangeText(text, start, end, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertReplacementText' }));
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
