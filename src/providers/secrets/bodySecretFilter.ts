/** Masks secrets in a response's body, also where JSON strings of several events hold one piece each. */

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
/** Members tracked because their last value may begin a secret. */
const maxMembers = 100;

/**
 * Treats a member's value as the continuation of the last value of that name, as deltas are joined. Ignores the
 * structure around them.
 */
export class BodySecretFilter extends SecretFilter {
  #place: 'outside' | 'name' | 'value' = 'outside';
  #escaped = false;
  /** The last unit outside strings that was no blank. */
  #before = 0;
  /** The member's name; while it is read, only its part from earlier slices. */
  #name = '';
  #nameStart = 0;
  readonly #open = new Map<string, readonly Thread[]>();

  override feed(text: string): string {
    this.#nameStart = 0;
    const masked = super.feed(text);
    if (this.#place === 'name') this.#addToName(text.slice(this.#nameStart));
    return masked;
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
    // JSON strings never span lines.
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
