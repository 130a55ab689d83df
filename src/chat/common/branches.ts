/** Where turns stand among the branches of their conversation. */

import type { Conversation, Turn } from './conversation.ts';
import type { TurnView } from './protocol.ts';

/** Tells for each turn of the conversation, `undefined` for one without alternatives. */
export function branchesOf({ turns }: Conversation): (turn: Turn) => TurnView['branch'] {
  const children = new Map<string | null, string[]>();
  const places = new Map<string, number>();
  for (const { id, parentId } of turns) {
    const siblings = children.get(parentId) ?? [];
    places.set(id, siblings.length);
    siblings.push(id);
    children.set(parentId, siblings);
  }
  return ({ id, parentId }) => {
    const siblings = children.get(parentId) ?? [];
    if (siblings.length < 2) return undefined;
    const index = places.get(id) ?? -1;
    return { index, count: siblings.length, previousId: siblings[index - 1], nextId: siblings[index + 1] };
  };
}
