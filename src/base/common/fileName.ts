/** Turns a title into a file name that is valid on every file system. */

import { stripHidden } from './hiddenText.ts';
import { trimTrailing } from './trimTrailing.ts';

/** In UTF-16 units. Titles are shorter, names of imported files may not be. */
const longestName = 120;

/** The name without extension and without blanks and dots at its ends; `qiao` if nothing is left. */
export function toFileName(title: string): string {
  // Limits the work for very long titles.
  const read = title.slice(0, longestName * 16);
  const plain = stripHidden(read.replace(/[\p{Cc}\\/:*?"<>|…]+/gu, ' '))
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  // The cut may split a surrogate pair.
  return trimTrailing(stripHidden(plain.slice(0, longestName)), '. ') || 'qiao';
}
