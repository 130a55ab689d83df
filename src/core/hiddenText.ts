/** Characters that a reader does not see, but that carry or reorder text: found, shown as marks, or removed. */

/** Scripts in which a joiner between two letters changes how they look. */
const joiningScripts =
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Tibetan'
    .split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('');

/**
 * Default ignorable code points (Unicode, DerivedCoreProperties: tags, variation selectors, Hangul fillers, most of Cf),
 * the rest of Cf, unpaired surrogates, the blank Braille pattern, and control characters other than tab, line feed,
 * form feed and carriage return.
 */
const hidden =
  '\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\u2800\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f';

/** Where such characters belong: emoji sequences, keycaps, flags of regions, variants of ideographs, joined letters. */
const legitimate = [
  '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}',
  emojiPattern(),
  '[#*0-9]\\ufe0f\\u20e3',
  '\\p{Script=Han}[\\u{e0100}-\\u{e01ef}\\ufe00-\\ufe02]',
  // These scripts have hidden characters of their own: beside one of those, nothing else is legitimate.
  `(?![${hidden}])\\p{Script=Mongolian}[\\u180b-\\u180d\\u180f]`,
  `(?<=[${joiningScripts}]\\p{M}?)[\\u200c\\u200d](?=[${joiningScripts}])(?![${hidden}])`,
].join('|');

const anyHidden = new RegExp(`[${hidden}]`, 'u');
const scan = new RegExp(`(?:${legitimate})|([${hidden}]+)`, 'gu');

/** One run of hidden characters, in UTF-16 units of the text. */
export interface HiddenRun {
  readonly start: number;
  readonly end: number;
}

/** All runs in order; linear in the text. */
export function findHidden(text: string): HiddenRun[] {
  const runs: HiddenRun[] = [];
  replaceHidden(text, (run, start) => {
    runs.push({ start, end: start + run.length });
    return run;
  });
  return runs;
}

export function hasHidden(text: string): boolean {
  return findHidden(text).length > 0;
}

/** The text without hidden characters. */
export function stripHidden(text: string): string {
  return replaceHidden(text, () => '');
}

/** The text with a visible mark in the place of each run: `‹U+202E›`, `‹U+E0041…×92›`. */
export function markHidden(text: string): string {
  return replaceHidden(text, (run) => {
    const points = [...run];
    const name = `U+${(points[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return points.length === 1 ? `‹${name}›` : `‹${name}…×${points.length}›`;
  });
}

function replaceHidden(text: string, replace: (run: string, start: number) => string): string {
  if (!anyHidden.test(text)) return text;
  return text.replace(scan, (whole: string, run: string | undefined, start: number) =>
    run === undefined ? whole : replace(run, start),
  );
}

/** Pictographs, each with its skin tone and presentation, joined by U+200D. */
function emojiPattern(): string {
  const one = '\\p{Extended_Pictographic}[\\u{1f3fb}-\\u{1f3ff}]?[\\ufe0e\\ufe0f]?';
  return `${one}(?:\\u200d${one})*`;
}
