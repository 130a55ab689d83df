/** The library alone, which keeps an object for each name and each path: names first, then paths. */

import { go, snapshot } from 'fuzzysort';

/** Returns a search for the best 50. */
export function createPeer(paths: readonly string[]): (query: string) => unknown[] {
  const names = snapshot([...new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))]);
  const whole = snapshot([...paths]);
  const search = (query: string, from: typeof names): unknown[] => [
    ...go(query, from, { limit: 50, threshold: 0 }),
  ];
  // The library prepares at the first search.
  search('e', names);
  search('e', whole);
  return (query) => {
    const found = query.includes('/') ? [] : search(query, names);
    return found.length < 50 ? [...found, ...search(query, whole)] : found;
  };
}
