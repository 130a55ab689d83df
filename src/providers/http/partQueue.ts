/** Queue between a socket's data handler and a `for await` loop; merges waiting deltas of the same type. */

import type { FinishPart, StreamPart } from '../../llm/chatModel.ts';

export class PartQueue implements AsyncIterableIterator<StreamPart> {
  #parts: StreamPart[] = [];
  #next = 0;
  #backlog = 0;
  #ended = false;
  #error: unknown;
  #waiting: { resolve(result: IteratorResult<StreamPart>): void; reject(error: unknown): void } | undefined;
  #started = false;
  #finish: FinishPart | undefined;
  readonly #onLeave: () => void;
  /** Called when the queue becomes empty, so that a paused producer resumes. */
  onDrain: (() => void) | undefined;
  /** Called with the `finish` part, which may come from a timer rather than the socket. */
  onFinish: (() => void) | undefined;

  /** `onLeave` is called when the consumer leaves the loop before the answer is finished. */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  /** Size of the waiting parts in UTF-16 units, plus a constant for each. */
  get backlog(): number {
    return this.#backlog;
  }

  /** A part has been pushed, and may have been consumed. */
  get started(): boolean {
    return this.#started;
  }

  /** Once it has been pushed; later parts are ignored. */
  get finish(): FinishPart | undefined {
    return this.#finish;
  }

  push(part: StreamPart): void {
    if (this.#ended || this.#finish) return;
    this.#started = true;
    if (part.type === 'finish') this.#finish = part;
    if (this.#waiting) {
      const { resolve } = this.#waiting;
      this.#waiting = undefined;
      resolve({ value: part, done: false });
    } else {
      this.#keep(part);
    }
    if (this.#finish) this.onFinish?.();
  }

  /** Ends the queue. Parts pushed before are still delivered; then the loop ends, or throws `error`. */
  end(error?: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    if (this.#waiting) {
      const { resolve, reject } = this.#waiting;
      this.#waiting = undefined;
      if (error === undefined) resolve({ value: undefined, done: true });
      else reject(this.#takeError());
    }
  }

  next(): Promise<IteratorResult<StreamPart>> {
    const part = this.#parts[this.#next];
    if (part) {
      this.#next++;
      if (this.#next === this.#parts.length) {
        this.#parts = [];
        this.#next = 0;
        this.#backlog = 0;
        this.onDrain?.();
      }
      return Promise.resolve({ value: part, done: false });
    }
    // Wait after `finish`, too: the loop ends after the exchange and its observer's `end`.
    if (!this.#ended) {
      return new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
    }
    return this.#error === undefined
      ? Promise.resolve({ value: undefined, done: true })
      : Promise.reject(this.#takeError());
  }

  return(): Promise<IteratorResult<StreamPart>> {
    this.#ended = true;
    this.#error = undefined;
    this.#parts = [];
    this.#next = 0;
    this.#waiting?.resolve({ value: undefined, done: true });
    this.#waiting = undefined;
    if (!this.#finish) this.#onLeave();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #keep(part: StreamPart): void {
    this.#backlog += sizeOf(part);
    const last = this.#parts.at(-1);
    const isText = part.type === 'text-delta' || part.type === 'reasoning-delta';
    if (isText && last?.type === part.type) {
      this.#parts[this.#parts.length - 1] = { type: part.type, text: last.text + part.text };
    } else {
      this.#parts.push(part);
    }
  }

  #takeError(): unknown {
    const error = this.#error;
    this.#error = undefined;
    return error;
  }
}

function sizeOf(part: StreamPart): number {
  return 16 + ('text' in part ? part.text.length : 0);
}
