/** Joins tool calls that arrive in pieces, however services number and name them. */

import type { StreamPart } from '../../llm/chatModel.ts';
import type { BufferedAnswer } from '../protocolAdapter.ts';
import { isRecord, parseJson } from '../sse/json.ts';
import { createObjectScan, type ObjectScan } from '../sse/objectScan.ts';

export interface ToolCallJoiner {
  /** Adds the list of pieces of one message, whatever its type. */
  push(pieces: unknown): void;
  /** Adds the calls of a whole message, which may have come in pieces before. */
  pushWhole(calls: unknown): void;
  /** The joined calls, in the order in which they began. Each has a unique id; missing arguments become `{}`. */
  parts(): StreamPart[];
  readonly buffered: BufferedAnswer;
}

export interface ToolCallOptions {
  /** Names of the request's tools: they distinguish a name in pieces from another call. */
  tools?: readonly string[];
  /** Called for a list item that is no call. */
  skip?(): void;
}

type Index = number | string;

interface Piece {
  index: Index | undefined;
  id: string;
  name: string;
  arguments: string;
  /** The arguments came as an object, hence complete. */
  whole: boolean;
}

interface Call {
  id: string;
  name: string;
  arguments: string;
  /** Tracks whether the arguments are complete, without parsing them again with each piece. */
  scan: ObjectScan;
  /** The number of the last list with a piece of it. */
  list: number;
  /** Its name was repeated behind complete arguments: the next object begins another call. */
  renamed: boolean;
}

