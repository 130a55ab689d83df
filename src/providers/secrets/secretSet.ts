/** Compiles secrets into an automaton that searches every text in linear time. */

import { type SecretForm, type Spelling, toBeginnings, toForms } from './secretForms.ts';

/** A partial match of one form, like a thread of a regular expression's NFA. */
export interface Thread {
  /** `anyForm` within the first character, while the form is not known yet. */
  readonly form: number;
  /** Number of characters matched. */
  readonly index: number;
  /** Position within the spellings of the next character. */
  readonly spelling: Spelling;
  /** Offset of the match's beginning. */
  readonly start: number;
}

/** Upper bound: a repetitive text begins a match at every repetition. */
const maxThreads = 64;
const anyForm = -1;
const quote = 0x22;

export class SecretSet {
  readonly forms: readonly SecretForm[];
  /** Trie of all forms' first characters. */
  readonly #beginning: Spelling;
  readonly #firstEnds: ReadonlyMap<Spelling, number[]>;
  /** Whether a form can begin with two ASCII units: one lookup rules out nearly all text. */
  readonly #pairs = new Uint8Array(128 * 128);
  readonly #firsts = new Uint8Array(128);
  /** A form can begin, or continue, with units beyond ASCII. */
  #wide = false;
  /** For each form and index the last step that reached it: of matches that meet, the oldest continues. */
  readonly #reached: readonly Uint32Array[];
  #step = 0;

  constructor(secrets: readonly string[]) {
    this.forms = toForms(secrets);
    this.#reached = this.forms.map(({ characters }) => new Uint32Array(characters.length));
    [this.#beginning, this.#firstEnds] = toBeginnings(this.forms);
    for (const [unit, child] of this.#beginning.next) {
      const following = (this.#firstEnds.get(child) ?? []).flatMap((form) => this.#following(form, 1) ?? []);
      const seconds = [child, ...following].flatMap(({ next }) => [...next.keys()]);
      if (unit > 127 || seconds.some((second) => second > 127)) this.#wide = true;
      if (unit > 127) continue;
      this.#firsts[unit] = 1;
      for (const second of seconds) if (second < 128) this.#pairs[unit * 128 + second] = 1;
    }
  }

  /** There are no secrets to search for. */
  get empty(): boolean {
    return this.forms.length === 0;
  }

  /** Whether a form can begin at `at`; true where the text, or a JSON string, ends behind it. */
  mayStart(text: string, at: number): boolean {
    const first = text.charCodeAt(at);
    if (first > 127) return this.#wide;
    if (this.#firsts[first] === 0) return false;
    if (at + 1 === text.length) return true;
    const second = text.charCodeAt(at + 1);
    if (second === quote) return true;
    return second > 127 ? this.#wide : this.#pairs[first * 128 + second] === 1;
  }

  /** Reads one unit at `offset`, and calls `found` for each form that ends with it. `starts`: forms may begin here. */
  read(
    threads: readonly Thread[],
    { unit, offset, starts }: { unit: number; offset: number; starts: boolean },
    found: (start: number, end: number) => void,
  ): Thread[] {
    const next: Thread[] = [];
    this.#step = (this.#step + 1) % 2 ** 32 || 1;
    for (const thread of threads) this.#advance(thread, unit, offset, next, found);
    if (starts) {
      const thread = { form: anyForm, index: 0, spelling: this.#beginning, start: offset };
      this.#advance(thread, unit, offset, next, found);
    }
    return next;
  }

  #advance(
    { form, index, spelling, start }: Thread,
    unit: number,
    offset: number,
    next: Thread[],
    found: (start: number, end: number) => void,
  ): void {
    const reached = spelling.next.get(unit);
    if (!reached) return;
    if (reached.complete) {
      for (const ended of form === anyForm ? (this.#firstEnds.get(reached) ?? []) : [form]) {
        const following = this.#following(ended, index + 1);
        if (!following) found(start, offset + 1);
        else this.#keep({ form: ended, index: index + 1, spelling: following, start }, next);
      }
    }
    if (reached.next.size === 0 || next.length >= maxThreads) return;
    // In a run of backslashes, threads meet within a character.
    const met =
      reached.next.get(unit) === reached &&
      next.some((other) => other.spelling === reached && other.form === form && other.index === index);
    if (!met) next.push({ form, index, spelling: reached, start });
  }

  /** The spellings of a form's character; `undefined` behind its end. */
  #following(form: number, index: number): Spelling | undefined {
    return this.forms[form]?.characters[index];
  }

  /** Threads that meet at the beginning of a character continue alike. */
  #keep(thread: Thread, next: Thread[]): void {
    const reached = this.#reached[thread.form];
    if (!reached || reached[thread.index] === this.#step || next.length >= maxThreads) return;
    reached[thread.index] = this.#step;
    next.push(thread);
  }
}

export const noSecrets = new SecretSet([]);
