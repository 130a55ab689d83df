/** Gathers a text that comes in slices, however tiny, without an object for each of them. */

/** Slices that become one. */
const together = 1000;

export class SliceBuffer {
  #blocks: string[] = [];
  #slices: string[] = [];
  #length = 0;

  /** In UTF-16 units. */
  get length(): number {
    return this.#length;
  }

  add(slice: string): void {
    this.#length += slice.length;
    if (this.#slices.push(slice) < together) return;
    this.#blocks.push(this.#slices.join(''));
    this.#slices = [];
  }

  /** Returns what was gathered, and keeps it. */
  get text(): string {
    const text = this.take();
    this.add(text);
    return text;
  }

  /** Returns what was gathered and is empty then. */
  take(): string {
    const text = this.#blocks.join('') + this.#slices.join('');
    this.#blocks = [];
    this.#slices = [];
    this.#length = 0;
    return text;
  }
}
