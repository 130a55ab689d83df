/** Matches paths against wildcard patterns, in time linear in pattern × path for any pattern. */

/** A pattern split at its slashes. */
export type PathPattern = readonly Segment[];

/** `folders` is `**` as a whole segment: any number of segments of a path, including none. */
export type Segment = typeof folders | NamePattern;

/** The steps that are left for wildcards. At 0 nothing matches any more, so check `left` before using a result. */
export interface Budget {
  left: number;
}

export interface ParseOptions {
  /** Whether an unpaired `[` and a trailing `\` are literal characters. In Git such a pattern matches nothing. */
  isLenient: boolean;
}

/** A literal name; or its literal prefix and suffix, and the tokens from the first wildcard to the last. */
type NamePattern = string | { prefix: string; middle: readonly Token[]; suffix: string };

/** The code of a character, or a wildcard. */
type Token = number | CharacterClass;

/** `[…]`: inclusive ranges of character codes. */
interface CharacterClass {
  ranges: [first: number, last: number][];
  isNegated: boolean;
}

export const folders: unique symbol = Symbol('**');
/** `*` */
const anyText = -1;
/** `?` */
const anyCharacter = -2;

/** Matches a segment of any name. */
export const anyName: Segment = { prefix: '', middle: [anyText], suffix: '' };

/**
 * Parses `*`, `?`, `[a-z]`, `[!a-z]`, `[^a-z]`, `[[:alpha:]]`, `\` before a character, and `**`, as described in
 * gitignore(5); braces are literal characters. `undefined` for a pattern that matches nothing.
 */
