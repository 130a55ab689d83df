/** A file's name made of a title, of characters that every file system takes. */

import { stripHidden } from './hiddenText.ts';
import { trimTrailing } from './trimTrailing.ts';

/** In UTF-16 units; titles are shorter, names of imported files need not be. */
const longestName = 120;

/** Without an extension, and without blanks and dots at its ends; `qiao` for a title of which nothing is left. */
export function toFileName(title: string): string {
  // Much more than that can't be left of it.
  const read = title.slice(0, longestName * 16);
  const plain = stripHidden(read.replace(/[\p{Cc}\\/:*?"<>|…]+/gu, ' '))
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '');
  // The cut may go through a character.
  return trimTrailing(stripHidden(plain.slice(0, longestName)), '. ') || 'qiao';
}
