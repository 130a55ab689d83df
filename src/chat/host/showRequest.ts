/** Keeps the message of a command that shows something until the page has loaded. */

import type { HostMessage } from '../common/protocol.ts';

export type ShowMessage = Extract<HostMessage, { type: 'composer-focus' | 'find-show' | 'history-show' }>;

export interface ShowRequest {
  /** Keeps the newest message that shows something; ignores others. */
  keep(message: HostMessage): void;
  /** Returns the message once, unless it is too old. */
  take(): ShowMessage | undefined;
  /** Call when the user does something else. */
  drop(): void;
}

/** Milliseconds. A page that loads later was opened for another reason. */
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
