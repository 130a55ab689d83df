/** The place of a turn in the transcript: has an estimated height until the turn is rendered, whole or in slices. */

import * as l10n from '@vscode/l10n';
import { markHidden } from '../../../base/common/hiddenText.ts';
import type { PanelTurn } from '../state.ts';
import { isRunning } from '../turnWindow.ts';
import type { TurnContext } from './turnContext.ts';
import { createTurnElement, type TurnElement } from './turnElement.ts';
import { turnKeyShortcuts } from './turnKeys.ts';

export interface TurnPlace {
  readonly element: HTMLElement;
  /** Whether all of the turn is in the element. */
  readonly rendered: boolean;
  /** Renders at most `characters` (UTF-16 units) more of the answer, and with the first of them all else. */
  render(characters: number): void;
  /** Shows the newest content; where nothing is rendered yet, `render` will. */
  update(turn: PanelTurn): void;
  /** `sent`: the next request contains the turn. `line`: the text shown above it. */
  mark(sent: boolean, line: string | undefined): void;
  /** Takes the element out of the page. */
  dispose(): void;
}

/** Pixels above and below the content, as `transcript.css` has them: they are not part of an intrinsic size. */
const paddings = 12;

/** `height`: in pixels, for as long as the turn is not rendered, or out of sight and was never in sight. */
export function createTurnPlace(first: PanelTurn, height: number, context: TurnContext): TurnPlace {
  const element = document.createElement('article');
  element.className = 'turn pending';
  element.tabIndex = -1;
  element.dataset.turnId = first.id;
  element.setAttribute('aria-label', l10n.t('Question: {0}', excerpt(first)));
  element.setAttribute('aria-keyshortcuts', turnKeyShortcuts);
  element.style.containIntrinsicBlockSize = `auto ${Math.max(0, height - paddings)}px`;
  let turn = first;
  let content: TurnElement | undefined;
  /** Characters of the answer that may be rendered. */
  let limit = 0;
  let sent = true;
  let line: string | undefined;

  const isWhole = (): boolean => turn.text.length <= limit;

  return {
    element,
    get rendered() {
      return content !== undefined && isWhole();
    },
    render(characters) {
      // What is streamed must not wait.
      limit = isRunning(turn.outcome) ? Number.POSITIVE_INFINITY : limit + characters;
      if (content) content.update(turn, limit);
      else {
        content = createTurnElement(element, { first: turn, limit, context });
        content.mark(sent, line);
      }
      if (isWhole()) {
        limit = Number.POSITIVE_INFINITY;
        element.classList.remove('pending');
      }
    },
    update(next) {
      turn = next;
      content?.update(turn, limit);
    },
    mark(isSent, text) {
      if (isSent === sent && text === line) return;
      sent = isSent;
      line = text;
      content?.mark(sent, line);
    },
    dispose() {
      content?.dispose();
      element.remove();
    },
  };
}

/** The beginning of the question, which names the turn. */
function excerpt({ question, attachments }: PanelTurn): string {
  const line = question.trim().replaceAll(/\s+/g, ' ') || attachments[0]?.name || l10n.t('Your question');
  return markHidden(line.length > 80 ? `${line.slice(0, 79)}…` : line);
}
