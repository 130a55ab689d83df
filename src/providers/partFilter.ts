/** Takes secrets out of an answer: the last that happens to its parts before anybody sees them. */

import type { StreamPart } from '../core/chatModel.ts';
import { SecretFilter } from './secretFilter.ts';
import type { SecretSet } from './secretSet.ts';
import { hideInValue } from './secrets.ts';

export interface PartFilter {
  push(part: StreamPart): void;
  /** The answer has broken off: passes on what waited. */
  end(): void;
}

/**
 * A secret may be cut over several deltas, also where others stand between them. An end of a delta that may be the
 * beginning of one waits for the next part; everything else is passed on at once.
 */
export function createPartFilter(secrets: SecretSet, emit: (part: StreamPart) => void): PartFilter {
  const filters = { 'text-delta': new SecretFilter(secrets), 'reasoning-delta': new SecretFilter(secrets) };
  type Delta = keyof typeof filters;
  const tell = (type: Delta, text: string): void => {
    if (text !== '') emit({ type, text });
  };
  const pauseAllBut = (current?: Delta): void => {
    for (const type of ['reasoning-delta', 'text-delta'] as const)
      if (type !== current) tell(type, filters[type].pause());
  };

  return {
    push(part) {
      switch (part.type) {
        case 'text-delta':
        case 'reasoning-delta':
          pauseAllBut(part.type);
          tell(part.type, filters[part.type].feed(part.text));
          return;
        case 'text-replace': {
          pauseAllBut('text-delta');
          const filter = filters['text-delta'];
          // The text that waited is replaced like the rest.
          filter.reset();
          emit({ type: 'text-replace', text: filter.feed(part.text) });
          return;
        }
        default:
          pauseAllBut();
          emit(hideInValue(part, secrets));
      }
    },
    end: () => pauseAllBut(),
  };
}
