/** Takes secrets out of a text that comes in slices, however it is cut and however they are spelt. */

import { hiddenText } from '../../llm/exchangeObserver.ts';
import type { SecretSet, Thread } from './secretSet.ts';

interface Mark {
  start: number;
  end: number;
}

/**
 * What comes out, joined, depends on the text and the pauses alone, not on its slices: every spelling of a secret is part
 * of some `***`, and everything else is as it was. Only an end that may be the beginning of a secret waits.
 */
export class SecretFilter {
  readonly #secrets: SecretSet;
  readonly #mask: string;
  #waiting = '';
  /** Offset of what waits; offsets count UTF-16 units from the beginning of the text. */
  #told = 0;
  #threads: Thread[] = [];
  /** Found in what waits, in order and apart. */
  #marks: Mark[] = [];
  #lastMarkEnd = -1;

  constructor(secrets: SecretSet, mask = hiddenText) {
    this.#secrets = secrets;
    this.#mask = mask;
  }

  /** Returns what can be told by now. */
  feed(text: string): string {
    if (this.#secrets.empty || text === '') return text;
    const offset = this.#end;
    for (let at = 0; at < text.length; at++) this.step(text, at, offset);
    this.#waiting += text;
    return this.#release();
  }

  /**
   * Returns what waited, because something else comes between. What follows may still go on with the secret; so much of
   * its beginning as tells it is hidden.
   */
  pause(): string {
    const paused = this.#threads;
    this.markBeginnings(paused, this.#end);
    this.#threads = [];
    const text = this.#release();
    this.resume(paused, this.#told);
    return text;
  }

  /** Lets what the other has read of a secret go on here: it may be cut where one text stops and another begins. */
  continueFrom(other: SecretFilter): void {
    this.resume(other.#threads, this.#end);
  }

  /** Something waits, and it is too little to tell a secret. */
  get holdsLittle(): boolean {
    return this.#waiting !== '' && !this.#threads.some((thread) => this.#tells(thread));
  }

  /** Returns what waited. The filter can be used for another text then. */
  end(): string {
    const text = this.pause();
    this.reset();
    return text;
  }

  /** Forgets everything; what waited is not told. */
  reset(): void {
    this.#told = this.#end;
    this.#waiting = '';
    this.#threads = [];
    this.#marks = [];
    this.#lastMarkEnd = -1;
  }

  /** Reads `text[at]`; the offset of the text's beginning is `offset`. */
  protected step(text: string, at: number, offset: number): void {
    const starts = this.#secrets.mayStart(text, at);
    if (!starts && this.#threads.length === 0) return;
    const step = { unit: text.charCodeAt(at), offset: offset + at, starts };
    this.#threads = this.#secrets.read(this.#threads, step, this.#found);
  }

  /** Those that go on at this moment. */
  protected get threads(): readonly Thread[] {
    return this.#threads;
  }

  /** Lets threads that were left elsewhere go on at `offset`. */
  protected resume(threads: readonly Thread[], offset: number): void {
    this.#threads.push(...threads.map((thread) => ({ ...thread, start: offset })));
  }

  /** Hides what is read of a secret, where it is enough to tell it. */
  protected markBeginnings(threads: readonly Thread[], end: number): void {
    for (const thread of threads)
      if (this.#tells(thread) && thread.start < end) this.#found(thread.start, end);
  }

  #tells({ form, index }: Thread): boolean {
    return index >= (this.#secrets.forms[form]?.telling ?? Infinity);
  }

  get #end(): number {
    return this.#told + this.#waiting.length;
  }

  readonly #found = (start: number, end: number): void => {
    let first = start;
    for (let last = this.#marks.at(-1); last && last.end > first; last = this.#marks.at(-1)) {
      first = Math.min(first, last.start);
      this.#marks.pop();
    }
    this.#marks.push({ start: first, end });
  };

  /** Tells everything before the first thread; a mark that a thread may make longer waits, too. */
  #release(): string {
    if (this.#threads.length === 0 && this.#marks.length === 0) {
      const text = this.#waiting;
      this.#told += text.length;
      this.#waiting = '';
      return text;
    }
    let limit = this.#threads.reduce((first, { start }) => Math.min(first, start), this.#end);
    for (const { start, end } of this.#marks) if (end > limit) limit = Math.min(limit, start);
    let text = '';
    let from = this.#told;
    const ready = this.#marks.filter(({ end }) => end <= limit);
    for (const { start, end } of ready) {
      text += this.#waiting.slice(from - this.#told, start - this.#told);
      if (start !== this.#lastMarkEnd) text += this.#mask;
      this.#lastMarkEnd = end;
      from = end;
    }
    text += this.#waiting.slice(from - this.#told, limit - this.#told);
    this.#marks = this.#marks.slice(ready.length);
    this.#waiting = this.#waiting.slice(limit - this.#told);
    this.#told = limit;
    return text;
  }
}

/** For a text that is there as a whole. */
export function hideSecrets(text: string, secrets: SecretSet, mask = hiddenText): string {
  const filter = new SecretFilter(secrets, mask);
  return filter.feed(text) + filter.end();
}
