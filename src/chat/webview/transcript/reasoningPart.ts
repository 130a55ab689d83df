/** Renders the reasoning of an answer in a box that is closed at first. */

import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { icon } from '../../../ui/webview/dom.ts';
import type { PanelTurn } from '../state.ts';
import { isRunning } from '../turnWindow.ts';
import { createAnswerText } from './answerText.ts';

export interface ReasoningPart {
  /** Called for each delta; renders only while the box is open. */
  stream(turn: PanelTurn): void;
  /** Updates all but the text. `thinking`: reasoning is being streamed. */
  update(turn: PanelTurn, thinking: boolean): void;
}

/** Fills `details`. */
export function createReasoningPart(details: HTMLDetailsElement): ReasoningPart {
  render(
    html`<summary>${icon('chevron-right')}<span class="reasoning-title"></span></summary>
      <div class="reasoning-text markdown" dir="auto"></div>`,
    details,
  );
  const part = (name: string) => details.querySelector<HTMLElement>(`.${name}`) ?? details;
  const text = createAnswerText(part('reasoning-text'));
  let shown: PanelTurn | undefined;

  function fill(): void {
    if (!details.open || !shown) return;
    const { reasoning, added, revision, outcome } = shown;
    text.update({ text: reasoning, added: added?.reasoning, revision, complete: !isRunning(outcome) });
  }

  details.addEventListener('toggle', fill);
  return {
    stream(turn) {
      shown = turn;
      fill();
    },
    update(turn, thinking) {
      details.hidden = turn.reasoning === '';
      part('reasoning-title').textContent = thinking ? l10n.t('Thinking…') : title(turn.outcome.reasoningMs);
    },
  };
}

function title(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return l10n.t('Reasoning');
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 60
    ? l10n.t('Thought for {0} s', seconds)
    : l10n.t('Thought for {0} min {1} s', Math.floor(seconds / 60), seconds % 60);
}
