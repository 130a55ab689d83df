/** Tells from packed text, without fuzzysort's objects, the most that fuzzysort can score it, so that few need scoring. */

/** What `marksOf` sets beside a bit for each kind of character. */
export const hasBlank = 1 << 27;
export const hasChinese = 1 << 28;

/** A query in fuzzysort's form: without case and accents, split at blanks. */
export interface Pattern {
  /** Codes of the characters of each part; 0 stands for any character. */
  parts: readonly Uint16Array[];
  /** The marks that a text must have. */
  marks: number;
}

/** One bit for each letter, one for digits, one for the rest of ASCII and one for other characters. */
const allKinds = 0x7ffffff | (1 << 30) | (1 << 31);

/** The codes of a text's characters without case and accents, filled by `load`. 0: may be any character. */
let units = new Uint16Array(4096);
/** 1 where fuzzysort takes a word to begin, and perhaps at other places. */
let begins = new Uint8Array(4096);
/** Whether `begins` is only an upper limit. */
let isLoose = false;

/** Characters that fuzzysort replaces by a table of its own, and the one whose small form depends on its place. */
const special = new Set('\\"`‘’‚‛“”„‟«»‹›‐–—−⁄∕…øØłŁđĐðÐıħĦŧŦΣ');

/** By code unit, computed when needed: without case and accents, or 0; `unknown` before. */
const unknown = 0xffff;
const folded = new Uint16Array(0x10000).fill(unknown);

/** By code unit of ASCII: 0 neither letter nor digit, 1 small letter or digit, 2 capital. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) =>
  code >= 65 && code <= 90 ? 2 : (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? 1 : 0,
);

function foldOf(code: number): number {
  const known = folded[code] ?? unknown;
  if (known !== unknown) return known;
  const character = String.fromCharCode(code);
  const plain = character.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  const lower = (plain.length === 1 ? plain : character).toLowerCase();
  const isSure = !special.has(character) && lower.length === 1 && (code & 0xf800) !== 0xd800;
  folded[code] = isSure ? lower.charCodeAt(0) : 0;
  return folded[code];
}

const asciiFolds = Uint8Array.from({ length: 128 }, (_, code) => foldOf(code));

/** Which kinds of characters are in the text; never 0. */
export function marksOf(text: string): number {
  let marks = 0;
  for (let at = 0; at < text.length; at++) marks |= markOf(foldOf(text.charCodeAt(at)));
  if (/\p{Script=Han}/u.test(text)) marks |= hasChinese;
  return marks >>> 0 || 1 << 30;
}

function markOf(code: number): number {
  if (code === 0) return allKinds;
  if (code === 32) return hasBlank;
  if (code >= 97 && code <= 122) return 1 << (code - 97);
  if (code >= 48 && code <= 57) return 1 << 26;
  return code < 128 ? 1 << 30 : 1 << 31;
}

/** `undefined` when there is nothing to find. */
export function toPattern(query: string): Pattern | undefined {
  const texts = [...new Set(query.trim().split(/\s+/))].filter((text) => text !== '');
  if (texts.length === 0) return undefined;
  const parts = texts.map((text) =>
    Uint16Array.from({ length: text.length }, (_, at) => foldOf(text.charCodeAt(at))),
  );
  let marks = 0;
  for (const code of parts.flatMap((part) => [...part])) if (code !== 0) marks |= markOf(code);
  return { parts, marks: marks >>> 0 };
}

/**
 * At least fuzzysort's own score (0 or less; see `toScore`) of the text in `bytes` from `from` to `to`; -Infinity when
 * it does not match.
 */
export function boundOf({ parts }: Pattern, bytes: Uint8Array, from: number, to: number): number {
  for (const part of parts) if (!mayMatch(part, bytes, from, to)) return Number.NEGATIVE_INFINITY;
  const length = load(bytes, from, to);
  const [only] = parts;
  if (only && parts.length === 1) return boundOfPart(only, length, isLoose);
  let sum = 0;
  for (const part of parts) sum += boundOfPart(part, length, true);
  // A text with blanks may be matched as a whole instead.
  return sum > Number.NEGATIVE_INFINITY && units.subarray(0, length).includes(32) ? 0 : sum / parts.length;
}

/** The length in code units above which no text reaches fuzzysort's own score `least`, whatever it contains. */
export function longestFor({ parts }: Pattern, least: number): number {
  const [only] = parts;
  if (!only || parts.length > 1) return longestText;
  const bonus = (1 + only.length ** 2) ** 2;
  const reaches = (length: number): boolean => {
    const penalty = (length - only.length) / 2;
    return atEnd(-penalty / bonus - penalty) >= least;
  };
  let [shorter, longer] = [only.length, longestText];
  while (longer - shorter > 1) {
    const middle = (shorter + longer) >> 1;
    if (reaches(middle)) shorter = middle;
    else longer = middle;
  }
  return reaches(longer) ? longer : shorter;
}

