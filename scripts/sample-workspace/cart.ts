// A shopping cart. Select a function and ask Qiao what it does, or to make it better.

export interface Item {
  name: string;
  price: number;
  quantity: number;
}

/** The sum to pay, in the currency's smallest unit. */
export function total(items: Item[], discountPercent = 0): number {
  let sum = 0;
  for (const item of items) {
    sum += item.price * item.quantity;
  }
  return Math.round(sum * (1 - discountPercent / 100));
}

/** The dearest item, or nothing when the cart is empty. */
export function dearest(items: Item[]): Item | undefined {
  return items.reduce<Item | undefined>(
    (best, item) => (best && best.price >= item.price ? best : item),
    undefined,
  );
}
