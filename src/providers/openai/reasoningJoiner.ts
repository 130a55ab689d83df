/** Joins reasoning that services send in several members at once, without repetitions. */

import { SliceBuffer } from '../sse/sliceBuffer.ts';

export interface ReasoningJoiner {
  /** Adds a delta. `place`: the member it came in, or the text, between tags. */
  push(place: string, text: string): void;
  /** Adds the answer's whole reasoning: emits what is new. `false`: it does not continue the reasoning so far. */
  pushWhole(text: string): boolean;
  /** Whether the text equals the reasoning so far, and is too long for a coincidence. */
  isAll(text: string): boolean;
  /** Whether any reasoning was emitted. */
  readonly begun: boolean;
  /** Emitted reasoning, in UTF-16 units. */
  readonly units: number;
}

/** In UTF-16 units: shorter deltas may repeat by coincidence. */
export const shortestRepeat = 4;

interface Place {
  /** What other places have emitted and this one may repeat: from `at` on in `ahead`, then `later`. */
  ahead: string;
  at: number;
  later: string[];
  /** It has emitted something itself. */
  leads: boolean;
}

/** Emits nothing before the first character that is no blank. */
export function createReasoningJoiner(emit: (text: string) => void): ReasoningJoiner {
  const places = new Map<string, Place>();
  /** The places differ: nothing more is a repetition. */
  let diverged = false;
  let blanks = '';
  const shown = new SliceBuffer();

  const append = (text: string): void => {
    if (shown.length === 0 && text.trim() === '') {
      blanks += text;
      return;
    }
    const whole = blanks + text;
    blanks = '';
    shown.add(whole);
    emit(whole);
  };

  const placeOf = (name: string): Place => {
    const known = places.get(name) ?? { ahead: blanks + shown.text, at: 0, later: [], leads: false };
    places.set(name, known);
    return known;
  };

  /** The part of the text that is no repetition. Reads each character once. */
  const newIn = (place: Place, text: string): string => {
    let rest = text;
    const first = place.at === 0 && !place.leads;
    if (first && place.ahead.trim() !== '') {
      // Line breaks around reasoning differ from place to place.
      rest = text.trimStart();
      place.at = place.ahead.length - place.ahead.trimStart().length;
    }
    let matched = false;
    while (!diverged && rest !== '') {
      if (place.at === place.ahead.length) {
        if (place.later.length === 0) break;
        place.ahead = place.later.join('');
        place.at = 0;
        place.later = [];
      }
      const length = Math.min(place.ahead.length - place.at, rest.length);
      if (!place.ahead.startsWith(rest.slice(0, length), place.at)) {
        diverged = true;
        // The supposed repetition was none.
        return place.leads || (first && !matched)
          ? text
          : shown.text.slice(0, shown.length - lagOf(place)) + rest;
      }
      matched = true;
      place.at += length;
      rest = rest.slice(length);
    }
    return rest;
  };

  return {
    get begun() {
      return shown.length > 0;
    },
    get units() {
      return shown.length;
    },
    isAll: (text) => text.length >= shortestRepeat && text.length === shown.length && text === shown.text,
    push(name, text) {
      if (text === '') return;
      const place = placeOf(name);
      const added = newIn(place, text);
      if (added === '') return;
      place.leads = true;
      if (!diverged) for (const other of places.values()) if (other !== place) other.later.push(added);
      append(added);
    },
    pushWhole(text) {
      const length = shown.length + blanks.length;
      // Compare lengths first: comparing the texts takes time for their whole length.
      if (text.length < length || !text.startsWith(shown.text + blanks)) return false;
      if (text.length > length) append(text.slice(length));
      return true;
    },
  };
}

/** How much of the others' reasoning the place has not repeated, in UTF-16 units. */
function lagOf({ ahead, at, later }: Place): number {
  return later.reduce((sum, { length }) => sum + length, ahead.length - at);
}
