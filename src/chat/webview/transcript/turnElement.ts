/** Renders one turn, a question and its answer. A delta changes only the element of the streamed text. */

import * as l10n from '@vscode/l10n';
import { html, render, type TemplateResult } from 'lit';
import type { PanelTurn, TurnWait } from '../state.ts';
import { isRunning } from '../turnWindow.ts';
import { answerFooter } from './answerFooter.ts';
import { createAnswerText } from './answerText.ts';
import { createQuestionPart } from './questionPart.ts';
import { createReasoningPart } from './reasoningPart.ts';
import { createToolRows } from './toolRows.ts';
import { markBusy, type TurnContext } from './turnContext.ts';

export interface TurnElement {
  /** Shows the turn; of its answer at most `limit` characters (UTF-16 units), without a limit all. */
  update(turn: PanelTurn, limit?: number): void;
  /** `sent`: the next request contains the turn. `line`: the text shown above it. */
  mark(sent: boolean, line: string | undefined): void;
  /** Stops what goes on in it. */
  dispose(): void;
}

/** Fills `element`, the turn's place, with `first`. */
export function createTurnElement(
  element: HTMLElement,
  { first, limit: firstLimit, context }: { first: PanelTurn; limit: number; context: TurnContext },
): TurnElement {
  render(frame(first), element);
  const part = (name: string) => element.querySelector<HTMLElement>(`.${name}`) ?? element;
  const updateQuestion = createQuestionPart(part('question'), first, context);
  const answer = createAnswerText(part('answer-text'));
  const details = element.querySelector('details');
  const reasoning = details && createReasoningPart(details);
  const updateTools = createToolRows(part('tools'));
  let shown: PanelTurn | undefined;
  let stopCountdown: (() => void) | undefined;

  function update(turn: PanelTurn, limit = Number.POSITIVE_INFINITY): void {
    const before = shown;
    shown = turn;
    const complete = !isRunning(turn.outcome);
    const { text, added, revision } = turn;
    if (text.length <= limit) answer.update({ text, added: added?.text, revision, complete });
    else
      answer.update({
        text: text.slice(0, limit),
        added: undefined,
        revision,
        complete: false,
        isPart: true,
      });
    reasoning?.stream(turn);
    updateTools(turn.tools ?? noTools);
    if (before && looksAlike(before, turn)) return;
    const phase = phaseOf(turn);
    element.dataset.phase = phase;
    element.classList.toggle('finished', complete);
    reasoning?.update(turn, phase === 'reasoning');
    if (before && before.branch !== turn.branch) updateQuestion(turn);
    drawFooter(turn);
  }

  function drawFooter(turn: PanelTurn): void {
    const footer = part('answer-footer');
    const hadFocus = footer.contains(document.activeElement);
    stopCountdown?.();
    render(answerFooter(turn, context), footer);
    markBusy(element, context.busy);
    stopCountdown = turn.wait && startCountdown(part('countdown'), turn.wait);
    // The button that had the focus is gone.
    if (hadFocus && !footer.contains(document.activeElement)) element.focus({ preventScroll: true });
  }

  update(first, firstLimit);
  return {
    update,
    mark(sent, line) {
      element.classList.toggle('left-out', !sent);
      const mark = part('context-line');
      mark.hidden = line === undefined;
      mark.textContent = line ?? '';
    },
    dispose: () => stopCountdown?.(),
  };
}

const noTools: NonNullable<PanelTurn['tools']> = [];

type Phase = 'waiting' | 'retrying' | 'reasoning' | 'answering' | 'ended';

function phaseOf({ text, reasoning, outcome, wait }: PanelTurn): Phase {
  if (!isRunning(outcome)) return 'ended';
  if (wait) return 'retrying';
  if (text !== '') return 'answering';
  return reasoning === '' ? 'waiting' : 'reasoning';
}

/** Whether only the streamed texts may differ. */
function looksAlike(before: PanelTurn, turn: PanelTurn): boolean {
  return (
    phaseOf(before) === phaseOf(turn) &&
    before.outcome === turn.outcome &&
    before.wait === turn.wait &&
    before.branch === turn.branch &&
    (before.reasoning === '') === (turn.reasoning === '')
  );
}

/** The parts that never change. */
function frame({ modelName }: PanelTurn): TemplateResult {
  const answer = l10n.t('Answer by {0}', modelName);
  return html`
    <p class="context-line" hidden></p>
    <div class="question" role="group" aria-label=${l10n.t('Your question')}>
      <h2 class="visually-hidden">${l10n.t('Your question')}</h2>
    </div>
    <div class="answer" role="group" aria-label=${answer}>
      <h3 class="answer-model" aria-label=${answer}>${modelName}</h3>
      <details class="reasoning" hidden></details>
      <div class="tools" hidden></div>
      <div class="answer-text markdown" dir="auto"></div>
      <div class="answer-footer"></div>
    </div>
  `;
}

/**
 * Writes the seconds until a failed request is repeated into `target`; returns a function that stops it. Measures the
 * time instead of counting ticks, since a hidden page gets few of them. The announcer says it once, this is not read out.
 */
function startCountdown(target: HTMLElement, wait: TurnWait): () => void {
  const end = performance.now() + wait.delayMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tick(): void {
    const left = end - performance.now();
    const seconds = Math.ceil(left / 1000);
    if (seconds < 1) {
      target.textContent = l10n.t('{0}. Trying again…', wait.reason);
      return;
    }
    target.textContent = l10n.t('{0}. Trying again in {1} s…', wait.reason, seconds);
    timer = setTimeout(tick, Math.max(left - (seconds - 1) * 1000, 16));
  }

  tick();
  return () => clearTimeout(timer);
}
