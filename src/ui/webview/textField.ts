/** Creates search fields, and reports their text except during the composition of an input method. */

/** Calls back with the field's text after each change, and only once a composition has ended. */
export function onText(field: HTMLInputElement, callback: (text: string) => void): void {
  field.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) callback(field.value);
  });
  field.addEventListener('compositionend', () => callback(field.value));
}

/** The host takes no more, in UTF-16 units. */
const maxQuery = 1000;

export function createSearchField(className: string): HTMLInputElement {
  const field = document.createElement('input');
  field.className = `field ${className}`;
  // Not `search`: its own clear button would speak the browser's language.
  field.type = 'text';
  field.autocomplete = 'off';
  field.spellcheck = false;
  field.dir = 'auto';
  field.maxLength = maxQuery;
  return field;
}
