/** Collects text from slices, however small, without an object for each. */

/** Slices joined into one block. */
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

  /** The collected text, which is kept. */
  get text(): string {
    const text = this.take();
    this.add(text);
    return text;
  }

  /** Returns the collected text and empties the buffer. */
  take(): string {
    const text = this.#blocks.join('') + this.#slices.join('');
    this.#blocks = [];
    this.#slices = [];
    this.#length = 0;
    return text;
  }
}