/** No path is longer. */
const longestText = 1 << 20;

/** The score between 0 and 1 that fuzzysort shows for its own. */
export function toScore(own: number): number {
  return Math.E ** (((1 - own) ** 0.04307 - 1) * -2);
}

/** The reverse of `toScore`. */
export function toOwnScore(score: number): number {
  return score <= 0 ? Number.NEGATIVE_INFINITY : 1 - (1 - Math.log(score) / 2) ** (1 / 0.04307);
}

/** Whether the codes come in this order, or the text is more than ASCII; a quick test before the text is loaded. */
function mayMatch(codes: Uint16Array, bytes: Uint8Array, from: number, to: number): boolean {
  let next = 0;
  let code = codes[0];
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) return true;
    const fold = asciiFolds[byte];
    if (fold !== code && fold !== 0 && code !== 0) continue;
    if (++next === codes.length) return true;
    code = codes[next];
  }
  return false;
}

/** Returns the number of code units. */
function load(bytes: Uint8Array, from: number, to: number): number {
  if (units.length < to - from) {
    units = new Uint16Array(to - from);
    begins = new Uint8Array(to - from);
  }
  isLoose = false;
  let length = 0;
  let before = 0;
  for (let at = from; at < to; at++) {
    let code = bytes[at] ?? 0;
    let kind = 0;
    if (code < 0x80) kind = kinds[code] ?? 0;
    else {
      isLoose = true;
      if (code < 0xe0) code = ((code & 0x1f) << 6) | rest(bytes, ++at);
      else if (code < 0xf0) code = ((code & 0x0f) << 12) | (rest(bytes, ++at) << 6) | rest(bytes, ++at);
      else {
        at += 3;
        code = 0xd800;
        units[length] = 0;
        begins[length++] = 1;
      }
    }
    units[length] = folded[code] === unknown ? foldOf(code) : (folded[code] ?? 0);
    begins[length++] = kind === 0 || before === 0 || (kind === 2 && before === 1) ? 1 : 0;
    before = kind;
  }
  return length;
}

function rest(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) & 0x3f;
}

/** Follows `calculateScore` of fuzzysort 4. `isLoose`: any character may begin a word. */
function boundOfPart(codes: Uint16Array, length: number, isLoose: boolean): number {
  const first = findInOrder(codes, length);
  if (first === -1) return Number.NEGATIVE_INFINITY;
  const size = codes.length;
  /** The first places of the first character at the begin of a word, of the whole part, and of both. */
  let begin = -1;
  let whole = -1;
  let wholeAtBegin = -1;
  for (let at = first; at < length && wholeAtBegin === -1; at++) {
    if (!isSame(units[at], codes[0])) continue;
    const isBegin = isLoose || begins[at] === 1;
    if (isBegin && begin === -1) begin = at;
    if (size === 1 || !(isBegin || whole === -1) || !startsAt(codes, at, length)) continue;
    if (whole === -1) whole = at;
    if (isBegin) wholeAtBegin = at;
  }
  const penalty = (length - size) / 2;
  const bonus = whole === -1 ? 1 : 1 + size * size;
  const gap = size === 1 ? 0 : 15;
  let best = Number.NEGATIVE_INFINITY;
  if (wholeAtBegin !== -1) {
    const score = (-0.2 * wholeAtBegin ** 2 - penalty) / bonus ** 2 - penalty;
    const end = wholeAtBegin + size;
    best = isLoose || end === length || begins[end] === 1 ? atEnd(score) : score;
    if (!isLoose) return best;
  }
  if (begin !== -1) {
    const apart = size === 1 ? 0 : gap + begin;
    best = Math.max(best, (-apart - 0.2 * begin ** 2 - penalty) / bonus - penalty);
  }
  const scattered = whole === -1 ? (size === 1 ? 0 : gap + first) + 0.2 * first ** 2 : 0.2 * whole ** 2;
  const score = (-1000 * scattered - penalty) / bonus - penalty;
  return Math.max(best, whole === -1 ? score : atEnd(score));
}

/** What fuzzysort adds when the match ends with a word. */
function atEnd(score: number): number {
  return score + Math.min(4, -score / 2);
}

/** The place of the first character when all come in this order; else -1. */
function findInOrder(codes: Uint16Array, length: number): number {
  let first = -1;
  let next = 0;
  for (let at = 0; at < length; at++) {
    if (!isSame(units[at], codes[next])) continue;
    if (next === 0) first = at;
    if (++next === codes.length) return first;
  }
  return -1;
}

function startsAt(codes: Uint16Array, at: number, length: number): boolean {
  if (at + codes.length > length) return false;
  for (let index = 1; index < codes.length; index++)
    if (!isSame(units[at + index], codes[index])) return false;
  return true;
}

function isSame(one: number | undefined, other: number | undefined): boolean {
  return one === other || one === 0 || other === 0;
}
