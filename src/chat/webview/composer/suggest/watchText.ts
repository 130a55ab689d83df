/** Watches the text and caret of a field, except during the composition of an input method. */

export interface TextWatcher {
  /** `inputType`: as the DOM names it; text of an input method counts as typed. */
  onInput(inputType: string): void;
  /** The caret may be elsewhere. */
  onCaret(): void;
}

/** For as long as the field lives. */
export function watchText(area: HTMLTextAreaElement, { onInput, onCaret }: TextWatcher): void {
  let composing = false;
  area.addEventListener('input', (event) => {
    if (!composing) onInput(event instanceof InputEvent ? event.inputType : '');
  });
  area.addEventListener('compositionstart', () => {
    composing = true;
  });
  area.addEventListener('compositionend', () => {
    composing = false;
    onInput('insertText');
  });
  for (const type of ['keyup', 'pointerup'] as const)
    area.addEventListener(type, () => {
      if (!composing) onCaret();
    });
}
