/** Creates a `ChatModel` from a protocol adapter; loads the HTTP code with the first request. */

import type { ModelInfo, StreamPart } from '../llm/chatModel.ts';
import type { ExchangeOptions } from './http/exchange.ts';
import { PartQueue } from './http/partQueue.ts';
import type { ProtocolAdapter } from './protocolAdapter.ts';
import { type ReplayModel, toDecoderRequest } from './rawRequest.ts';

/** Opens nothing: each loop over `stream(…)` or `replay(…)` starts one exchange. */
export function createReplayModel(info: ModelInfo, adapter: ProtocolAdapter): ReplayModel {
  return {
    info,
    stream: (request, signal) =>
      stream({ adapter, request, signal, prepare: (options) => adapter.prepare(request, options) }),
    replay: (raw, signal) =>
      stream({
        adapter,
        request: toDecoderRequest(raw),
        signal,
        recorded: true,
        prepare: (options) => adapter.prepareRaw(raw, options),
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
