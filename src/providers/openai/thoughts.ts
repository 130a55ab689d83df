/** Joins thoughts that services write in several places at once, and gives out none that are empty. */

import { SliceBuffer } from '../sse/sliceBuffer.ts';

export interface Thoughts {
  /** `place`: the member they stand in, or the text, between tags. */
  push(place: string, text: string): void;
  /** All thoughts of the answer: gives out what did not come before. `false`: it does not go on what came. */
  pushWhole(text: string): boolean;
  /** Whether the text is all that came, and long enough to be no chance. */
  isAll(text: string): boolean;
  /** Whether any came. */
  readonly begun: boolean;
  /** What was given out, in UTF-16 units. */
  readonly units: number;
}

/** In UTF-16 units: shorter pieces repeat by chance. */
export const shortestRepeat = 4;

interface Place {
  /** What other places have given out and this one may repeat, from `at` on, and what came of it since. */
  ahead: string;
  at: number;
  later: string[];
  /** It has given out something itself. */
  leads: boolean;
}

/** Until a character that is no blank comes, nothing is given out: an empty thought is none. */
export function createThoughts(emit: (text: string) => void): Thoughts {
  const places = new Map<string, Place>();
  /** The places say different things: nothing is a repetition any more. */
  let differ = false;
  let blanks = '';
  const shown = new SliceBuffer();

  const give = (text: string): void => {
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

  /** What of the text is no repetition. Looks at each character once. */
  const newIn = (place: Place, text: string): string => {
    let rest = text;
    const first = place.at === 0 && !place.leads;
    if (first && place.ahead.trim() !== '') {
      // Line breaks around thoughts differ from place to place.
      rest = text.trimStart();
      place.at = place.ahead.length - place.ahead.trimStart().length;
    }
    let matched = false;
    while (!differ && rest !== '') {
      if (place.at === place.ahead.length) {
        if (place.later.length === 0) break;
        place.ahead = place.later.join('');
        place.at = 0;
        place.later = [];
      }
      const length = Math.min(place.ahead.length - place.at, rest.length);
      if (!place.ahead.startsWith(rest.slice(0, length), place.at)) {
        differ = true;
        // What was taken for a repetition was none.
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
      if (!differ) for (const other of places.values()) if (other !== place) other.later.push(added);
      give(added);
    },
    pushWhole(text) {
      const length = shown.length + blanks.length;
      // The lengths first: to compare the texts takes as long as they are.
      if (text.length < length || !text.startsWith(shown.text + blanks)) return false;
      if (text.length > length) give(text.slice(length));
      return true;
    },
  };
}

/** How much of what others gave out the place has not repeated, in UTF-16 units. */
function lagOf({ ahead, at, later }: Place): number {
  return later.reduce((sum, { length }) => sum + length, ahead.length - at);
}
