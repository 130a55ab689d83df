/** Turns a platform's text frames into deltas, whether they hold pieces or the whole text so far. */

/** `delta`: append. `replace`: the platform revised earlier words; this is the whole text so far. */
export type JoinedText = { type: 'delta' | 'replace'; text: string };

export interface TextJoiner {
  /**
   * Takes the text of one frame and gives what it adds, or `undefined` when nothing can be said yet.
   * `outputTokens` is the frame's running count, if it has one; `last` marks the frame that ends the answer.
   */
  push(text: string, frame: { outputTokens?: number; last: boolean }): JoinedText | undefined;
  /** What was held back, when the answer breaks off. */
  flush(): JoinedText | undefined;
}

/** A cut character at the end of a frame shows as U+FFFD; the next frame holds the whole one. */
const cutCharacter = /\uFFFD+$/;

/**
 * For frames that were asked to be cumulative. Each holds the whole text so far, the last one wins; a frame that
 * does not continue the one before either revises it or shows that the service sends pieces after all.
 */
export function createCumulativeJoiner(): TextJoiner {
  return joinWholeTexts('');
}

/** `shown`: what the reader has of the frames before. */
function joinWholeTexts(shown: string): TextJoiner {
  let frames = shown === '' ? 0 : 1;
  let pieces = false;
  return {
    push(text, { last }) {
      if (text === '') return undefined;
      if (pieces) return { type: 'delta', text };
      const whole = last ? text : text.replace(cutCharacter, '');
      frames++;
      if (whole.startsWith(shown)) {
        const added = whole.slice(shown.length);
        shown = whole;
        return added === '' ? undefined : { type: 'delta', text: added };
      }
      // Only the second frame can tell: a whole text is never shorter, and never starts anew.
      if (frames === 2 && (whole.length < shown.length || whole[0] !== shown[0])) {
        pieces = true;
        return { type: 'delta', text };
      }
      if (!last && shown.startsWith(whole)) return undefined;
      shown = whole;
      return { type: 'replace', text: whole };
    },
    flush: () => undefined,
  };
}

/**
 * For frames that were asked to be pieces. Some services send whole texts all the same; shown as pieces they would
 * double the answer. While every frame so far continues the one before, the matter is open and frames are held
 * back: the second for one frame at most. A piece that repeats its neighbour is a piece, unless the token count
 * says that nothing was added.
 */
export function createIncrementalJoiner(): TextJoiner {
  let pieces = false;
  let cumulative: TextJoiner | undefined;
  let first: { text: string; outputTokens?: number } | undefined;
  let held: string | undefined;

  const settleAsPieces = (text: string): JoinedText => {
    pieces = true;
    const waiting = held ?? '';
    held = undefined;
    return { type: 'delta', text: waiting + text };
  };

  return {
    push(text, frame) {
      if (pieces) return text === '' ? undefined : { type: 'delta', text };
      if (cumulative) return cumulative.push(text, frame);
      if (text === '') return frame.last && held !== undefined ? settleAsPieces('') : undefined;
      if (first === undefined) {
        first = { text, outputTokens: frame.outputTokens };
        return { type: 'delta', text };
      }
      const before = held ?? first.text;
      if (text === before) {
        const counted = frame.outputTokens !== undefined && frame.outputTokens === first.outputTokens;
        return counted && held === undefined ? undefined : settleAsPieces(text);
      }
      if (!text.startsWith(before)) return settleAsPieces(text);
      if (held === undefined && !frame.last) {
        held = text;
        return undefined;
      }
      held = undefined;
      cumulative = joinWholeTexts(first.text);
      return cumulative.push(text, frame);
    },
    flush() {
      const text = held?.slice(first?.text.length);
      held = undefined;
      return text ? { type: 'delta', text } : undefined;
    },
  };
}
