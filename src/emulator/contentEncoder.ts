/** Compression that is flushed after every event, as a streaming server does it. */

import { createBrotliCompress, createGzip } from 'node:zlib';

export interface ContentEncoder {
  /** Bytes that let a client decode everything so far. */
  encode(bytes: Buffer): Promise<Buffer>;
  /** The bytes that end the compressed stream. */
  end(): Promise<Buffer>;
}

export function createContentEncoder(encoding: 'gzip' | 'br' | undefined): ContentEncoder {
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
