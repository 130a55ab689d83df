/** Disposes several objects together, the newest first. */

/** An object that a store can dispose. `dispose` may return a promise. */
export interface Disposable {
  dispose?(): unknown;
}

/** Owns the added items and disposes them when it is disposed. */
export class DisposableStore {
  readonly #items: Disposable[] = [];

  /** Adds the item and returns it. */
  add<Item extends Disposable>(item: Item): Item {
    this.#items.push(item);
    return item;
  }

  /**
   * Disposes each item once, the newest first, and awaits each before the next. If items fail, the others are still
   * disposed; then the promise rejects with the error, or with an `AggregateError` of several.
   */
  async dispose(): Promise<void> {
    const errors: unknown[] = [];
    for (let item = this.#items.pop(); item; item = this.#items.pop()) {
      try {
        await item.dispose?.();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('; '));
    if (errors.length === 1) throw errors[0];
  }
}

/** Calls `create` with a new store. If `create` fails, disposes the store, then rejects with the error of `create`. */
export async function withDisposables<Value>(
  create: (store: DisposableStore) => Promise<Value>,
): Promise<Value> {
  const store = new DisposableStore();
  try {
    return await create(store);
  } catch (error) {
    await store.dispose().catch(() => undefined);
    throw error;
  }
}
