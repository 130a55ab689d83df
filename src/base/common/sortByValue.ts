/** Sorts table rows by one column. */

const collator = new Intl.Collator(undefined, { numeric: true });

/**
 * A sorted copy: numbers by size, texts by the user's locale. Items without a value come last in both directions; equal
 * items keep their order.
 */
export function sortByValue<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | number | undefined,
  descending: boolean,
): Item[] {
  const direction = descending ? -1 : 1;
  return items
    .map((item) => ({ item, value: keyOf(item) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      const isNumeric = typeof a === 'number' && typeof b === 'number';
      return direction * (isNumeric ? a - b : collator.compare(String(a), String(b)));
    })
    .map(({ item }) => item);
}
