/** Puts the pieces of an answer together, for answers in one piece. */

import type { AnswerPiece, ToolCallPiece } from './wire.ts';

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

const join = (pieces: readonly AnswerPiece[], type: AnswerPiece['type']): string =>
  pieces
    .filter((piece) => piece.type === type)
    .map((piece) => piece.text)
    .join('');
