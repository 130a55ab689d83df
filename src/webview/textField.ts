/** What is typed into a field that reacts while typing: never the half-finished text of an input method. */

/** Calls back with the field's text after each change, and only once a composition has ended. */
export function onText(field: HTMLInputElement, callback: (text: string) => void): void {
  field.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) callback(field.value);
  });
  field.addEventListener('compositionend', () => callback(field.value));
}
