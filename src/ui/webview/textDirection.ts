/** Computes the direction of a text field; `dir="auto"` takes seconds for a megabyte of text. */

const firstLetter = /\p{L}/u;
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** In UTF-16 units: more than this without a letter has no direction. */
const searched = 1000;

/** By the first letter, as `dir="auto"` does it. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = firstLetter.exec(text.slice(0, searched))?.[0] ?? '';
  return rightToLeft.test(letter) ? 'rtl' : 'ltr';
}
