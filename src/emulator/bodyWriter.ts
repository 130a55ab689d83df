/** Writes the events of an answer to the socket: compressed, split into writes, and counted. */

import type { ServerResponse } from 'node:http';
import { createBrotliCompress, createGzip } from 'node:zlib';
import type { RecordedRequest } from './recordedRequest.ts';
import type { ScriptStep } from './scriptStep.ts';

export interface BodyWriter {
  /** Writes one event; resolves when the socket has it, or when the answer is over. */
  writeEvent(bytes: Buffer): Promise<void>;
  /** Writes a part of an event. */
  writePartial(bytes: Buffer): Promise<void>;
  /** Writes the bytes that `split` still holds back. */
  flush(): Promise<void>;
  /** Ends the body cleanly. */
  end(): Promise<void>;
}

export function createBodyWriter(
  response: ServerResponse,
  record: RecordedRequest,
  step: Pick<ScriptStep, 'split' | 'contentEncoding'>,
): BodyWriter {
  const encoder = createContentEncoder(step.contentEncoding);
  const divide = createDivider(step.split);

  async function send(bytes: Buffer, rest: boolean): Promise<void> {
    const writes = divide(bytes, rest);
    for (const [index, piece] of writes.entries()) {
      if (response.destroyed) {
        return;
      }
      record.bytesWritten += piece.length;
      if (index === writes.length - 1) {
        // Waiting for the last write lets the event loop notice a client that leaves.
        await new Promise<void>((resolve) => response.write(piece, () => resolve()));
      } else if (!response.write(piece)) {
        await drained(response);
      }
    }
  }

  return {
    async writeEvent(bytes) {
      if (!response.destroyed) {
        record.eventsWritten += 1;
        await send(await encoder.encode(bytes), false);
      }
    },
    async writePartial(bytes) {
      await send(await encoder.encode(bytes), true);
    },
    async flush() {
      await send(Buffer.alloc(0), true);
    },
    async end() {
      await send(await encoder.end(), true);
      response.end();
    },
  };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}

/** Returns a function that returns the complete writes; with `rest`, also the bytes held back. */
function createDivider(split: ScriptStep['split']): (bytes: Buffer, rest: boolean) => Buffer[] {
  if (split === undefined || split === 'event') {
    return (bytes) => (bytes.length === 0 ? [] : [bytes]);
  }
  const offsets = 'atBytes' in split ? split.atBytes.toSorted((a, b) => a - b) : [];
  let held: Buffer = Buffer.alloc(0);
  let position = 0;
  const boundaryAfter = (offset: number): number =>
    'everyBytes' in split
      ? offset + split.everyBytes
      : (offsets.find((candidate) => candidate > offset) ?? Number.POSITIVE_INFINITY);
  return (bytes, rest) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const writes: Buffer[] = [];
    for (let size = boundaryAfter(position) - position; size <= held.length; ) {
      writes.push(held.subarray(0, size));
      held = held.subarray(size);
      position += size;
      size = boundaryAfter(position) - position;
    }
    if (rest && held.length > 0) {
      writes.push(held);
      position += held.length;
      held = Buffer.alloc(0);
    }
    return writes;
  };
}

interface ContentEncoder {
  /** Bytes that let a client decode everything so far. */
  encode(bytes: Buffer): Promise<Buffer>;
  /** The bytes that end the compressed stream. */
  end(): Promise<Buffer>;
}

function createContentEncoder(encoding: 'gzip' | 'br' | undefined): ContentEncoder {
  if (encoding === undefined) {
    return { encode: async (bytes) => bytes, end: async () => Buffer.alloc(0) };
  }
  const compressor = encoding === 'gzip' ? createGzip() : createBrotliCompress();
  let output: Buffer[] = [];
  compressor.on('data', (chunk: Buffer) => output.push(chunk));
  const take = (): Buffer => {
    const bytes = Buffer.concat(output);
    output = [];
    return bytes;
  };
  return {
    encode: (bytes) =>
      new Promise((resolve) => {
        compressor.write(bytes);
        compressor.flush(() => resolve(take()));
      }),
    end: () =>
      new Promise((resolve) => {
        compressor.once('end', () => resolve(take()));
        compressor.end();
      }),
  };
}
