/** Secrets made ready to be looked for: built once for a set of them, then linear in every text. */

import { type SecretForm, type Spelling, toForms } from './secretForms.ts';

/** How far the beginning of one form has been read. */
export interface Thread {
  readonly form: number;
  /** Characters of the form that are read. */
  readonly index: number;
  /** Where it stands within the spellings of the next character. */
  readonly spelling: Spelling;
  /** Offset at which it began. */
  readonly start: number;
}

/** A text of repetitions begins at every one of them anew; more at once are of no secret that is one. */
const maxThreads = 64;
const quote = 0x22;

export class SecretSet {
  readonly forms: readonly SecretForm[];
  /** By the first unit. */
  readonly #starts = new Map<number, number[]>();
  /** For two units of ASCII, whether a form can begin with them: nearly all of a text is passed over by one look here. */
  readonly #pairs = new Uint8Array(128 * 128);
  readonly #firsts = new Uint8Array(128);
  /** A form can begin with units beyond ASCII, or go on with them. */
  #wide = false;
  /** For each form and index the last step that led there, so that of threads that meet the oldest goes on alone. */
  readonly #reached: readonly Uint32Array[];
  #step = 0;

  constructor(secrets: readonly string[]) {
    this.forms = toForms(secrets);
    this.#reached = this.forms.map(({ characters }) => new Uint32Array(characters.length));
    for (const [form, { characters }] of this.forms.entries()) {
      for (const [unit, { next, complete }] of characters[0]?.next ?? []) {
        const starts = this.#starts.get(unit);
        if (starts) starts.push(form);
        else this.#starts.set(unit, [form]);
        const seconds = [...next.keys(), ...(complete ? (characters[1]?.next.keys() ?? []) : [])];
        if (unit > 127 || seconds.some((second) => second > 127)) this.#wide = true;
        if (unit > 127) continue;
        this.#firsts[unit] = 1;
        for (const second of seconds) if (second < 128) this.#pairs[unit * 128 + second] = 1;
      }
    }
  }

  /** There is nothing to look for. */
  get empty(): boolean {
    return this.forms.length === 0;
  }

  /** Whether a form can begin at `at`; at the end of the text, or of a JSON string, what follows is not known yet. */
  mayStart(text: string, at: number): boolean {
    const first = text.charCodeAt(at);
    if (first > 127) return this.#wide;
    if (this.#firsts[first] === 0) return false;
    if (at + 1 === text.length) return true;
    const second = text.charCodeAt(at + 1);
    if (second === quote) return true;
    return second > 127 ? this.#wide : this.#pairs[first * 128 + second] === 1;
  }

  /** Reads one unit at `offset`; `found` is told where a form ends with it. `starts`: forms may begin here. */
  read(
    threads: readonly Thread[],
    { unit, offset, starts }: { unit: number; offset: number; starts: boolean },
    found: (start: number, end: number) => void,
  ): Thread[] {
    const next: Thread[] = [];
    this.#step = (this.#step + 1) % 2 ** 32 || 1;
    for (const thread of threads) this.#advance(thread, unit, offset, next, found);
    if (starts) {
      for (const form of this.#starts.get(unit) ?? []) {
        const spelling = this.forms[form]?.characters[0];
        if (spelling) this.#advance({ form, index: 0, spelling, start: offset }, unit, offset, next, found);
      }
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
      const following = this.forms[form]?.characters[index + 1];
      if (!following) found(start, offset + 1);
      else this.#keep({ form, index: index + 1, spelling: following, start }, next);
    }
    if (reached.next.size > 0 && next.length < maxThreads)
      next.push({ form, index, spelling: reached, start });
  }

  /** At the beginning of a character: threads that meet here go on alike. */
  #keep(thread: Thread, next: Thread[]): void {
    const reached = this.#reached[thread.form];
    if (!reached || reached[thread.index] === this.#step || next.length >= maxThreads) return;
    reached[thread.index] = this.#step;
    next.push(thread);
  }
}

export const noSecrets = new SecretSet([]);
