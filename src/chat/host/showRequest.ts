/** Keeps what a command wants to be seen until there is a page to show it: a view just revealed has yet to load. */

import type { HostMessage } from '../common/protocol.ts';

export type ShowMessage = Extract<HostMessage, { type: 'composer-focus' | 'find-show' | 'history-show' }>;

export interface ShowRequest {
  /** Keeps the message if it is one that shows something, in the place of an older one. */
  keep(message: HostMessage): void;
  /** What was kept, for a page that has just got its snapshot; old wishes are forgotten. */
  take(): ShowMessage | undefined;
  /** The user has gone on. */
  drop(): void;
}

/** Milliseconds; a page that loads later than this was opened for another reason. */
const lifetime = 20_000;

/** `now` in milliseconds. */
export function createShowRequest(now: () => number = Date.now): ShowRequest {
  let kept: { message: ShowMessage; at: number } | undefined;
  return {
    keep(message) {
      if (isShowMessage(message)) kept = { message, at: now() };
    },
    take() {
      const taken = kept;
      kept = undefined;
      return taken && now() - taken.at <= lifetime ? taken.message : undefined;
    },
    drop() {
      kept = undefined;
    },
  };
}

function isShowMessage(message: HostMessage): message is ShowMessage {
  return message.type === 'composer-focus' || message.type === 'find-show' || message.type === 'history-show';
}
