/** Turns text frames into deltas, whether they hold deltas or the whole text so far. */

import { trimTrailing } from '../../base/common/trimTrailing.ts';

/** `delta`: append. `replace`: the platform revised earlier words; this is the whole text so far. */
export type JoinedText = { type: 'delta' | 'replace'; text: string };

export interface FramePosition {
  /** The frame's running count of output tokens, where present. */
  outputTokens?: number;
  /** The frame ends the answer. */
  last: boolean;
}

export interface TextJoiner {
  /** Takes the text of one frame and returns its addition, or `undefined` while undecided. */
  push(text: string, position: FramePosition): JoinedText | undefined;
  /** Returns the buffered text of an interrupted answer. */
  flush(): JoinedText | undefined;
}

const delta = (text: string): JoinedText | undefined => (text === '' ? undefined : { type: 'delta', text });

/** Copies the slice: V8 would keep the whole frame alive for it. */
function detach(slice: string): string {
  return Buffer.from(slice, 'utf16le').toString('utf16le');
}

/**
 * For frames requested as whole texts: each holds the text so far, and the last one wins. If the second frame does
 * not continue the first, it either revises it or the service sends deltas after all; it is buffered until the third
 * frame decides.
 */
export function createCumulativeJoiner(): TextJoiner {
  return joinWholeTexts('');
}

/** `shown`: the text emitted so far. */
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
      // A truncated character at a frame's end decodes to U+FFFD; the next frame holds the whole one.
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
      // A frame without its end, which the next one has again.
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

/** From this many frames and characters on, frames that each begin with the one before are whole texts. */
const convincingLength = 12;
const convincingFrames = 3;
/** The same for an answer whose last frame is empty. */
const convincingEnd = 6;
/** For two frames: shortest first frame that the last one, beginning with it, proves to be whole texts. */
const convincingFirst = 4;

/**
 * For frames requested as deltas. Some services send whole texts nevertheless; taken for deltas they would double the
 * answer. Frames are buffered only while each begins with the one before; ordinary deltas decide with the second
 * frame. A frame equal to the one before is a delta, unless the token count shows that nothing was added.
 */
export function createIncrementalJoiner(): TextJoiner {
  let pieces = false;
  let cumulative: TextJoiner | undefined;
  let first: string | undefined;
  let before = '';
  let tokensBefore: number | undefined;
  let frames = 0;
  /** All frames after the first, joined as deltas. */
  let buffered = '';

  const settleAsPieces = (text: string): JoinedText | undefined => {
    pieces = true;
    const all = buffered + text;
    buffered = '';
    return delta(all);
  };

  const settleAsWhole = (text: string, position: FramePosition): JoinedText | undefined => {
    buffered = '';
    cumulative = joinWholeTexts(first ?? '');
    return cumulative.push(text, position);
  };

  return {
    push(text, position) {
      if (pieces) return delta(text);
      if (cumulative) return cumulative.push(text, position);
      if (text === '') {
        if (!position.last || buffered === '') return undefined;
        // Whole texts are rarely empty at their end: without further evidence these were deltas.
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
      const grown = buffered !== '';
      if (!text.startsWith(before) || (text === before && !grown)) return settleAsPieces(text);
      const convincing = position.last
        ? frames >= convincingFrames || before.length >= convincingFirst
        : frames >= convincingFrames && text.length >= convincingLength;
      if (convincing) return settleAsWhole(text, position);
      if (position.last) return settleAsPieces(text);
      buffered += text;
      before = text;
      return undefined;
    },
    flush() {
      if (cumulative) return cumulative.flush();
      if (buffered === '') return undefined;
      return frames >= convincingFrames || (first ?? '').length >= convincingFirst
        ? settleAsWhole(before, { last: true })
        : settleAsPieces('');
    },
  };
}
