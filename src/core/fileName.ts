/** Makes a title a file's name. */

import { trimTrailing } from './trimTrailing.ts';

/** The title in characters that every file system takes, without blanks and dots at its ends; `qiao` when nothing is left. */
export function toFileName(title: string): string {
  const plain = title.replace(/[\p{Cc}\\/:*?"<>|…]+/gu, ' ').replace(/\s+/g, ' ');
  return trimTrailing(plain.replace(/^[. ]+/, ''), '. ') || 'qiao';
}
