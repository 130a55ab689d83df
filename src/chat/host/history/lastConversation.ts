/** Which conversation a chat showed last: the one it begins with after a reload of the window. */

import type { Memento } from 'vscode';
import type { Conversation } from '../../common/conversation.ts';
import type { History } from './history.ts';
import { isDeleted } from './historyRecord.ts';

export interface LastConversation {
  /** `undefined` when there was none, or it is deleted or can't be read. */
  open(): Promise<Conversation | undefined>;
  set(id: string | undefined): void;
}

const name = 'qiao.lastConversation';

export function createLastConversation(
  history: Pick<History, 'open'>,
  memory: Pick<Memento, 'get' | 'update'>,
): LastConversation {
  return {
    async open() {
      const id = memory.get<string>(name);
      const conversation = id === undefined ? undefined : await history.open(id);
      return conversation && !isDeleted(conversation) ? conversation : undefined;
    },
    set(id) {
      if (memory.get(name) !== id) void memory.update(name, id);
    },
  };
}
