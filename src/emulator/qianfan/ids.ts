/** Ids in Baidu's form. */

import { randomInt } from 'node:crypto';

/** E.g. `as-2m3nh3th6b`. */
export function createAsId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return `as-${Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('')}`;
}
