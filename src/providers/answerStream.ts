/** Opens the stream of an answer. What exchanges over HTTP is loaded with the first one. */

import type { ModelInfo, StreamPart } from '../llm/chatModel.ts';
import type { ExchangeOptions } from './http/exchange.ts';
import { PartQueue } from './http/partQueue.ts';
import { type ReplayModel, toDecoderRequest } from './rawRequest.ts';
import type { Wire } from './wire.ts';

export function createReplayModel(info: ModelInfo, wire: Wire): ReplayModel {
  return {
    info,
    stream: (request, signal) =>
      stream({ wire, request, signal, prepare: (options) => wire.prepare(request, options) }),
    replay: (raw, signal) =>
      stream({
        wire,
        request: toDecoderRequest(raw),
        signal,
        recorded: true,
        prepare: (options) => wire.prepareRaw(raw, options),
      }),
  };
}

function stream(options: Omit<ExchangeOptions, 'queue'>): AsyncIterable<StreamPart> {
  return {
    [Symbol.asyncIterator]() {
      const leave = new AbortController();
      const queue = new PartQueue(() => leave.abort());
      const signal = AbortSignal.any([options.signal, leave.signal]);
      import('./http/exchange.ts')
        .then(({ exchangeAnswer }) => exchangeAnswer({ ...options, signal, queue }))
        .catch((error: unknown) => queue.end(error));
      return queue;
    },
  };
}