export function parsePathPattern(pattern: string, { isLenient }: ParseOptions): PathPattern | undefined {
  if (!/[*?[\\]/.test(pattern)) return pattern.split('/');
  const segments: Segment[] = [];
  let tokens: Token[] = [];
  let begin = 0;
  /** After one class without an end, no later one has an end either. */
  let hasClasses = true;
  const endSegment = (end: number): void => {
    segments.push(/^\*{2,}$/.test(pattern.slice(begin, end)) ? folders : toName(tokens));
    tokens = [];
  };
  for (let at = 0; at < pattern.length; at++) {
    const start = at;
    let character = pattern.charAt(at);
    if (character === '\\') {
      if (at + 1 < pattern.length) character = pattern.charAt(++at);
      else if (!isLenient) return undefined;
    } else if (character === '*') {
      tokens.push(anyText);
      continue;
    } else if (character === '?') {
      tokens.push(anyCharacter);
      continue;
    } else if (character === '[' && hasClasses) {
      const found = parseClass(pattern, at + 1);
      if (found) {
        tokens.push(found.token);
        at = found.end;
        continue;
      }
      if (!isLenient) return undefined;
      hasClasses = false;
    }
    if (character === '/') {
      endSegment(start);
      begin = at + 1;
    } else tokens.push(character.charCodeAt(0));
  }
  endSegment(pattern.length);
  return segments;
}

/** `path`: segments; those before `from` are skipped. */
export function matchesPath(
  pattern: PathPattern,
  { path, from, budget }: { path: readonly string[]; from: number; budget: Budget },
): boolean {
  const [only] = pattern;
  // Most patterns are one name.
  if (pattern.length === 1 && only !== undefined && only !== folders)
    return path.length - from === 1 && meetsSegment(only, path, from, budget);
  return matchesSequence(pattern, path, {
    star: folders,
    begin: from,
    end: path.length,
    meets: meetsSegment,
    budget,
  });
}

function meetsSegment(segment: Segment, path: readonly string[], at: number, budget: Budget): boolean {
  const name = path[at];
  if (segment === folders || name === undefined) return false;
  if (typeof segment === 'string') return segment === name;
  budget.left--;
  const { prefix, middle, suffix } = segment;
  const end = name.length - suffix.length;
  if (end < prefix.length || !name.startsWith(prefix) || !name.endsWith(suffix)) return false;
  return matchesSequence(middle, name, {
    star: anyText,
    begin: prefix.length,
    end,
    meets: meetsCharacter,
    budget,
  });
}

function meetsCharacter(token: Token, name: string, at: number, budget: Budget): boolean {
  const code = name.charCodeAt(at);
  if (typeof token === 'number') return token === code || token === anyCharacter;
  budget.left -= token.ranges.length;
  for (const [first, last] of token.ranges) if (code >= first && code <= last) return !token.isNegated;
  return token.isNegated;
}

interface Sequence<Part, Items> {
  /** The part that takes any number of items. */
  star: Part;
  /** The items to match: from `begin` to before `end`. */
  begin: number;
  end: number;
  /** Whether a part other than the star matches the item. */
  meets: (part: Part, items: Items, at: number, budget: Budget) => boolean;
  budget: Budget;
}

/**
 * Whether the parts match all items in order. When a part fails, the last star takes one more item. Earlier stars need no
 * second try, since the last star can take whatever they would leave to it.
 */
function matchesSequence<Part, Items>(
  parts: readonly Part[],
  items: Items,
  { star, begin, end, meets, budget }: Sequence<Part, Items>,
): boolean {
  let part = 0;
  let item = begin;
  let afterStar = -1;
  let afterTaken = 0;
  while (item < end) {
    const current = parts[part];
    if (current === star) {
      afterStar = ++part;
      afterTaken = item;
      if (afterStar === parts.length) return true;
    } else if (--budget.left <= 0) return false;
    else if (current !== undefined && meets(current, items, item, budget)) {
      part++;
      item++;
    } else if (afterStar >= 0) {
      part = afterStar;
      item = ++afterTaken;
    } else return false;
  }
  while (parts[part] === star) part++;
  return part === parts.length;
}

function toName(tokens: readonly Token[]): NamePattern {
  const first = tokens.findIndex(isWildcard);
  if (first < 0) return toText(tokens);
  const last = tokens.findLastIndex(isWildcard);
  return {
    prefix: toText(tokens.slice(0, first)),
    middle: tokens.slice(first, last + 1),
    suffix: toText(tokens.slice(last + 1)),
  };
}

function isWildcard(token: Token): boolean {
  return typeof token !== 'number' || token < 0;
}

/** The text of tokens without wildcards. */
function toText(tokens: readonly Token[]): string {
  return tokens.map((token) => String.fromCharCode(Number(token))).join('');
}

/** The ranges of `[:…:]` in the C locale, as in Git. */
const namedClasses: Readonly<Record<string, string>> = {
  alnum: '09AZaz',
  alpha: 'AZaz',
  blank: '\t\t  ',
  cntrl: '\0\x1f\x7f\x7f',
  digit: '09',
  graph: '!~',
  lower: 'az',
  print: ' ~',
  punct: '!/:@[`{~',
  space: '\t\r  ',
  upper: 'AZ',
  xdigit: '09AFaf',
};

/** `begin`: index after the `[`. `end`: index of its `]`. `undefined` without one, and for an unknown `[:…:]`. */
function parseClass(pattern: string, begin: number): { token: CharacterClass; end: number } | undefined {
  const isNegated = /[!^]/.test(pattern.charAt(begin));
  const first = isNegated ? begin + 1 : begin;
  const ranges: [number, number][] = [];
  /** The previous character when a range may start with it. */
  let previous: number | undefined;
  /** The next `]`, looked for once. */
  let bracket = -1;
  for (let at = first; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    // A bracket as the first character belongs to the class.
    if (character === ']' && at > first) return { token: { ranges, isNegated }, end: at };
    const next = pattern.charAt(at + 1);
    if (character === '-' && previous !== undefined && next !== '' && next !== ']') {
      at += next === '\\' ? 2 : 1;
      ranges.push([previous, pattern.charCodeAt(at)]);
      previous = undefined;
      continue;
    }
    if (character === '[' && next === ':') {
      if (bracket < at) bracket = pattern.indexOf(']', at + 2);
      if (bracket < 0) return undefined;
      if (bracket > at + 2 && pattern.charAt(bracket - 1) === ':') {
        const known = namedClasses[pattern.slice(at + 2, bracket - 1)];
        if (known === undefined) return undefined;
        for (let index = 0; index < known.length; index += 2)
          ranges.push([known.charCodeAt(index), known.charCodeAt(index + 1)]);
        at = bracket;
        previous = undefined;
        continue;
      }
    }
    if (character === '\\') at++;
    previous = pattern.charCodeAt(at);
    ranges.push([previous, previous]);
  }
  return undefined;
}
