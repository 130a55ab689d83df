/** Joins tool calls that arrive in pieces: id and name in the first, arguments bit by bit. */

import * as z from 'zod';
import type { StreamPart } from '../core/chatModel.ts';

/** Some local servers send arguments as an object, not as its text. */
const argumentsSchema = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value),
  z.string().nullish(),
);

export const toolCallPieceSchema = z.object({
  index: z.number().nullish().catch(undefined),
  id: z.string().nullish().catch(undefined),
  function: z.object({ name: z.string().nullish(), arguments: argumentsSchema }).nullish(),
});

export type ToolCallPiece = z.infer<typeof toolCallPieceSchema>;

export interface ToolCallJoiner {
  push(piece: ToolCallPiece): void;
  /** The joined calls, in the order in which they began. */
  parts(): StreamPart[];
}

interface Call {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

/** So much of the arguments must come again for the piece to be the whole so far, and no piece. */
const repeatedLength = 3;

export function createToolCallJoiner(): ToolCallJoiner {
  const calls: Call[] = [];

  /** A call goes on while index and id agree; some services leave out one, some give every call the same index. */
  const find = ({ index, id }: ToolCallPiece): Call | undefined => {
    if (id) {
      const same = calls.findLast((call) => call.id === id);
      if (same) return same;
    }
    const last =
      index === null || index === undefined ? calls.at(-1) : calls.findLast((call) => call.index === index);
    return last && id && last.id && last.id !== id ? undefined : last;
  };

  return {
    push(piece) {
      let call = find(piece);
      if (!call) {
        call = { index: piece.index ?? undefined, id: '', name: '', arguments: '' };
        calls.push(call);
      }
      call.id = piece.id || call.id;
      call.name = piece.function?.name || call.name;
      const added = piece.function?.arguments ?? '';
      const whole = call.arguments.length >= repeatedLength && added.startsWith(call.arguments);
      call.arguments = whole ? added : call.arguments + added;
    },
    parts: () =>
      calls.map(({ id, name, arguments: text }) => ({ type: 'tool-call', id, name, arguments: text })),
  };
}
