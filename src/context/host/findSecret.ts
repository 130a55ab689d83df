/** Finds secrets in text before it is sent. */

import { type SecretShape, secretShapes } from './secretShapes.ts';
import { hexadecimalShapes, type TokenShape, tokenShapes } from './tokenShapes.ts';

/**
 * The kind of the first secret of any shape, such as `AWS access key`; never the secret itself. `undefined` when the text
 * looks harmless. Linear in the text; some milliseconds for 1 MB.
 */
export function findSecret(text: string): string | undefined {
  return findToken(text, prefixed) ?? findToken(text, hexadecimal) ?? findNamed(text);
}

/** One pattern with a group for each shape, as a search for each shape would be much slower. */
interface Tokens {
  shapes: readonly TokenShape[];
  pattern: RegExp;
}

const prefixed = joinShapes(tokenShapes);
const hexadecimal = joinShapes(hexadecimalShapes);

function joinShapes(shapes: readonly TokenShape[]): Tokens {
  const sources = shapes.map(({ source }) => `(${source})`).join('|');
  // A word may also begin after an escape, as in `"\nsk-…"`.
  return { shapes, pattern: new RegExp(`(?<=^|[^A-Za-z0-9_-]|\\\\[nrt])(?:${sources})`, 'g') };
}

function findToken(text: string, { shapes, pattern }: Tokens): string | undefined {
  for (const [, ...groups] of text.matchAll(pattern)) {
    const at = groups.findIndex((group) => group !== undefined);
    const shape = shapes[at];
    const value = groups[at] ?? '';
    if (shape && !isPlaceholder(value) && (shape.entropy === undefined || isRandom(value, shape.entropy)))
      return shape.what;
  }
  return undefined;
}

function findNamed(text: string): string | undefined {
  const hasHint = findHints(text);
  return secretShapes.find((shape) => shape.hints.some(hasHint) && holds(text, shape))?.what;
}

/** Shorter hints are searched one by one. */
const longHint = 5;
const longHints = [...new Set(secretShapes.flatMap(({ hints }) => hints))]
  .filter((hint) => hint.length >= longHint)
  .sort((one, other) => other.length - one.length);
/** A lookahead, as hints may overlap. */
const anyLongHint = new RegExp(`(?=(${longHints.map(escapeLetters).join('|')}))`, 'g');

/** Tells which hints the text contains; searches the long ones, which are rare, in one pass. */
function findHints(text: string): (hint: string) => boolean {
  const lower = text.toLowerCase();
  const found = new Set(Array.from(lower.matchAll(anyLongHint), ([, hint = '']) => hint));
  const isFound = (hint: string): boolean => [...found].some((other) => other.startsWith(hint));
  return (hint) => (hint.length < longHint ? lower.includes(hint) : isFound(hint));
}

function escapeLetters(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function holds(text: string, { pattern, entropy, letterKinds }: SecretShape): boolean {
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? match[0];
    if (isPlaceholder(value)) continue;
    if (letterKinds !== undefined && !isChosen(value, letterKinds)) continue;
    if (entropy === undefined || isRandom(value, entropy)) return true;
  }
  return false;
}

/** Whether the value is one that documentation and templates use in place of a secret. */
function isPlaceholder(value: string): boolean {
  if (
    /x{6}|\*{3}|\.{3}|\$[{(]|\{\{|<[^>]{0,40}>|^\$|^%|1234567890|0123456789|9876543210|abcdefgh|(.)\1{7}/i.test(
      value,
    )
  )
    return true;
  return /example|placeholder|changeme|change_me|dummy|redacted|your[-_]|insert[-_]|process\.env|^(?:password|passwd|secret|pass)$/i.test(
    value,
  );
}

/** Lower limit for hexadecimal values: a digit has at most 4 bits, and a random key of 32 digits may have little more than 3. */
const hexadecimalEntropy = 3;

/** Words that do not occur in random values. */
const invented = /(?:^|[-_./])(?:demo|test|fake|mock|sample|foo|bar|secret)(?:[-_./]|$)/i;

function isRandom(value: string, entropy: number): boolean {
  if (invented.test(value)) return false;
  const least = /^[a-f0-9-]+$/i.test(value) ? Math.min(entropy, hexadecimalEntropy) : entropy;
  return /\d/.test(value) && entropyOf(value) >= least;
}

/** Shannon entropy in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether it may be a chosen password: contains a digit, and `least` of small letters, capitals, digits and signs. */
function isChosen(text: string, least: number): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(text)).length;
  return kinds >= least && /\d/.test(text);
}
