/** Joins tool calls that arrive in pieces: id and name in the first, arguments bit by bit. */

import type { StreamPart } from '../core/chatModel.ts';

export interface ToolCallPiece {
  index?: number | null;
  id?: string | null;
  function?: { name?: string | null; arguments?: string | null } | null;
}

export interface ToolCallJoiner {
  /** `place`: the piece's position in its frame, for services that leave out `index`. */
  push(piece: ToolCallPiece, place: number): void;
  /** The joined calls, in the order of their indexes. */
  parts(): StreamPart[];
}

/** `cumulative`: each frame holds a call's whole arguments so far. */
export function createToolCallJoiner(options: { cumulative: boolean }): ToolCallJoiner {
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  return {
    push(piece, place) {
      const index = piece.index ?? place;
      const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
      const added = piece.function?.arguments ?? '';
      calls.set(index, {
        id: piece.id || call.id,
        name: piece.function?.name || call.name,
        arguments: options.cumulative ? added || call.arguments : call.arguments + added,
      });
    },
    parts: () => [...calls].sort(([a], [b]) => a - b).map(([, call]) => ({ type: 'tool-call', ...call })),
  };
}
