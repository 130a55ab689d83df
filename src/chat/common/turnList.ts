/** A list of turns in which adding, changing and removing one takes constant time. */

import type { Answer, Turn } from './conversation.ts';

/** The turns with one parent. When the parent is removed, the group joins that of the parent's parent. */
interface Siblings {
  parentId: string | null;
  joined?: Siblings;
}

export class TurnList {
  /** In the order they were asked; `undefined` where one was removed. */
  readonly #slots: ({ turn: Turn; siblings: Siblings } | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #siblings = new Map<string | null, Siblings>();

  constructor(turns: readonly Turn[]) {
    for (const turn of turns) this.add(turn);
  }

  /** Id of the newest turn. */
  get lastId(): string | null {
    while (this.#slots.length > 0 && this.#slots.at(-1) === undefined) this.#slots.pop();
    return this.#slots.at(-1)?.turn.id ?? null;
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  add(turn: Turn): void {
    const { id, parentId } = turn;
    const siblings = this.#siblings.get(parentId) ?? { parentId };
    this.#siblings.set(parentId, siblings);
    this.#places.set(id, this.#slots.length);
    this.#slots.push({ turn, siblings });
  }

  changeAnswer(id: string, change: (answer: Answer) => Answer): void {
    const slot = this.#slots[this.#places.get(id) ?? -1];
    if (slot) slot.turn = { ...slot.turn, answer: change(slot.turn.answer) };
  }

  /** Its children follow its parent from now on. Returns that parent; `undefined` without such a turn. */
  remove(id: string): string | null | undefined {
    const place = this.#places.get(id) ?? -1;
    const slot = this.#slots[place];
    if (!slot) return undefined;
    this.#slots[place] = undefined;
    this.#places.delete(id);
    const target = groupOf(slot.siblings);
    const children = this.#siblings.get(id);
    if (children && children !== target) {
      children.joined = target;
      this.#siblings.delete(id);
    }
    return target.parentId;
  }

  toArray(): Turn[] {
    return this.#slots.flatMap((slot) => {
      if (!slot) return [];
      const { parentId } = groupOf(slot.siblings);
      return [slot.turn.parentId === parentId ? slot.turn : { ...slot.turn, parentId }];
    });
  }
}

/** The group that this one has joined (union-find, with path compression). */
function groupOf(siblings: Siblings): Siblings {
  let group = siblings;
  while (group.joined) {
    const next: Siblings = group.joined;
    if (next.joined) group.joined = next.joined;
    group = next;
  }
  return group;
}
