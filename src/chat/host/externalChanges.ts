/** Collects another window's events about a turn until its answer has ended, so that no half turn is shown. */

import type { ConversationEvent } from '../common/conversationLog.ts';

export interface ExternalChanges {
  push(events: readonly ConversationEvent[]): void;
}

/** `take` gets the events of one finished turn, or one event about the conversation. */
export function createExternalChanges(take: (events: readonly ConversationEvent[]) => void): ExternalChanges {
  const waiting = new Map<string, ConversationEvent[]>();

  function push(event: ConversationEvent): void {
    switch (event.type) {
      case 'turn':
      case 'delta':
      case 'replace':
      case 'part':
      case 'continuation':
      case 'outcome': {
        const turnId = event.type === 'turn' ? event.turn.id : event.turnId;
        const events = waiting.get(turnId) ?? [];
        if (event.type === 'outcome') {
          take([...events, event]);
          // Deleted last: if `take` throws, the outcome is delivered again.
          waiting.delete(turnId);
        } else {
          events.push(event);
          waiting.set(turnId, events);
        }
        break;
      }
      case 'removal':
      case 'settings':
      case 'summary':
      case 'listing':
        take([event]);
        break;
      // Each window has its own active branch, header and sessions.
      case 'head':
      case 'conversation':
      case 'session':
    }
  }

  return {
    push(events) {
      for (const event of events) push(event);
    },
  };
}
