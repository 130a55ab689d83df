/** Finds, names, marks and removes invisible characters that can carry or reorder text. */

/** Scripts in which a joiner between two letters changes their shape. */
const joining = scripts(
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan',
);
/** Scripts without blanks between words, where a zero-width space marks a possible line break. */
const unspaced = scripts('Thai Lao Khmer Myanmar Tibetan');

/**
 * Default ignorable code points (Unicode, DerivedCoreProperties: tags, variation selectors, Hangul fillers, most of Cf),
 * the rest of Cf, unpaired surrogates, noncharacters, the blank Braille pattern, a notehead and a filler without a glyph,
 * line and paragraph separators, and control characters other than tab, line feed, form feed and carriage return.
 */
const hidden =
  '\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cs}\\p{Noncharacter_Code_Point}\\u2800\\u{1d159}\\u{16fe4}\\u2028\\u2029\\u0000-\\u0008\\u000b\\u000e-\\u001f\\u007f-\\u009f';

/** Legitimate uses: emoji, keycaps, flags, joined letters, word breaks, Braille drawings. */
const legitimate = [
  // The recommended region flags: England, Scotland, Wales. Other tags could spell words.
  ...['gbeng', 'gbsct', 'gbwls'].map((region) => `\\u{1f3f4}${asTags(region)}\\u{e007f}`),
  emojiPattern(),
  '[#*0-9]\\ufe0f\\u20e3',
  // These scripts contain hidden characters themselves; next to one of those nothing else is legitimate.
  `(?![${hidden}])\\p{Script=Mongolian}[\\u180b-\\u180f]`,
  `(?<=(?![${hidden}])[${joining}]\\p{M}?)[\\u200c\\u200d](?=[${joining}])(?![${hidden}])`,
  // A Persian suffix after a foreign word or a number; a final consonant in Bengali, Malayalam or Sinhala.
  `(?<=[\\p{L}\\p{N}])\\u200c(?=\\p{Script=Arabic})(?![${hidden}])`,
  `(?<=[\\u09cd\\u0d4d\\u0dca])\\u200d(?![${hidden}])`,
  `(?<=(?![${hidden}])[${unspaced}]\\p{M}?)\\u200b(?=[${unspaced}])`,
  '(?<=[\\u2801-\\u28ff])\\u2800{1,80}',
  '\\u2800{1,80}(?=[\\u2801-\\u28ff])',
].join('|');

/** An ideograph with a variation selector: a rare glyph, mostly in names. */
const variant = '\\p{Script=Han}[\\u{e0100}-\\u{e01ef}\\ufe00-\\ufe02]';
/** Per text. Each variant could carry a byte, so a text with more of them is not trusted. */
const mostVariants = 16;

const anyHidden = new RegExp(`[${hidden}]`, 'u');
const variants = new RegExp(variant, 'gu');
const scan = new RegExp(`(?:${legitimate}|${variant})|([${hidden}]+)`, 'gu');
const scanWithoutVariants = new RegExp(`(?:${legitimate})|([${hidden}]+)`, 'gu');

/** One run of hidden characters, in UTF-16 units of the text. */
export interface HiddenRun {
  readonly start: number;
  readonly end: number;
}

/** Part of a text that is completely hidden or completely visible. */
export interface TextPiece {
  readonly text: string;
  readonly hidden: boolean;
}

/** Kinds of hidden characters, from the most to the least dangerous. */
export const hiddenKinds = ['tags', 'direction', 'selectors', 'controls', 'blanks', 'zero-width'] as const;

export type HiddenKind = (typeof hiddenKinds)[number];

export interface HiddenSummary {
  /** In code points. */
  count: number;
  /** The kinds that occur, in the order of `hiddenKinds`. */
  kinds: readonly HiddenKind[];
  /** The tag characters as ASCII, which models read like letters. Empty without tags. */
  spelled: string;
  /** Whether there are enough of them to hold words for a model. A stray one, as in many files, is not enough. */
  carriesText: boolean;
}

/**
 * From these counts on, hidden characters may hold words. Of 42,000 text files in packages, 93 contain any and 7 reach these
 * counts: character set tables and lists of hostile strings. The shortest known encoding uses one character per letter,
 * the others eight.
 */
const carrying = { inARow: 8, together: 32 };

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

