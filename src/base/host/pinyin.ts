/** Searches Chinese text by pinyin: initials, whole syllables or both, with all readings of a character. */

import { match, pinyin } from 'pinyin-pro';

/** Returns the range of the first match, in UTF-16 units. */
export type Finder = (text: string) => { start: number; end: number } | undefined;

/** Maximum query length, so that the state fits into the bits of a number. */
const maxLetters = 30;

/** Cache by code unit: readings without tones. */
const readings: string[][] = [];

/** `query`: Latin letters and blanks, at least two letters. */
export function createPinyinFinder(query: string): Finder {
  const letters = query.toLowerCase().replaceAll(/\s/g, '');
  const step = createStepper(letters.slice(0, maxLetters));
  const final = 1 << Math.min(letters.length, maxLetters);
  return (text) => {
    // The library takes a microsecond per character, so a fast scan finds candidates first.
    let reached = 0;
    for (let at = 0; at < text.length; at++) {
      reached = step(reached, text.charCodeAt(at));
      if ((reached & final) === 0) continue;
      const from = Math.max(0, at + 1 - maxLetters);
      const found = match(text.slice(from, at + 1 + letters.length), letters, { continuous: true, v: true });
      const first = found?.[0];
      const last = found?.at(-1);
      const hasChinese = found?.some((place) => text.charCodeAt(from + place) > 0x2e7f);
      if (first !== undefined && last !== undefined && hasChinese)
        return { start: from + first, end: from + last + 1 };
    }
    return undefined;
  };
}

/** A bit-parallel matcher: bit `n` of the state is set if the first `n` letters of the query end at this position. */
function createStepper(letters: string): (state: number, code: number) => number {
  // By code unit; read for every character of every conversation.
  const kinds = new Uint8Array(0x10000);
  const initials = new Int32Array(0x10000);
  const moves: (readonly Move[])[] = [];
  const learn = (code: number): number => {
    const found = movesOf(code, letters);
    initials[code] = found.find(({ by }) => by === 1)?.from ?? 0;
    moves[code] = found.filter(({ by }) => by > 1);
    const active = moves[code].length > 0 ? syllable : found.length > 0 ? initial : passive;
    kinds[code] = code === 0x20 ? blank : active;
    return kinds[code];
  };
  return (state, code) => {
    const known = kinds[code] || learn(code);
    if (known === passive) return 0;
    // The library skips blanks.
    if (known === blank) return state;
    const open = state | 1;
    let next = (open & (initials[code] ?? 0)) << 1;
    if (known === syllable) for (const { from, by } of moves[code] ?? none) next |= (open & from) << by;
    return next;
  };
}

/** How a character can match: not at all, as a blank, by its initial only, or by more letters of its syllable. */
const passive = 1;
const blank = 2;
const initial = 3;
const syllable = 4;

/** A character advances every state bit in `from` by `by` letters. */
interface Move {
  from: number;
  by: number;
}

function movesOf(code: number, letters: string): readonly Move[] {
  const starts = new Map<number, number>();
  for (const reading of readingsOf(code)) {
    for (let from = 0; from < letters.length; from++) {
      for (const by of lengthsThatFit(reading, letters.slice(from)))
        starts.set(by, (starts.get(by) ?? 0) | (1 << from));
    }
  }
  const found = [...starts].map(([by, from]) => ({ from, by }));
  return found.length > 0 ? found : none;
}

const none: readonly Move[] = [];

/** How many letters of `rest` the syllable can match: its initial, all of it, or the whole rest of the query. */
function lengthsThatFit(reading: string, rest: string): number[] {
  const lengths = new Set<number>();
  if (reading[0] === rest[0]) lengths.add(1);
  if (rest.startsWith(reading)) lengths.add(reading.length);
  if (reading.startsWith(rest)) lengths.add(rest.length);
  return [...lengths];
}

function readingsOf(code: number): readonly string[] {
  const character = String.fromCharCode(code).toLowerCase();
  if (code < 0x2e80) return [character];
  let known = readings[code];
  if (!known) {
    known = pinyin(character, { type: 'array', toneType: 'none', multiple: true, v: true });
    readings[code] = known;
  }
  return known;
}
