/** Writes any text as a string literal: it reads back as the same text, and hidden characters are escaped. */

import { splitHidden } from '../../base/common/hiddenText.ts';

/** How a language escapes characters. */
interface Notation {
  /** One-letter escapes, except for the backslash and the double quote. */
  short: Readonly<Record<string, string>>;
  /** Any other code point; a lone surrogate is one too. */
  numeric(codePoint: number): string;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** By UTF-16 units, as in JSON, JavaScript and Java. */
const byUnits = (codePoint: number): string =>
  Array.from({ length: codePoint > 0xffff ? 2 : 1 }, (_, index) => {
    const unit = String.fromCodePoint(codePoint).charCodeAt(index);
    return `\\u${hex(unit, 4)}`;
  }).join('');

/** By code points, as in Python and Go. */
const byCodePoint = (codePoint: number): string =>
  codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`;

const common = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const notations = {
  json: { short: { ...common, '\b': '\\b', '\f': '\\f' }, numeric: byUnits },
  java: { short: common, numeric: byUnits },
  python: { short: common, numeric: byCodePoint },
  // Go's strings are UTF-8, which has no lone surrogates; its JSON encoder writes the same replacement character.
  go: {
    short: common,
    numeric: (codePoint: number) => byCodePoint(isSurrogate(codePoint) ? 0xfffd : codePoint),
  },
} satisfies Record<string, Notation>;

/** In double quotes; `json` is JavaScript's form too. */
export function quote(text: string, notation: keyof typeof notations): string {
  const { short, numeric }: Notation = notations[notation];
  const toEscape = (character: string): string => {
    if (character === '"' || character === '\\') return `\\${character}`;
    return short[character] ?? numeric(character.codePointAt(0) ?? 0);
  };
  const escaped = splitHidden(text).map((piece) =>
    piece.hidden ? Array.from(piece.text, toEscape).join('') : piece.text.replace(special, toEscape),
  );
  return `"${escaped.join('')}"`;
}

/** Quotes a text without NUL as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The lines of a text, each with its line feed. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]+\n?|\n/g) ?? [''];
}

function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

/**
 * Quotes, backslashes, controls, and blanks except the space and the ideographic space. `quote` escapes hidden
 * characters as well, so that a reader sees what the snippet sends.
 */
const special = /["\\]|(?![ \u3000])[\p{Cc}\p{Z}]/gu;
