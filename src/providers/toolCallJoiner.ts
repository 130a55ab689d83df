/** Joins tool calls that arrive in pieces: id and name in the first, arguments bit by bit. */

import type { StreamPart } from '../core/chatModel.ts';
import { isRecord } from './json.ts';
import type { HeldAnswer } from './wire.ts';

export interface ToolCallJoiner {
  /** Takes the list of pieces of one message, whatever stands in it. */
  push(pieces: unknown): void;
  /** The joined calls, in the order in which they began. */
  parts(): StreamPart[];
  readonly held: HeldAnswer;
}

interface Piece {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

type Call = Piece;

/** So much of the arguments must come again for the piece to be the whole so far, and no piece. */
const repeatedLength = 3;

export function createToolCallJoiner(): ToolCallJoiner {
  const calls: Call[] = [];
  /** The last call with each id, and with each index. */
  const byId = new Map<string, Call>();
  const byIndex = new Map<number, Call>();
  const held = { calls: 0, units: 0 };

  /** A call goes on while index and id agree; some services leave out one, some give every call the same index. */
  const find = ({ index, id }: Piece): Call | undefined => {
    const same = id === '' ? undefined : byId.get(id);
    if (same) return same;
    const last = index === undefined ? calls.at(-1) : byIndex.get(index);
    return last && id !== '' && last.id !== '' && last.id !== id ? undefined : last;
  };

  const begin = (index: number | undefined): Call => {
    const call = { index, id: '', name: '', arguments: '' };
    held.calls = calls.push(call);
    if (index !== undefined) byIndex.set(index, call);
    return call;
  };

  const join = (piece: Piece): void => {
    const call = find(piece) ?? begin(piece.index);
    const before = sizeOf(call);
    call.id = piece.id || call.id;
    if (call.id !== '') byId.set(call.id, call);
    call.name = piece.name || call.name;
    const known = call.arguments;
    const added = piece.arguments;
    // The lengths first: to compare the texts, all of them would have to be looked at again with each piece.
    const whole = known.length >= repeatedLength && added.length >= known.length && added.startsWith(known);
    call.arguments = whole ? added : known + added;
    held.units += sizeOf(call) - before;
  };

  return {
    held,
    push(pieces) {
      if (!Array.isArray(pieces)) return;
      for (const piece of pieces) if (isRecord(piece)) join(readPiece(piece));
    },
    parts: () =>
      calls.map(({ id, name, arguments: text }) => ({ type: 'tool-call', id, name, arguments: text })),
  };
}

/** Without a schema, which takes microseconds for each piece: one event may hold many thousands. */
function readPiece({ index, id, function: called }: Record<string, unknown>): Piece {
  const { name, arguments: text } = isRecord(called) ? called : {};
  return {
    index: typeof index === 'number' ? index : undefined,
    id: typeof id === 'string' ? id : '',
    name: typeof name === 'string' ? name : '',
    // Some local servers send arguments as an object, not as its text.
    arguments: typeof text === 'string' ? text : isRecord(text) ? JSON.stringify(text) : '',
  };
}

function sizeOf({ id, name, arguments: text }: Call): number {
  return id.length + name.length + text.length;
}
