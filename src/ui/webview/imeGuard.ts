/** Tells whether a key belongs to an input method, whose Enter must never send. */

export interface ImeGuard {
  readonly composing: boolean;
  /** Whether this key goes to the input method, or ended its composition. */
  owns(event: KeyboardEvent): boolean;
}

/** An Enter this soon after a composition, in milliseconds, with no key released since, is the one that ended it. */
const sameKey = 30;

/** Watches `element` for compositions. */
export function createImeGuard(element: HTMLElement): ImeGuard {
  let composing = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  element.addEventListener('compositionstart', () => {
    composing = true;
  });
  element.addEventListener('compositionend', (event) => {
    composing = false;
    endedAt = event.timeStamp;
  });
  element.addEventListener('keyup', (event) => {
    if (!event.isComposing) endedAt = Number.NEGATIVE_INFINITY;
  });
  return {
    get composing() {
      return composing;
    },
    // Some engines end the composition before they report the key that ended it, with or without the code 229.
    owns: (event) =>
      event.isComposing || composing || event.keyCode === 229 || event.timeStamp - endedAt < sameKey,
  };
}
