/** Hands what other windows write to whoever shows the conversation, and loses nothing when that fails. */

import type { LogOutputChannel } from 'vscode';
import type { ConversationEvent } from '../../common/conversationLog.ts';
import type { Disposable } from './folderWatch.ts';
import type { Tail } from './tail.ts';

export interface FollowOptions {
  tail: Tail;
  /** Calls `look` when there may be more. */
  watch(look: () => void): Disposable;
  listener(events: readonly ConversationEvent[]): void;
  log: Pick<LogOutputChannel, 'warn'>;
}

/** An event at which the listener throws so often would keep back all the others. */
const mostTries = 3;

/** Until it is disposed; what is not told then waits for the next one who follows. */
export function followTail({ tail, watch, listener, log }: FollowOptions): Disposable {
  let active = true;
  let tries = 0;
  const tellAll = (events: ConversationEvent[]): void => {
    for (let event = events[0]; event && active; event = events[0]) {
      try {
        listener([event]);
      } catch (error) {
        log.warn(
          `What another window wrote can’t be shown: ${error instanceof Error ? error.message : error}`,
        );
        if (++tries < mostTries) break;
      }
      tries = 0;
      events.shift();
    }
    if (events.length > 0) tail.keep(events);
  };
  const look = async (): Promise<void> => {
    if (!active) return;
    try {
      tellAll([...(await tail.read())]);
    } catch {
      // The next change, or the next look, tries again from the same place.
    }
  };
  let queue: Promise<void> = Promise.resolve();
  const lookNext = (): void => {
    queue = queue.then(look);
  };
  const watcher = watch(lookNext);
  lookNext();
  return {
    dispose() {
      active = false;
      watcher.dispose();
    },
  };
}
