/** Joins the pieces of an answer and counts their tokens. */

import type { Answer, AnswerPiece, ToolCallPiece } from './endpoint.ts';
import { estimateTokens } from './tokenEstimate.ts';

/** The last snapshot, or the texts joined. */
export function wholeText(pieces: readonly AnswerPiece[]): string {
  return pieces.findLast((piece) => piece.type === 'snapshot')?.text ?? join(pieces, 'text');
}

export function wholeReasoning(pieces: readonly AnswerPiece[]): string {
  return join(pieces, 'reasoning');
}

/** One for each call, with all of its arguments; in order. */
export function wholeToolCalls(pieces: readonly AnswerPiece[]): ToolCallPiece[] {
  const calls: ToolCallPiece[] = [];
  for (const piece of pieces) {
    if (piece.type === 'tool-call') {
      const call = calls[piece.index];
      calls[piece.index] = call === undefined ? piece : { ...call, text: call.text + piece.text };
    }
  }
  return calls;
}

/** Returns a function that takes the next piece and returns the totals so far; `null` when nothing is counted. */
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

const join = (pieces: readonly AnswerPiece[], type: AnswerPiece['type']): string =>
  pieces
    .filter((piece) => piece.type === type)
    .map((piece) => piece.text)
    .join('');
