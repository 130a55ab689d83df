/** Tells which regular expressions can take more than linear time, from how they are written; no text is tried. */

import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { getConsumedChars, getLengthRange, type ReadonlyFlags } from 'regexp-ast-analysis';
import { analyse } from 'scslre';

export interface RegExpSource {
  source: string;
  flags: string;
}

/**
 * Why the expression may be slow; empty when it is linear. Errs on the safe side: an expression that always matches,
 * such as `a.*$` with the flag `s`, is reported as well.
 */
export function slowParts({ source, flags }: RegExpSource): string[] {
  const reports = analyse({ source, flags }).reports.map(
    ({ type, exponential, character }) =>
      `${exponential ? 'exponential' : 'polynomial'} (${type}) over repeated ${JSON.stringify(character.pick)}`,
  );
  return [...reports, ...slowRestarts({ source, flags })];
}

const parser = new RegExpParser();

/**
 * `scslre` repeats a single character. This finds `a.*b`: each `a` of a text reads on to the text's end and finds no
 * `b`. So is every unlimited repetition whose characters include those of all that must come before it.
 */
function slowRestarts({ source, flags }: RegExpSource): string[] {
  // A sticky expression is tried in one place.
  if (flags.includes('y')) return [];
  const unicode = flags.includes('u');
  const unicodeSets = flags.includes('v');
  const pattern = parser.parsePattern(source, 0, source.length, { unicode, unicodeSets });
  const known: ReadonlyFlags = {
    unicode,
    unicodeSets,
    ignoreCase: flags.includes('i'),
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
  };
  return pattern.alternatives.flatMap(({ elements }) =>
    restartsIn(elements, { before: [], followed: false, flags: known }),
  );
}

interface Place {
  /** What the expression has read when it comes to these elements. */
  before: readonly AST.Element[];
  /** Whether something stands behind them, for want of which reading can fail. */
  followed: boolean;
  flags: ReadonlyFlags;
}

function restartsIn(elements: readonly AST.Element[], { before, followed, flags }: Place): string[] {
  for (const [index, element] of elements.entries()) {
    const place: Place = {
      before: [...before, ...elements.slice(0, index)],
      followed: followed || index < elements.length - 1,
      flags,
    };
    if (element.type === 'Quantifier') {
      if (canRestart(element, place)) return [`${element.raw} reads over what stands before it`];
    } else if (element.type === 'Group' || element.type === 'CapturingGroup') {
      const inside = element.alternatives.flatMap((one) => restartsIn(one.elements, place));
      if (inside.length > 0) return inside;
    }
  }
  return [];
}

function canRestart(repeated: AST.Quantifier, { before, followed, flags }: Place): boolean {
  if (repeated.max !== Number.POSITIVE_INFINITY || !followed) return false;
  const { chars } = getConsumedChars(repeated, flags);
  const needed = before.filter((part) => getLengthRange(part, flags).min > 0);
  // With the flag `m` there is a try for each line: no repetition, unless it reads on in the next line.
  const once = before.some((part) => part.type === 'Assertion' && part.kind === 'start');
  if (once && (!flags.multiline || !chars.has(lineFeed))) return false;
  return (
    needed.length > 0 && needed.every((part) => !getConsumedChars(part, flags).chars.isDisjointWith(chars))
  );
}

const lineFeed = 0x0a;
