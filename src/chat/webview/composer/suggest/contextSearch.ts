/** Searches the host for things to attach: one request at a time, and only the newest query counts. */

import type { ContextChoice, HostMessage } from '../../../common/protocol.ts';
import type { Post } from '../../host.ts';

export interface ContextSearch {
  search(query: string): void;
  receive(message: Extract<HostMessage, { type: 'context-results' }>): void;
  /** No answer is wanted any more. */
  stop(): void;
}

/** Milliseconds after which no answer will come, because the search failed. */
const lostAfter = 1000;

/** `onResults` gets the answers to the newest query, perhaps more than one. */
export function createContextSearch(
  post: Post,
  onResults: (items: readonly ContextChoice[], isPartial: boolean) => void,
): ContextSearch {
  let newest: string | undefined;
  let asked: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(query: string): void {
    asked = query;
    clearTimeout(timer);
    timer = setTimeout(() => release(), lostAfter);
    post({ type: 'context-search', query });
  }

  /** The line is free: what was typed meanwhile is asked for. */
  function release(): void {
    const answered = asked;
    asked = undefined;
    clearTimeout(timer);
    if (newest !== undefined && newest !== answered) ask(newest);
  }

  return {
    search(query) {
      newest = query;
      if (asked === undefined) ask(query);
    },
    receive({ query, items, isPartial = false }) {
      const current = query === newest;
      if (query === asked) release();
      if (current) onResults(items, isPartial);
    },
    stop() {
      newest = undefined;
    },
  };
}
