/** Turns a platform's text frames into deltas, whether they hold pieces or the whole text so far. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';

/** `delta`: append. `replace`: the platform revised earlier words; this is the whole text so far. */
export type JoinedText = { type: 'delta' | 'replace'; text: string };

export interface FramePosition {
  /** The frame's running count of output tokens, if it has one. */
  outputTokens?: number;
  /** The frame ends the answer. */
  last: boolean;
}

export interface TextJoiner {
  /** Takes the text of one frame and gives what it adds, or `undefined` when nothing can be said yet. */
  push(text: string, position: FramePosition): JoinedText | undefined;
  /** What was held back, when the answer breaks off. */
  flush(): JoinedText | undefined;
}

const delta = (text: string): JoinedText | undefined => (text === '' ? undefined : { type: 'delta', text });

/** V8 keeps the whole frame alive for a slice of it; a copy lets the frame go. */
function detach(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le');
}

/**
 * For frames that were asked to be cumulative: each holds the whole text so far, and the last one wins. A second frame
 * that does not continue the first either revises it, or shows that the service sends pieces after all; it is held
 * back until the third tells.
 */
export function createCumulativeJoiner(): TextJoiner {
  return joinWholeTexts('');
}

/** `shown`: what the reader has of the frames before. */
function joinWholeTexts(shown: string): TextJoiner {
  let frames = shown === '' ? 0 : 1;
  let pieces = false;
  let doubtful: string | undefined;

  const show = (whole: string): JoinedText | undefined => {
    const continues = whole.startsWith(shown);
    const added = detach(whole.slice(shown.length));
    shown = whole;
    return continues ? delta(added) : { type: 'replace', text: whole };
  };

  return {
    push(text, { last }) {
      if (text === '') return last ? this.flush() : undefined;
      if (pieces) return delta(text);
      // A cut character at the end of a frame shows as U+FFFD; the next frame holds the whole one.
      const whole = last ? text : trimTrailing(text, '\uFFFD');
      frames++;
      if (doubtful !== undefined) {
        const before = doubtful;
        doubtful = undefined;
        if (whole.startsWith(before) || last) return show(whole);
        pieces = true;
        return delta(before + text);
      }
      if (frames === 2 && !last && !whole.startsWith(shown)) {
        doubtful = whole;
        return undefined;
      }
      // A frame that lost its end, to gain it again with the next.
      if (!last && shown.startsWith(whole)) return undefined;
      return show(whole);
    },
    flush() {
      const whole = doubtful;
      doubtful = undefined;
      return whole === undefined ? undefined : show(whole);
    },
  };
}

/** From here on nobody believes in pieces that each happen to begin with all that came before. */
const convincingLength = 12;
const convincingFrames = 3;
/** The same for an answer whose last frame is empty. */
const convincingEnd = 6;
/** An answer of two frames: the second ends it and begins with the whole, not so short, first. */
const convincingFirst = 4;

/**
 * For frames that were asked to be pieces. Some services send whole texts all the same; shown as pieces they would
 * double the answer. Only while every frame so far begins with the one before is the matter open, and only then are
 * frames held back; ordinary pieces settle it with the second frame. A piece that repeats its neighbour is a piece,
 * unless the token count says that nothing was added.
 */
export function createIncrementalJoiner(): TextJoiner {
  let pieces = false;
  let cumulative: TextJoiner | undefined;
  let first: string | undefined;
  let before = '';
  let tokensBefore: number | undefined;
  let frames = 0;
  /** All that came after the first frame, joined as pieces. */
  let held = '';

  const settleAsPieces = (text: string): JoinedText | undefined => {
    pieces = true;
    const all = held + text;
    held = '';
    return delta(all);
  };

  const settleAsWhole = (text: string, position: FramePosition): JoinedText | undefined => {
    held = '';
    cumulative = joinWholeTexts(first ?? '');
    return cumulative.push(text, position);
  };

  return {
    push(text, position) {
      if (pieces) return delta(text);
      if (cumulative) return cumulative.push(text, position);
      if (text === '') {
        if (!position.last || held === '') return undefined;
        // Whole texts are rarely empty at their end: without much else to go by, these were pieces.
        const whole = frames >= convincingFrames && before.length >= convincingEnd;
        return whole ? settleAsWhole(before, position) : settleAsPieces('');
      }
      const { outputTokens } = position;
      const repeated = text === before && (outputTokens ?? 0) > 0 && outputTokens === tokensBefore;
      tokensBefore = outputTokens;
      if (repeated) return undefined;
      frames++;
      if (first === undefined) {
        first = text;
        before = text;
        return delta(text);
      }
      const grown = held !== '';
      if (!text.startsWith(before) || (text === before && !grown)) return settleAsPieces(text);
      const convincing = position.last
        ? frames >= convincingFrames || before.length >= convincingFirst
        : frames >= convincingFrames && text.length >= convincingLength;
      if (convincing) return settleAsWhole(text, position);
      if (position.last) return settleAsPieces(text);
      held += text;
      before = text;
      return undefined;
    },
    flush() {
      if (cumulative) return cumulative.flush();
      if (held === '') return undefined;
      return frames >= convincingFrames || (first ?? '').length >= convincingFirst
        ? settleAsWhole(before, { last: true })
        : settleAsPieces('');
    },
  };
}
