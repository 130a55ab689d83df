/** Masks secrets in an answer's parts, as the last step before anything observes them. */

import type { StreamPart } from '../../llm/chatModel.ts';
import { SecretFilter } from './secretFilter.ts';
import type { SecretSet } from './secretSet.ts';
import { hideInValue } from './secrets.ts';

export interface PartFilter {
  push(part: StreamPart): void;
  /** The answer was interrupted: emits what waited. */
  end(): void;
}

/** Ends too short to identify a secret wait no longer than this, so that no letter is missing while a service thinks. */
const longestWaitMs = 1000;

/**
 * A secret may be cut across deltas, also with others between them, or where reasoning turns into text. The end of a
 * delta that may begin a secret waits for the next part, a single letter only for a moment; everything else is
 * emitted at once.
 */
export function createPartFilter(secrets: SecretSet, emit: (part: StreamPart) => void): PartFilter {
  const filters = { 'text-delta': new SecretFilter(secrets), 'reasoning-delta': new SecretFilter(secrets) };
  type Delta = keyof typeof filters;
  const emitText = (type: Delta, text: string): void => {
    if (text !== '') emit({ type, text });
  };
  let latest: Delta | undefined;
  let timer: NodeJS.Timeout | undefined;
  const pauseAllBut = (current?: Delta): void => {
    if (current !== 'reasoning-delta') emitText('reasoning-delta', filters['reasoning-delta'].pause());
    if (current !== 'text-delta') emitText('text-delta', filters['text-delta'].pause());
  };

  const feed = (type: Delta, text: string): void => {
    pauseAllBut(type);
    if (text === '') return;
    const filter = filters[type];
    if (latest && latest !== type) filter.continueFrom(filters[latest]);
    latest = type;
    emitText(type, filter.feed(text));
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
        // Waiting text is replaced with the rest.
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
      if (latest && filters[latest].waitsUnidentified) timer = setTimeout(pauseAllBut, longestWaitMs).unref();
    },
    end() {
      clearTimeout(timer);
      pauseAllBut();
    },
  };
}
