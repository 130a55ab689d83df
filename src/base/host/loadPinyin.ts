/** Loads the search by pinyin, the largest library of the extension, only where it can find something. */

import type { Finder } from './pinyin.ts';

/** Characters that are typed as pinyin. */
export const chinese = /\p{Script=Han}/u;

/** `undefined` unless the query can be pinyin and one of the texts is Chinese. */
export async function loadPinyinFinder(query: string, texts: Iterable<string>): Promise<Finder | undefined> {
  if (!/^[a-z][a-z\d]+$/i.test(query)) return undefined;
  for (const text of texts)
    if (chinese.test(text)) return (await import('./pinyin.ts')).createPinyinFinder(query);
  return undefined;
}
