/** Reads an answer from bytes that are there already: everything that a provider does behind HTTP. */

import { Readable } from 'node:stream';
import { ChatError } from '../../src/llm/chatError.ts';
import type { StreamPart } from '../../src/llm/chatModel.ts';
import type { ProtocolId } from '../../src/providers/common/protocols.ts';
import type { AnswerLimits } from '../../src/providers/connection.ts';
import { readAnswer } from '../../src/providers/http/exchange.ts';
import { PartQueue } from '../../src/providers/http/partQueue.ts';
import type { AnswerDecoder, DecoderOutput, ProtocolAdapter } from '../../src/providers/protocolAdapter.ts';
import { findProtocol } from '../../src/providers/registry.ts';
import { SecretSet } from '../../src/providers/secrets/secretSet.ts';

export interface ReadAnswer {
  parts: StreamPart[];
  error?: ChatError;
}

export interface ReadAnswerOptions {
  limits?: AnswerLimits;
  keepAliveMs?: number;
  headers?: ReadonlyMap<string, string>;
  /** Another one than the protocol's ordinary one. */
  createDecoder?(output: DecoderOutput): AnswerDecoder;
}

/** Throws what is not a `ChatError`. */
export async function readBytes(
  protocol: ProtocolId,
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  {
    limits,
    keepAliveMs,
    headers = new Map(),
    createDecoder = (output) => findProtocol(protocol).createDecoder(output, { incremental: true }),
  }: ReadAnswerOptions = {},
): Promise<ReadAnswer> {
  const never = (): never => {
    throw new Error('not asked for');
  };
  const adapter: ProtocolAdapter = {
    providerId: protocol,
    connection: { limits },
    secrets: [],
    prepare: never,
    prepareRaw: never,
    createDecoder: (_request, output) => createDecoder(output),
    readFailure: never,
  };
  const queue = new PartQueue(() => {});
  const parts: StreamPart[] = [];
  const reading = (async () => {
    for await (const part of queue) parts.push(part);
  })();
  const body = Readable.from(bytesOf(chunks), { objectMode: false });
  const options = {
    providerId: protocol,
    timeouts: { keepAliveMs },
    signal: new AbortController().signal,
  };
  try {
    const response = { status: 200, headers, sentAt: Date.now(), body, release: () => void body.destroy() };
    const secrets = new SecretSet([]);
    await readAnswer({ adapter, request: { messages: [] }, options, queue, response, secrets });
    queue.end();
    await reading;
    return { parts };
  } catch (error) {
    queue.end();
    await reading;
    if (!(error instanceof ChatError)) throw error;
    return { parts, error };
  }
}

async function* bytesOf(
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) if (chunk.length > 0) yield Buffer.from(chunk);
}
