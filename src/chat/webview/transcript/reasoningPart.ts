/** What the model thought before it answered: a box of its own, closed until one wants to read it. */

import { html, render } from 'lit';
import type { MarkdownLabels } from '../../../ui/markdown/labels.ts';
import { icon } from '../../../ui/webview/dom.ts';
import { formatString, type PanelStrings } from '../../common/panelStrings.ts';
import type { PanelTurn } from '../turnWindow.ts';
import { isRunning } from '../turnWindow.ts';
import { createAnswerText } from './answerText.ts';

export interface ReasoningPart {
  /** The road of every delta: only an open box costs anything. */
  stream(turn: PanelTurn): void;
  /** Everything but the text. `thinking`: the model is at it. */
  update(turn: PanelTurn, thinking: boolean): void;
}

/** Fills `details`. */
export function createReasoningPart(
  details: HTMLDetailsElement,
  labels: MarkdownLabels,
  strings: PanelStrings,
): ReasoningPart {
  render(
    html`<summary>${icon('chevron-right')}<span class="reasoning-title"></span></summary>
      <div class="reasoning-text markdown" dir="auto"></div>`,
    details,
  );
  const part = (name: string) => details.querySelector<HTMLElement>(`.${name}`) ?? details;
  const text = createAnswerText(part('reasoning-text'), labels);
  let shown: PanelTurn | undefined;

  function fill(): void {
    if (details.open && shown) text.update(shown.reasoning, shown.revision, !isRunning(shown.outcome));
  }

  details.addEventListener('toggle', fill);
  return {
    stream(turn) {
      shown = turn;
      fill();
    },
    update(turn, thinking) {
      details.hidden = turn.reasoning === '';
      part('reasoning-title').textContent = thinking
        ? strings['turn.thinking']
        : title(turn.outcome.reasoningMs, strings);
    },
  };
}

function title(milliseconds: number | undefined, strings: PanelStrings): string {
  if (milliseconds === undefined) return strings['turn.reasoning'];
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 60
    ? formatString(strings['turn.thoughtSeconds'], seconds)
    : formatString(strings['turn.thoughtMinutes'], Math.floor(seconds / 60), seconds % 60);
}
