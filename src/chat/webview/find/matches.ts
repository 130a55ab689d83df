/** Counts matches turn by turn, loaded or not, and finds the next one; pure. */

export interface TurnMatches {
  turnId: string;
  /** May be 0 for a turn in which only the Markdown source holds the text. */
  count: number;
}

export interface MatchPlace {
  turnId: string;
  /** 0-based, within the turn. */
  index: number;
}

/** Matches `query` as typed, whatever the case, with any white space for a space; `undefined` for an empty one. */
export function toPattern(query: string): RegExp | undefined {
  if (query.trim() === '') return undefined;
  const source = query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(source, 'giu');
}

/**
 * Joins what the host found with what stands in the view. Both are in the order of the conversation, `loaded` without
 * gaps; there the view knows better, since the host counts in the Markdown source.
 */
export function mergeMatches(
  found: readonly TurnMatches[],
  loaded: readonly TurnMatches[],
): readonly TurnMatches[] {
  const places = new Map(loaded.map(({ turnId }, index) => [turnId, index]));
  const wanted = new Set(found.map(({ turnId }) => turnId));
  const merged: TurnMatches[] = [];
  let taken = 0;
  const takeLoaded = (end: number): void => {
    for (const turn of loaded.slice(taken, end))
      if (turn.count > 0 || wanted.has(turn.turnId)) merged.push(turn);
    taken = Math.max(taken, end);
  };
  for (const turn of found) {
    const place = places.get(turn.turnId);
    if (place !== undefined) takeLoaded(place + 1);
    else {
      // Once past a loaded turn, one that is not comes after all of them.
      if (taken > 0) takeLoaded(loaded.length);
      merged.push(turn);
    }
  }
  takeLoaded(loaded.length);
  return merged;
}

export function countMatches(matches: readonly TurnMatches[]): number {
  return matches.reduce((sum, { count }) => sum + count, 0);
}

/** Which one of all matches this is, 1-based; `undefined` for a place that is not among them. */
export function ordinalOf(matches: readonly TurnMatches[], place: MatchPlace): number | undefined {
  let before = 0;
  for (const { turnId, count } of matches) {
    if (turnId === place.turnId) return place.index < count ? before + place.index + 1 : undefined;
    before += count;
  }
  return undefined;
}

/** The match after or before `from`, around the ends; the first or last one from nowhere; `undefined` without any. */
export function stepMatch(
  matches: readonly TurnMatches[],
  from: MatchPlace | undefined,
  step: 1 | -1,
): MatchPlace | undefined {
  const at = matches.findIndex(({ turnId }) => turnId === from?.turnId);
  const turn = matches[at];
  if (from && turn) {
    const index = from.index + step;
    if (index >= 0 && index < turn.count) return { turnId: turn.turnId, index };
  }
  const start = at === -1 ? (step === 1 ? -1 : matches.length) : at;
  for (let distance = 1; distance <= matches.length; distance++) {
    const next = matches[(start + step * distance + 2 * matches.length) % matches.length];
    if (next && next.count > 0) return { turnId: next.turnId, index: step === 1 ? 0 : next.count - 1 };
  }
  return undefined;
}
