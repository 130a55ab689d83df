/** Token counts that grow while an answer is streamed. */

import { estimateTokens } from './tokenEstimate.ts';
import type { Answer, AnswerPiece } from './wire.ts';

/** Gives a function that takes the next piece and returns the totals so far; `null` when nothing is counted. */
export function createRunningUsage(answer: Answer): (piece: AnswerPiece) => Answer['usage'] {
  let outputTokens = 0;
  return (piece) => {
    if (answer.usage === null) {
      return null;
    }
    const { inputTokens, outputTokens: final, totalTokens } = answer.usage;
    outputTokens = Math.min(
      final,
      (piece.type === 'snapshot' ? 0 : outputTokens) + estimateTokens(piece.text),
    );
    return { inputTokens, outputTokens, totalTokens: totalTokens - final + outputTokens };
  };
}
