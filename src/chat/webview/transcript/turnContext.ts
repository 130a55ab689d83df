/** Defines what all turns of the transcript share, and disables asking while an answer runs. */

import type { CommandChoice } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import type { EditDrafts } from './editDrafts.ts';

export interface TurnContext {
  /** The slash commands there are. */
  readonly commands: readonly CommandChoice[];
  readonly post: Post;
  readonly edits: EditDrafts;
  /** Whether an answer is running in any turn: no other can be requested then. */
  readonly busy: boolean;
  /** Announces that an answer is running already. */
  explainBusy(): void;
  /** Scrolls to the end of the conversation, where the next question is asked. */
  goToEnd(): void;
  /** Lets the user choose a model, from a list next to `button`. */
  chooseModel(button: HTMLButtonElement, choose: (modelRef: string) => void): void;
  /** Shows another branch; its turn takes the position of the turn of `from`. */
  selectBranch(turnId: string, from: HTMLElement): void;
}

/** Class of buttons that request an answer, see `markBusy`. */
export const asksClass = 'asks';

/** Sets `aria-disabled` on the buttons in `root` that request an answer; they keep the focus. */
export function markBusy(root: HTMLElement, busy: boolean): void {
  for (const button of root.querySelectorAll(`.${asksClass}`))
    button.setAttribute('aria-disabled', String(busy));
}

/** Runs `ask` unless an answer is coming. */
export function whenIdle(context: TurnContext, ask: () => void): void {
  if (context.busy) context.explainBusy();
  else ask();
}
