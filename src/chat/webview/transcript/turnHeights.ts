/** Heights of turns that are not in the page: those they had, else estimates from their text. */

import type { PanelTurn } from '../state.ts';

export interface TurnHeights {
  /** In pixels. */
  of(turn: PanelTurn): number;
  /** The turn is about to leave the page, where it had this height. */
  remember(turnId: string, height: number): void;
}

/** Heights that are remembered, at most: those that were released last. */
const mostKnown = 2000;

/** `widthOf` gives the width of the turns in pixels: heights of another width are forgotten. */
export function createTurnHeights(widthOf: () => number): TurnHeights {
  const known = new Map<string, number>();
  let knownWidth = 0;

  function width(): number {
    const now = widthOf();
    if (now !== knownWidth) known.clear();
    knownWidth = now;
    return now;
  }

  return {
    of: (turn) => {
      const now = width();
      return known.get(turn.id) ?? estimateHeight(turn, now);
    },
    remember(turnId, height) {
      width();
      known.delete(turnId);
      known.set(turnId, height);
      if (known.size <= mostKnown) return;
      const [oldest] = known.keys();
      if (oldest !== undefined) known.delete(oldest);
    },
  };
}

/** In pixels, at VS Code's usual size of letters: name of the model, buttons, and the spaces between. */
const frameHeight = 108;
const lineHeight = 20;
/** Of an empty line: the space between two paragraphs, less the line break. */
const gapHeight = 12;
const letterWidth = 7;
/** A Chinese, Japanese or Korean sign takes two letters' width. */
const wideSigns = /[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g;

/** The height in pixels that a turn is likely to have at a width in pixels. Costs by the length of its texts. */
export function estimateHeight(
  { question, text }: Pick<PanelTurn, 'question' | 'text'>,
  width: number,
): number {
  const perLine = Math.max(10, Math.floor(width / letterWidth));
  return frameHeight + textHeight(question, perLine * 0.9) + textHeight(text, perLine);
}

/** `perLine`: letters that fit into a line. */
function textHeight(text: string, perLine: number): number {
  let height = 0;
  for (const line of text.split('\n')) {
    const letters = line.length + (line.match(wideSigns)?.length ?? 0);
    height += line.trim() === '' ? gapHeight : lineHeight * Math.ceil(letters / perLine);
  }
  return height;
}
