/** A model whose every request is counted, whoever asks it: what it took and what that cost. */

import type { StreamPart, Usage } from '../../llm/chatModel.ts';
import type { Cost } from '../../llm/pricing.ts';
import type { ReplayModel } from '../../providers/rawRequest.ts';

export interface Meter {
  /** By the price that holds now. */
  costOf(usage: Usage | undefined): Cost | undefined;
  /** Called once for each request that the platform answered; without `usage` where it did not say. */
  record(usage: Usage | undefined, cost: Cost | undefined): void;
}

/** The finish part of its streams says what the answer cost. */
export function meterModel(model: ReplayModel, meter: Meter): ReplayModel {
  const metered = (parts: AsyncIterable<StreamPart>): AsyncIterable<StreamPart> => ({
    [Symbol.asyncIterator]: () => meteredParts(parts, meter),
  });
  return {
    info: model.info,
    stream: (request, signal) => metered(model.stream(request, signal)),
    replay: (request, signal) => metered(model.replay(request, signal)),
  };
}

function meteredParts(parts: AsyncIterable<StreamPart>, meter: Meter): AsyncIterator<StreamPart> {
  const inner = parts[Symbol.asyncIterator]();
  let begun = false;
  let ended = false;
  const end = (usage?: Usage, cost?: Cost): void => {
    // A request that brought nothing was refused, and costs nothing.
    if (!ended && begun) meter.record(usage, cost);
    ended = true;
  };
  return {
    async next() {
      try {
        const result = await inner.next();
        if (result.done) {
          end();
          return result;
        }
        begun = true;
        const part = result.value;
        if (part.type !== 'finish') return result;
        const cost = meter.costOf(part.usage);
        end(part.usage, cost);
        return cost ? { done: false, value: { ...part, cost } } : result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return(value) {
      end();
      return (await inner.return?.(value)) ?? { done: true, value: undefined };
    },
  };
}
