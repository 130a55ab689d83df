/** Masks secrets in a text that comes in slices, however they are cut and encoded. */

import { secretMask } from '../../llm/exchangeObserver.ts';
import type { SecretSet, Thread } from './secretSet.ts';

interface Mark {
  start: number;
  end: number;
}

/**
 * The joined output depends on the text and the pauses alone, not on its slices: every spelling of a secret is
 * covered by `***`, and everything else is unchanged. Only an end that may begin a secret waits.
 */
export class SecretFilter {
  readonly #secrets: SecretSet;
  readonly #mask: string;
  #waiting = '';
  /** Offset of the waiting text; offsets count UTF-16 units from the beginning of the text. */
  #emitted = 0;
  #threads: Thread[] = [];
  /** Secrets in the waiting text, in order and disjoint. */
  #marks: Mark[] = [];
  #lastMarkEnd = -1;

  constructor(secrets: SecretSet, mask = secretMask) {
    this.#secrets = secrets;
    this.#mask = mask;
  }

  /** Adds a slice and returns what can be emitted. */
  feed(text: string): string {
    if (this.#secrets.empty || text === '') return text;
    const offset = this.#end;
    for (let at = 0; at < text.length; at++) this.step(text, at, offset);
    this.#waiting += text;
    return this.#release();
  }

  /**
   * Returns the waiting text, because something else comes between. Masks the beginning of a secret if it is long
   * enough to identify one; the secret may continue afterwards.
   */
  pause(): string {
    if (this.#waiting === '' && this.#threads.length === 0) return '';
    const paused = this.#threads;
    this.markBeginnings(paused, this.#end);
    this.#threads = [];
    const text = this.#release();
    this.resume(paused, this.#emitted);
    return text;
  }

  /** Continues the other filter's partial matches: a secret may be cut where one text stops and another begins. */
  continueFrom(other: SecretFilter): void {
    this.resume(other.#threads, this.#end);
  }

  /** Text waits that is too short to identify a secret. */
  get waitsUnidentified(): boolean {
    return this.#waiting !== '' && !this.#threads.some((thread) => this.#identifies(thread));
  }

  /** Returns the waiting text, and resets the filter for another text. */
  end(): string {
    const text = this.pause();
    this.reset();
    return text;
  }

  /** Drops all state, and the waiting text. */
  reset(): void {
    this.#emitted = this.#end;
    this.#waiting = '';
    this.#threads = [];
    this.#marks = [];
    this.#lastMarkEnd = -1;
  }

  /** Reads `text[at]`; `offset` is the offset of the text's beginning. */
  protected step(text: string, at: number, offset: number): void {
    const starts = this.#secrets.mayStart(text, at);
    if (!starts && this.#threads.length === 0) return;
    const step = { unit: text.charCodeAt(at), offset: offset + at, starts };
    this.#threads = this.#secrets.read(this.#threads, step, this.#found);
  }

  /** The current partial matches. */
  protected get threads(): readonly Thread[] {
    return this.#threads;
  }

  /** Continues partial matches of another place at `offset`. */
  protected resume(threads: readonly Thread[], offset: number): void {
    this.#threads.push(...threads.map((thread) => ({ ...thread, start: offset })));
  }

  /** Masks partial matches that are long enough to identify a secret. */
  protected markBeginnings(threads: readonly Thread[], end: number): void {
    for (const thread of threads)
      if (this.#identifies(thread) && thread.start < end) this.#found(thread.start, end);
  }

  #identifies({ form, index }: Thread): boolean {
    return index >= (this.#secrets.forms[form]?.identifyingLength ?? Infinity);
  }

  get #end(): number {
    return this.#emitted + this.#waiting.length;
  }

  readonly #found = (start: number, end: number): void => {
    let first = start;
    for (let last = this.#marks.at(-1); last && last.end > first; last = this.#marks.at(-1)) {
      first = Math.min(first, last.start);
      this.#marks.pop();
    }
    this.#marks.push({ start: first, end });
  };

  /** Returns everything before the first partial match; a mark that a match may extend waits, too. */
  #release(): string {
    if (this.#threads.length === 0 && this.#marks.length === 0) {
      const text = this.#waiting;
      this.#emitted += text.length;
      this.#waiting = '';
      return text;
    }
    let limit = this.#threads.reduce((first, { start }) => Math.min(first, start), this.#end);
    for (const { start, end } of this.#marks) if (end > limit) limit = Math.min(limit, start);
    let text = '';
    let from = this.#emitted;
    const ready = this.#marks.filter(({ end }) => end <= limit);
    for (const { start, end } of ready) {
      text += this.#waiting.slice(from - this.#emitted, start - this.#emitted);
      if (start !== this.#lastMarkEnd) text += this.#mask;
      this.#lastMarkEnd = end;
      from = end;
    }
    text += this.#waiting.slice(from - this.#emitted, limit - this.#emitted);
    this.#marks = this.#marks.slice(ready.length);
    this.#waiting = this.#waiting.slice(limit - this.#emitted);
    this.#emitted = limit;
    return text;
  }
}

/** Masks secrets in a complete text. */
export function hideSecrets(text: string, secrets: SecretSet, mask = secretMask): string {
  const filter = new SecretFilter(secrets, mask);
  return filter.feed(text) + filter.end();
}
