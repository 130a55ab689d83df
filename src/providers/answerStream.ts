/** Opens the stream of an answer. What exchanges over HTTP is loaded with the first one. */

import type { ChatRequest, StreamPart } from '../core/chatModel.ts';
import type { ExchangeOptions } from './exchange.ts';
import { PartQueue } from './partQueue.ts';
import { type RawRequest, toDecoderRequest } from './rawRequest.ts';
import type { Wire } from './wire.ts';

export function streamAnswer(
  wire: Wire,
  request: ChatRequest,
  signal: AbortSignal,
): AsyncIterable<StreamPart> {
  return stream({ wire, request, signal, prepare: (options) => wire.prepare(request, options) });
}

/** Sends a body that is there already. */
export function streamRaw(wire: Wire, raw: RawRequest, signal: AbortSignal): AsyncIterable<StreamPart> {
  const request = toDecoderRequest(raw);
  const prepare: ExchangeOptions['prepare'] = (options) => wire.prepareRaw(raw, options);
  return stream({ wire, request, signal, recorded: true, prepare });
}

function stream(options: Omit<ExchangeOptions, 'queue'>): AsyncIterable<StreamPart> {
  return {
    [Symbol.asyncIterator]() {
      const leave = new AbortController();
      const queue = new PartQueue(() => leave.abort());
      const signal = AbortSignal.any([options.signal, leave.signal]);
      import('./exchange.ts')
        .then(({ exchangeAnswer }) => exchangeAnswer({ ...options, signal, queue }))
        .catch((error: unknown) => queue.end(error));
      return queue;
    },
  };
}
