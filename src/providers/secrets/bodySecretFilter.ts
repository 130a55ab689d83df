/** Takes secrets out of the text of a response's body, also where JSON strings of several events hold one piece each. */

import { SecretFilter } from './secretFilter.ts';
import type { Thread } from './secretSet.ts';

const units = {
  quote: 0x22,
  backslash: 0x5c,
  colon: 0x3a,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  blank: 0x20,
};
/** In UTF-16 units. */
const longestName = 100;
/** Members whose last value may be the beginning of a secret. */
const maxMembers = 100;

/**
 * A value of a member goes on where the last value of a member of that name ended: that is how deltas are joined. The
 * structure around them is not read.
 */
export class BodySecretFilter extends SecretFilter {
  #place: 'outside' | 'name' | 'value' = 'outside';
  #escaped = false;
  /** The last unit outside of strings that was no blank. */
  #before = 0;
  /** Of the member; as far as it stands in the slices before this one while it is being read. */
  #name = '';
  #nameStart = 0;
  readonly #open = new Map<string, readonly Thread[]>();

  override feed(text: string): string {
    this.#nameStart = 0;
    const told = super.feed(text);
    if (this.#place === 'name') this.#addToName(text.slice(this.#nameStart));
    return told;
  }

  override reset(): void {
    super.reset();
    this.#place = 'outside';
    this.#open.clear();
  }

  protected override step(text: string, at: number, offset: number): void {
    const unit = text.charCodeAt(at);
    if (this.#place === 'outside') {
      super.step(text, at, offset);
      if (unit === units.quote) this.#openString(at, offset);
      else if (unit > units.blank) this.#before = unit;
      return;
    }
    if (this.#escaped) this.#escaped = false;
    else if (unit === units.backslash) this.#escaped = true;
    else if (unit === units.quote) this.#closeString(text, at, offset);
    // No string of JSON goes over the end of a line.
    else if (unit === units.lineFeed || unit === units.carriageReturn) this.#place = 'outside';
    super.step(text, at, offset);
  }

  #openString(at: number, offset: number): void {
    this.#place = this.#before === units.colon ? 'value' : 'name';
    if (this.#place === 'value') {
      this.resume(this.#open.get(this.#name) ?? [], offset + at + 1);
      return;
    }
    this.#name = '';
    this.#nameStart = at + 1;
  }

  #closeString(text: string, at: number, offset: number): void {
    if (this.#place === 'name') {
      this.#addToName(text.slice(this.#nameStart, at));
    } else {
      this.markBeginnings(this.threads, offset + at);
      this.#open.delete(this.#name);
      if (this.threads.length > 0 && this.#open.size < maxMembers) this.#open.set(this.#name, this.threads);
    }
    this.#place = 'outside';
    this.#before = units.quote;
  }

  #addToName(text: string): void {
    if (this.#name.length < longestName) this.#name += text;
  }
}