export function createToolCallJoiner({ tools = [], skip }: ToolCallOptions = {}): ToolCallJoiner {
  const known = new Set(tools);
  const calls: Call[] = [];
  /** The last call with each id, and with each index. */
  const byId = new Map<string, Call>();
  const byIndex = new Map<Index, Call>();
  const buffered = { calls: 0, units: 0 };
  let lists = 0;
  /** Calls of whole messages; from `wholeFrom` on those of the last one, which may repeat the one before. */
  let whole: Piece[] = [];
  let wholeFrom = 0;

  /** The call that a piece continues; `undefined` where it begins one. The index decides first, then the id. */
  const find = (piece: Piece): Call | undefined => {
    const { index, id, name } = piece;
    const ofIndex = index === undefined ? undefined : byIndex.get(index);
    const ofId = id === '' ? undefined : byId.get(id);
    if (name === '') {
      // Some services give every call the same index: then a known id decides.
      if (ofIndex && (ofIndex.id === id || !ofId)) return ofIndex;
      return ofId ?? (beginsWithoutName(piece) ? undefined : calls.at(-1));
    }
    const goesOn = (call: Call | undefined): call is Call => call !== undefined && !begins(call, piece);
    if (ofIndex && id !== '' && ofIndex.id === id && ofIndex.name === name) return ofIndex;
    if (ofIndex) return [ofId, ofIndex].find(goesOn);
    // An index that only counts pieces says nothing: incomplete arguments do.
    if (index !== undefined) return ofId?.name === name && !isFinished(ofId) ? ofId : goesOnUnfinished(piece);
    if (id !== '') return goesOn(ofId) ? ofId : goesOnUnfinished(piece);
    const last = calls.at(-1);
    const same = last?.name === name || known.has((last?.name ?? '') + name);
    return same && goesOn(last) ? last : undefined;
  };

  /** A call with incomplete arguments that a piece of the same name continues. */
  const goesOnUnfinished = ({ name, arguments: added }: Piece): Call | undefined => {
    const last = calls.at(-1);
    const open =
      last && last.name === name && last.list !== lists && last.arguments !== '' && !isFinished(last);
    return open && !/^\s*\{/.test(added) ? last : undefined;
  };

  /** Whether a piece without a name begins a call whose name comes later. */
  const beginsWithoutName = ({ index, id, arguments: added }: Piece): boolean => {
    const last = calls.at(-1);
    if (!last || (index === undefined && id === '')) return !last;
    return last.list === lists || isFinished(last) || (added === '' && index !== undefined && id !== '');
  };

  /** Whether a piece with a name begins another call, despite the same index or id. */
  const begins = (call: Call, { id, name, arguments: added }: Piece): boolean => {
    if (call.name === '') return false;
    if (call.list === lists) return true;
    const otherId = id !== '' && call.id !== '' && id !== call.id;
    if (name !== call.name) {
      // A name may come in pieces, before the arguments or with them.
      if (otherId || isFinished(call) || (known.has(call.name) && !known.has(call.name + name))) return true;
      return call.arguments !== '' && /^\s*\{/.test(added);
    }
    if (!call.scan.complete) return false;
    if (otherId) return true;
    // The same name behind complete arguments: another call, unless the arguments are repeated or continue.
    const again = added.length >= call.arguments.length && added.startsWith(call.arguments);
    return !(isEmptyObject(call.arguments) || added === '' || again);
  };

  const begin = ({ index, id }: Piece): Call => {
    const call = { id: '', name: '', arguments: '', scan: createObjectScan(), list: 0, renamed: false };
    buffered.calls = calls.push(call);
    if (index !== undefined) byIndex.set(index, call);
    if (id !== '') byId.set(id, call);
    return call;
  };

  const add = (found: Call | undefined, piece: Piece): void => {
    const again =
      found?.renamed && /^\s*\{/.test(piece.arguments) && !piece.arguments.startsWith(found.arguments);
    const call = (again ? undefined : found) ?? begin(piece);
    if (again) call.name = found?.name ?? '';
    const before = sizeOf(call);
    call.renamed = piece.name !== '' && piece.name === call.name && isFinished(call);
    // Where the id changes with each piece, the first one counts.
    if (call.id === '') call.id = piece.id;
    if (piece.id !== '' && !byId.has(piece.id)) byId.set(piece.id, call);
    if (piece.index !== undefined && !byIndex.has(piece.index)) byIndex.set(piece.index, call);
    call.name = joinName(call, piece);
    joinArguments(call, piece);
    call.list = lists;
    buffered.units += sizeOf(call) - before;
  };

  const read = (pieces: unknown): Piece[] => {
    if (pieces === null || pieces === undefined) return [];
    return (Array.isArray(pieces) ? pieces : [pieces]).flatMap((item) => {
      const piece = isRecord(item) ? readPiece(item) : undefined;
      if (!piece) skip?.();
      return piece ?? [];
    });
  };

  const push = (pieces: readonly Piece[]): void => {
    lists++;
    for (const piece of pieces) add(find(piece), piece);
  };

  /** Adds calls of whole messages that did not come in pieces. */
  const addWhole = (): void => {
    const pieces = whole;
    whole = [];
    if (pieces.length === 0) return;
    if (calls.length === 0) {
      for (const piece of pieces) {
        if (isWhole(piece)) add(undefined, piece);
        else push([piece]);
      }
      return;
    }
    const counts = countOf(calls);
    const rest = pieces.filter((piece) => {
      const key = keyOf(piece);
      const count = counts.get(key) ?? 0;
      counts.set(key, count - 1);
      return count <= 0;
    });
    // An unrepeated call is incomplete, or another form of one with the same name.
    const open = new Map<string, Call[]>();
    for (const call of calls) {
      if ((counts.get(keyOf(call)) ?? 0) <= 0) continue;
      const same = open.get(call.name);
      if (same) same.push(call);
      else open.set(call.name, [call]);
    }
    for (const piece of rest) {
      const call = open.get(piece.name)?.shift();
      if (!call) add(undefined, piece);
      else if (!isFinished(call) && piece.arguments.startsWith(call.arguments))
        joinArguments(call, { ...piece, whole: true });
    }
  };

  return {
    buffered,
    push(pieces) {
      // Most messages have none.
      if (pieces !== null && pieces !== undefined) push(read(pieces));
    },
    pushWhole(list) {
      const pieces = read(list);
      if (pieces.length === 0) return;
      // Each message may repeat the one before.
      const [first] = pieces;
      const before = whole[wholeFrom];
      const repeats = first !== undefined && before !== undefined && keyOf(first) === keyOf(before);
      if (repeats) whole.length = wholeFrom;
      else wholeFrom = whole.length;
      for (const piece of pieces) {
        whole.push(piece);
        if (!repeats) buffered.units += sizeOf(piece);
      }
    },
    parts() {
      addWhole();
      const ids = new Set<string>();
      return calls
        .filter(({ name, arguments: text }) => name !== '' || text !== '')
        .map((call) => {
          const { id, name } = call;
          const own = id === '' || ids.has(id) ? newId() : id;
          ids.add(own);
          return { type: 'tool-call', id: own, name, arguments: finalArguments(call) };
        });
    },
  };
}

/** The id is sent back with the result, also in later requests: services refuse empty or duplicate ids. */
function newId(): string {
  return `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
}

/** Whether its arguments are complete. An empty object may be a placeholder for the real ones. */
function isFinished({ scan, arguments: text }: Call): boolean {
  return scan.complete && !isEmptyObject(text);
}

/** A name comes at once, repeated with each piece, or in pieces before the arguments are complete. */
function joinName(call: Call, { name }: Piece): string {
  if (name === '' || name === call.name) return call.name;
  if (name.startsWith(call.name)) return name;
  return call.scan.complete ? call.name : call.name + name;
}

function joinArguments(call: Call, { arguments: text, whole }: Piece): void {
  const known = call.arguments;
  // Some services begin, or end, the arguments with an empty object.
  const added = known === '' ? text.replace(/^\s{0,8}\{\s{0,8}\}\s{0,8}(?=\{)/, '') : text;
  if (added === '' || (known !== '' && isEmptyObject(added) && call.scan.complete)) return;
  // Arguments that begin with all so far are the whole so far, not a piece: no object follows a brace. Compare
  // lengths first: otherwise all text would be read again with each piece.
  const again =
    added.length >= known.length &&
    known.length >= (known.startsWith('{') ? 1 : 3) &&
    added.startsWith(known);
  // The same arguments in another form; a much shorter text is not, and is not parsed.
  if (call.scan.complete && added.length * 4 >= known.length && normalize(added) === normalize(known)) return;
  if (whole || again || isEmptyObject(known) || known === 'null') {
    call.arguments = added;
    call.scan = createObjectScan();
  } else {
    call.arguments = known + added;
  }
  call.scan.push(added);
}

/** Removes an empty object appended to the arguments; missing arguments become an empty object. */
function finalArguments({ arguments: text }: Call): string {
  // PHP's and Python's empty values.
  if (['', 'null', 'None', '[]'].includes(text.trim())) return '{}';
  const buffered = embeddedObject(text);
  if (buffered) return JSON.stringify(buffered);
  const glued = /\{\s{0,8}\}\s{0,8}$/.exec(text.slice(-20))?.[0];
  if (glued === undefined || parseJson(text) !== undefined) return text;
  const before = text.slice(0, -glued.length);
  return parseJson(before) === undefined ? text : before;
}

function countOf(calls: readonly Call[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const call of calls) counts.set(keyOf(call), (counts.get(keyOf(call)) ?? 0) + 1);
  return counts;
}

/** Equal for calls of the same tool with the same arguments, in any form. */
function keyOf({ name, arguments: text }: Pick<Piece, 'name' | 'arguments'>): string {
  return JSON.stringify([name, normalize(text)]);
}

/** Without a schema, which takes microseconds for each: one event may have many thousands. */
function readPiece(item: Record<string, unknown>): Piece | undefined {
  const called = isRecord(item.function) ? item.function : item;
  const { name, arguments: text } = called;
  const piece: Piece = {
    index: readIndex(item.index),
    id: typeof item.id === 'number' ? String(item.id) : typeof item.id === 'string' ? item.id : '',
    name: typeof name === 'string' ? name : '',
    // Some local servers send arguments as an object, not as its text.
    arguments: typeof text === 'string' ? text : isRecord(text) ? JSON.stringify(text) : '',
    whole: isRecord(text),
  };
  const empty = piece.index === undefined && piece.id === '' && piece.name === '' && piece.arguments === '';
  return empty ? undefined : piece;
}

/** A number, a number as text, or any other label. */
function readIndex(index: unknown): Index | undefined {
  if (typeof index === 'number') return index;
  if (typeof index !== 'string' || index === '') return undefined;
  return /^\d{1,6}(\.0)?$/.test(index) ? Number(index) : index;
}

/** Whether the piece is a complete call. */
function isWhole({ name, arguments: text }: Piece): boolean {
  return name !== '' && (text === '' || isRecord(parseJson(text)));
}

function isEmptyObject(text: string): boolean {
  return text.length <= 8 && /^\s*\{\s*\}\s*$/.test(text);
}

/** The object in a JSON text within a JSON text. */
function embeddedObject(text: string): object | undefined {
  const inner = text.startsWith('"') ? parseJson(text) : undefined;
  const value = typeof inner === 'string' ? parseJson(inner) : undefined;
  return isRecord(value) ? value : undefined;
}

function normalize(text: string): string {
  const value = text.trim() === '' ? {} : (embeddedObject(text) ?? parseJson(text));
  return value === undefined ? text : JSON.stringify(value);
}

function sizeOf({ id, name, arguments: text }: Pick<Piece, 'id' | 'name' | 'arguments'>): number {
  return id.length + name.length + text.length;
}