/** Replaces each run with a visible mark: `‹U+202E›`, `‹U+E0041…×92›`. */
export function markHidden(text: string): string {
  return replaceHidden(text, (run) => `‹${nameHidden(run)}›`);
}

/** The name of a run: its first code point, and the number of code points if there are several. */
export function nameHidden(run: string): string {
  const points = [...run];
  const name = `U+${(points[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return points.length === 1 ? name : `${name}…×${points.length}`;
}

/** Splits the text into non-empty hidden and visible pieces, which joined are the text again. */
export function splitHidden(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  const add = (piece: TextPiece): void => {
    if (piece.text !== '') pieces.push(piece);
  };
  for (const run of findHidden(text)) {
    add({ text: text.slice(end, run.start), hidden: false });
    add({ text: text.slice(run.start, run.end), hidden: true });
    end = run.end;
  }
  add({ text: text.slice(end), hidden: false });
  return pieces;
}

/** Summarizes the hidden characters of a text; `undefined` if there are none. */
export function summarizeHidden(text: string): HiddenSummary | undefined {
  let count = 0;
  let carriers = 0;
  let longest = 0;
  let spelled = '';
  const found = new Set<HiddenKind>();
  for (const { start, end } of findHidden(text)) {
    const points = Array.from(text.slice(start, end), (character) => character.codePointAt(0) ?? 0);
    count += points.length;
    longest = Math.max(longest, points.length);
    for (const codePoint of points) {
      const kind = kindOf(codePoint);
      found.add(kind);
      if (kind !== 'controls' && !ordinaryMarks.has(codePoint)) carriers++;
      if (codePoint >= 0xe0020 && codePoint <= 0xe007e) spelled += String.fromCodePoint(codePoint - 0xe0000);
    }
  }
  if (count === 0) return undefined;
  const carriesText = found.has('tags') || longest >= carrying.inARow || carriers >= carrying.together;
  return { count, kinds: hiddenKinds.filter((kind) => found.has(kind)), spelled, carriesText };
}

/** Soft hyphens and direction marks, which are common in some languages. */
const ordinaryMarks: ReadonlySet<number> = new Set([0x00ad, 0x061c, 0x200e, 0x200f]);

const ranges: readonly (readonly [kind: HiddenKind, first: number, last: number])[] = [
  ['tags', 0xe0000, 0xe007f],
  ['selectors', 0xe0100, 0xe01ef],
  ['selectors', 0xfe00, 0xfe0f],
  ['selectors', 0x180b, 0x180d],
  ['selectors', 0x180f, 0x180f],
  ['direction', 0x200e, 0x200f],
  ['direction', 0x202a, 0x202e],
  ['direction', 0x2066, 0x2069],
  ['direction', 0x061c, 0x061c],
  ['controls', 0, 0x1f],
  ['controls', 0x7f, 0x9f],
  ['blanks', 0x115f, 0x1160],
  ['blanks', 0x3164, 0x3164],
  ['blanks', 0xffa0, 0xffa0],
  ['blanks', 0x2800, 0x2800],
  ['blanks', 0x1d159, 0x1d159],
  ['blanks', 0x16fe4, 0x16fe4],
];

function kindOf(codePoint: number): HiddenKind {
  for (const [kind, first, last] of ranges) if (codePoint >= first && codePoint <= last) return kind;
  return 'zero-width';
}

function replaceHidden(text: string, replace: (run: string, start: number) => string): string {
  if (!anyHidden.test(text)) return text;
  const trustsVariants = (text.match(variants)?.length ?? 0) <= mostVariants;
  return text.replace(
    trustsVariants ? scan : scanWithoutVariants,
    (whole: string, run: string | undefined, start: number) =>
      run === undefined ? whole : replace(run, start),
  );
}

/** Pictographs with optional skin tone and presentation selector, joined by U+200D. */
function emojiPattern(): string {
  const one = '\\p{Extended_Pictographic}[\\u{1f3fb}-\\u{1f3ff}]?[\\ufe0e\\ufe0f]?';
  return `${one}(?:\\u200d${one})*`;
}

function scripts(names: string): string {
  return names
    .split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('');
}

function asTags(letters: string): string {
  return [...letters].map((letter) => `\\u{e00${letter.charCodeAt(0).toString(16)}}`).join('');
}
