/** Takes secrets out of an answer: the last that happens to its parts before anybody sees them. */

import type { StreamPart } from '../../llm/chatModel.ts';
import { SecretFilter } from './secretFilter.ts';
import type { SecretSet } from './secretSet.ts';
import { hideInValue } from './secrets.ts';

export interface PartFilter {
  push(part: StreamPart): void;
  /** The answer has broken off: passes on what waited. */
  end(): void;
}

/** What is too little to tell a secret waits no longer: a letter must not be missing while a service thinks. */
const longestWaitMs = 1000;

/**
 * A secret may be cut over several deltas, also where others stand between them, or where the reasoning stops and the text
 * begins. An end of a delta that may be the beginning of one waits for the next part, a single letter no longer than a
 * moment; everything else is passed on at once.
 */
export function createPartFilter(secrets: SecretSet, emit: (part: StreamPart) => void): PartFilter {
  const filters = { 'text-delta': new SecretFilter(secrets), 'reasoning-delta': new SecretFilter(secrets) };
  type Delta = keyof typeof filters;
  const tell = (type: Delta, text: string): void => {
    if (text !== '') emit({ type, text });
  };
  let latest: Delta | undefined;
  let timer: NodeJS.Timeout | undefined;
  const pauseAllBut = (current?: Delta): void => {
    for (const type of ['reasoning-delta', 'text-delta'] as const)
      if (type !== current) tell(type, filters[type].pause());
  };

  const feed = (type: Delta, text: string): void => {
    pauseAllBut(type);
    if (text === '') return;
    const filter = filters[type];
    if (latest && latest !== type) filter.continueFrom(filters[latest]);
    latest = type;
    tell(type, filter.feed(text));
  };

  const pass = (part: StreamPart): void => {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        feed(part.type, part.text);
        return;
      case 'text-replace': {
        pauseAllBut('text-delta');
        const filter = filters['text-delta'];
        // The text that waited is replaced like the rest.
        filter.reset();
        latest = 'text-delta';
        emit({ type: 'text-replace', text: filter.feed(part.text) });
        return;
      }
      default:
        pauseAllBut();
        emit(hideInValue(part, secrets));
    }
  };

  return {
    push(part) {
      clearTimeout(timer);
      pass(part);
      if (latest && filters[latest].holdsLittle) timer = setTimeout(pauseAllBut, longestWaitMs).unref();
    },
    end() {
      clearTimeout(timer);
      pauseAllBut();
    },
  };
}
