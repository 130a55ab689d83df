/** What a chat stores in the workspace state: a scope for each tab, and the conversation it showed last. */

import type { Memento } from 'vscode';
import type { Conversation } from '../common/conversation.ts';
import type { History } from './history/history.ts';
import { isDeleted } from './history/historyRecord.ts';

/** Where one chat stores its state. */
export type ChatState = Pick<Memento, 'get' | 'update'>;

export interface ScopedState extends ChatState {
  /** Removes everything in the scope, and ignores later updates. */
  clear(): void;
}

/** The part of `state` whose keys end with `@scope`. */
export function createScopedState(state: Memento, scope: string): ScopedState {
  const suffix = `@${scope}`;
  let cleared = false;
  function get<T>(key: string): T | undefined;
  function get<T>(key: string, other: T): T;
  function get<T>(key: string, other?: T): T | undefined {
    return state.get<T>(key + suffix) ?? other;
  }
  return {
    get,
    update: async (key, value) => {
      if (!cleared) await state.update(key + suffix, value);
    },
    clear() {
      cleared = true;
      for (const key of state.keys()) if (key.endsWith(suffix)) void state.update(key, undefined);
    },
  };
}

export interface LastConversation {
  /** `undefined` when there is none, or it is deleted or unreadable. */
  open(): Promise<Conversation | undefined>;
  set(id: string | undefined): void;
}

const lastName = 'qiao.lastConversation';

/** The conversation that a chat shows again after a reload of the window. */
export function createLastConversation(history: Pick<History, 'open'>, state: ChatState): LastConversation {
  return {
    async open() {
      const id = state.get<string>(lastName);
      const conversation = id === undefined ? undefined : await history.open(id);
      return conversation && !isDeleted(conversation) ? conversation : undefined;
    },
    set(id) {
      if (state.get(lastName) !== id) void state.update(lastName, id);
    },
  };
}
