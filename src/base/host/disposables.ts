/** Lifetimes that end together: what was created last is disposed first. */

/** What a store can end. `dispose` may return a promise. */
export interface Disposable {
  dispose?(): unknown;
}

/** Owns what is added to it, until it is disposed itself. */
export class DisposableStore {
  readonly #items: Disposable[] = [];

  /** Adds at the end, and returns the same object. */
  add<Item extends Disposable>(item: Item): Item {
    this.#items.push(item);
    return item;
  }

  /**
   * Disposes everything once, the newest item first, and waits for each before the next one. An item that fails does not
   * stop the others; the promise rejects at the end, with the error, or with an `AggregateError` of several.
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
