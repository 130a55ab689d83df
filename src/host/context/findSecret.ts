/** Finds a secret in text that is about to travel. */

import { type SecretShape, secretShapes } from './secretShapes.ts';

/**
 * The kind of the first secret of any shape, such as `AWS access key`; never the secret itself. `undefined` when the text
 * looks harmless. Linear in the text; some milliseconds for 1 MB.
 */
export function findSecret(text: string): string | undefined {
  const lower = text.toLowerCase();
  return secretShapes.find((shape) => shape.hints.some((hint) => lower.includes(hint)) && holds(text, shape))
    ?.what;
}

function holds(text: string, { pattern, entropy }: SecretShape): boolean {
  for (const match of text.matchAll(pattern)) {
    const value = match[1] ?? match[0];
    if (isPlaceholder(value)) continue;
    if (entropy === undefined || (entropyOf(value) >= entropy && /\d/.test(value))) return true;
  }
  return false;
}

/** What documentation and templates put in a secret's place. */
function isPlaceholder(value: string): boolean {
  if (/x{6}|\*{3}|\.{3}|\$\{|\{\{|<[^>]{0,40}>|^\$|^%|1234567890|0123456789|(.)\1{7}/i.test(value))
    return true;
  return /example|placeholder|changeme|change_me|dummy|redacted|your[-_]|insert[-_]|process\.env|^(?:password|passwd|secret|pass)$/i.test(
    value,
  );
}

/** Shannon's, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
