/** Writes Java literals within the limits of class files. */

import type { Json } from '../../providers/common/snippetRequest.ts';
import { linesOf, quote } from './literals.ts';

/** In UTF-16 units: a constant takes at most 65,535 bytes, three for most Chinese characters. */
const longestConstant = 16_000;
/** In arguments of one call, because a method's code is limited. */
const mostLines = 1000;

/** The code of a text; `indent` is that of its first line. */
export function javaText(text: string, indent: string): string {
  const lines = text.split('\n');
  if (lines.length === 1 && text.length <= longestConstant) return quote(text, 'java');
  const inner = `${indent}        `;
  const join = (separator: string, pieces: readonly string[]): string =>
    `String.join(${[separator, ...pieces].map((piece) => quote(piece, 'java')).join(`,\n${inner}`)})`;
  const short = lines.length <= mostLines && lines.every((line) => line.length <= longestConstant);
  if (short && text.length < 60) return quote(text, 'java');
  return short ? join('\n', lines) : join('', piecesOf(text));
}

/** Code of a value for a `Map<String, Object>`. */
export function javaValue(value: Json): string {
  if (typeof value === 'string') return javaText(value, '        ');
  if (typeof value === 'number') return Number.isInteger(value) ? javaInteger(value) : String(value);
  if (Array.isArray(value)) return `Arrays.asList(${value.map(javaValue).join(', ')})`;
  return String(value);
}

/** Code of a `double`. */
export function javaDouble(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Whether a number is an `int`. */
export function isJavaInteger(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

/** Whether a `float` holds the number so exactly that its text is the same. */
export function isJavaFloat(value: Json | undefined): value is number {
  return typeof value === 'number' && Number(value.toPrecision(6)) === value;
}

function javaInteger(value: number): string {
  return isJavaInteger(value) ? String(value) : `${value}L`;
}

/** Never splits a character. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const line of linesOf(text)) {
    for (const part of line.match(/.{1,8000}/gsu) ?? []) {
      if (piece.length + part.length > longestConstant) {
        pieces.push(piece);
        piece = '';
      }
      piece += part;
    }
  }
  return [...pieces, piece].filter((part) => part !== '');
}
