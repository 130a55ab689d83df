/** What all turns of the transcript share: the language, the line to the host, and what concerns more than one of them. */

import type { CommandChoice } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import type { EditDrafts } from './editDrafts.ts';

export interface TurnContext {
  /** The slash commands there are. */
  readonly commands: readonly CommandChoice[];
  readonly post: Post;
  readonly edits: EditDrafts;
  /** Whether an answer is coming, in whatever turn: then no other can be asked for. */
  readonly busy: boolean;
  /** Has a screen reader say that an answer is coming already. */
  explainBusy(): void;
  /** What follows is asked at the end of the conversation: the reader goes there. */
  goToEnd(): void;
  /** Lets the user choose a model, from a list next to `button`. */
  chooseModel(button: HTMLButtonElement, choose: (modelRef: string) => void): void;
  /** Brings another branch into sight, with its turn where that of `from` stands now. */
  selectBranch(turnId: string, from: HTMLElement): void;
}

/** Buttons that ask for an answer are of this class, see `markBusy`. */
export const asksClass = 'asks';

/** Shows on all buttons in `root` that ask for an answer whether they can; they keep the focus. */
export function markBusy(root: HTMLElement, busy: boolean): void {
  for (const button of root.querySelectorAll(`.${asksClass}`))
    button.setAttribute('aria-disabled', String(busy));
}

/** Runs `ask` unless an answer is coming. */
export function whenIdle(context: TurnContext, ask: () => void): void {
  if (context.busy) context.explainBusy();
  else ask();
}
