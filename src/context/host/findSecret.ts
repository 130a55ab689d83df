/** Finds a secret in text that is about to travel. */

import { type SecretShape, secretShapes } from './secretShapes.ts';
import { hexadecimalShapes, type TokenShape, tokenShapes } from './tokenShapes.ts';

/**
 * The kind of the first secret of any shape, such as `AWS access key`; never the secret itself. `undefined` when the text
 * looks harmless. Linear in the text; some milliseconds for 1 MB.
 */
export function findSecret(text: string): string | undefined {
  return findToken(text, prefixed) ?? findToken(text, hexadecimal) ?? findNamed(text);
}

/** One pattern for all shapes, with a group for each: a search for each would take as long once more. */
interface Tokens {
  shapes: readonly TokenShape[];
  pattern: RegExp;
}

const prefixed = joinShapes(tokenShapes);
const hexadecimal = joinShapes(hexadecimalShapes);

function joinShapes(shapes: readonly TokenShape[]): Tokens {
  const sources = shapes.map(({ source }) => `(${source})`).join('|');
  // After the letter of an escape, as in `"\nsk-…"`, a word begins as well.
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

/** A short hint is found at once or hardly slows the search down. */
const longHint = 5;
const longHints = [...new Set(secretShapes.flatMap(({ hints }) => hints))]
  .filter((hint) => hint.length >= longHint)
  .sort((one, other) => other.length - one.length);
/** Looks at each place, not only behind the last match: hints may overlap. */
const anyLongHint = new RegExp(`(?=(${longHints.map(escapeLetters).join('|')}))`, 'g');

/** Which hints stand in the text: the long ones, which most texts do not hold, are looked for together. */
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

/** What documentation and templates put in a secret's place. */
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

/** Hexadecimal digits have few bits each, at most 4; chance has it that a key of 32 has little more than 3. */
const hexadecimalEntropy = 3;

/** Words that are no part of a random value. */
const invented = /(?:^|[-_./])(?:demo|test|fake|mock|sample|foo|bar|secret)(?:[-_./]|$)/i;

function isRandom(value: string, entropy: number): boolean {
  if (invented.test(value)) return false;
  const least = /^[a-f0-9-]+$/i.test(value) ? Math.min(entropy, hexadecimalEntropy) : entropy;
  return /\d/.test(value) && entropyOf(value) >= least;
}

/** Shannon's, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a person may have chosen it as a password. `least`: of small letters, capitals, digits and signs. */
function isChosen(text: string, least: number): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((kind) => kind.test(text)).length;
  return kinds >= least && /\d/.test(text);
}
