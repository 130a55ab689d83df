/** One question and its answer in the DOM; while tokens come, only the element of the streamed text is touched. */

import { html, nothing, render, type TemplateResult } from 'lit';
import { formatString, type PanelStrings } from '../../core/panelStrings.ts';
import type { OutcomeView } from '../../core/protocol.ts';
import { icon, iconButton, showCopied } from '../dom.ts';
import type { MarkdownLabels } from '../markdown/labels.ts';
import { isRunning, type PanelTurn } from '../state.ts';
import type { Post } from '../vscodeApi.ts';
import { createAnswerText } from './answerText.ts';
import { attachmentChips } from './chips.ts';
import { type Countdown, startCountdown } from './countdown.ts';
import { errorCard } from './errorCard.ts';

export interface TurnElement {
  readonly element: HTMLElement;
  update(turn: PanelTurn): void;
  /** Takes the element out of the page. */
  dispose(): void;
}

export function createTurnElement(first: PanelTurn, strings: PanelStrings, post: Post): TurnElement {
  const element = document.createElement('article');
  element.className = 'turn';
  render(frame(first, strings, post), element);
  const part = (name: string) => element.querySelector<HTMLElement>(`.${name}`) ?? element;
  const labels: MarkdownLabels = {
    copyCode: strings['code.copy'],
    taskDone: strings['task.done'],
    taskOpen: strings['task.open'],
    formulaSource: strings['formula.source'],
    showDiagram: strings['diagram.show'],
  };
  const answer = createAnswerText(part('answer-text'), labels);
  const reasoning = createAnswerText(part('reasoning-text'), labels);
  const details = element.querySelector('details');
  let shown: PanelTurn | undefined;
  let countdown: Countdown | undefined;

  function update(turn: PanelTurn): void {
    const before = shown;
    shown = turn;
    const complete = !isRunning(turn.outcome);
    answer.update(turn.text, turn.revision, complete);
    if (details?.open) reasoning.update(turn.reasoning, turn.revision, complete);
    if (before && looksAlike(before, turn)) return;
    const phase = phaseOf(turn);
    element.dataset.phase = phase;
    element.classList.toggle('finished', complete);
    part('reasoning').toggleAttribute('hidden', turn.reasoning === '');
    part('reasoning-title').textContent = strings[phase === 'reasoning' ? 'turn.thinking' : 'turn.reasoning'];
    countdown?.dispose();
    render(footer(turn, strings, post), part('answer-footer'));
    countdown = turn.wait && startCountdown(part('countdown'), turn.wait, strings);
  }

  // A closed box costs nothing while the reasoning streams.
  details?.addEventListener('toggle', () => {
    if (details.open && shown) reasoning.update(shown.reasoning, shown.revision, !isRunning(shown.outcome));
  });
  update(first);
  return {
    element,
    update,
    dispose() {
      countdown?.dispose();
      element.remove();
    },
  };
}

type Phase = 'waiting' | 'retrying' | 'reasoning' | 'answering' | 'ended';

function phaseOf({ text, reasoning, outcome, wait }: PanelTurn): Phase {
  if (!isRunning(outcome)) return 'ended';
  if (wait) return 'retrying';
  if (text !== '') return 'answering';
  return reasoning === '' ? 'waiting' : 'reasoning';
}

/** Whether everything but the streamed texts themselves is the same. */
function looksAlike(before: PanelTurn, turn: PanelTurn): boolean {
  return (
    phaseOf(before) === phaseOf(turn) &&
    before.outcome === turn.outcome &&
    before.wait === turn.wait &&
    (before.reasoning === '') === (turn.reasoning === '')
  );
}

/** What stays as it is once the turn stands. */
function frame(turn: PanelTurn, strings: PanelStrings, post: Post): TemplateResult {
  return html`
    <div class="question" role="group" aria-label=${strings['turn.question']}>
      <div class="question-text" dir="auto">${turn.question}</div>
      ${attachmentChips(turn.attachments, strings, { open: (id) => post({ type: 'attachment-open', id }) })}
    </div>
    <div class="answer" role="group" aria-label=${formatString(strings['turn.answer'], turn.modelName)}>
      <div class="answer-model">${turn.modelName}</div>
      <details class="reasoning" hidden>
        <summary>${icon('chevron-right')}<span class="reasoning-title"></span></summary>
        <div class="reasoning-text markdown"></div>
      </details>
      <div class="answer-text markdown"></div>
      <div class="answer-footer"></div>
    </div>
  `;
}

function footer(turn: PanelTurn, strings: PanelStrings, post: Post): TemplateResult {
  const { outcome } = turn;
  if (turn.wait) {
    return html`<div class="retrying">${icon('watch')}<span class="countdown" dir="auto"></span></div>`;
  }
  if (isRunning(outcome)) {
    return html`<div class="working">${phaseOf(turn) === 'waiting' ? strings['turn.thinking'] : nothing}</div>`;
  }
  const notice = noticeOf(outcome, strings);
  const retries = outcome.error?.actions.includes('retry') ?? false;
  return html`
    ${notice ? html`<p class="notice">${icon('info')}<span dir="auto">${notice}</span></p>` : nothing}
    ${
      outcome.error
        ? errorCard(outcome.error, strings, {
            run: (action) =>
              post(
                action === 'retry'
                  ? { type: 'turn-retry', turnId: turn.id }
                  : { type: 'action-run', action, turnId: turn.id },
              ),
            copy: (text) => post({ type: 'text-copy', text }),
          })
        : nothing
    }
    <div class="answer-tools">
      ${
        turn.text === ''
          ? nothing
          : iconButton({
              icon: 'copy',
              label: strings['turn.copyAnswer'],
              onClick: ({ currentTarget }) => {
                post({ type: 'text-copy', text: turn.text });
                if (currentTarget instanceof Element) showCopied(currentTarget, strings['turn.copied']);
              },
            })
      }
      ${
        retries
          ? nothing
          : iconButton({
              icon: 'refresh',
              label: strings['turn.retry'],
              onClick: () => post({ type: 'turn-retry', turnId: turn.id }),
            })
      }
      ${usage(outcome, strings)}
    </div>
  `;
}

function noticeOf({ notice, status, finishReason }: OutcomeView, strings: PanelStrings): string | undefined {
  if (notice) return notice;
  if (status === 'stopped') return strings['turn.stopped'];
  if (status === 'interrupted') return strings['turn.interrupted'];
  return finishReason === 'length' ? strings['turn.cut'] : undefined;
}

function usage({ usage: tokens }: OutcomeView, strings: PanelStrings): TemplateResult | typeof nothing {
  if (!tokens) return nothing;
  const number = (count: number) => count.toLocaleString();
  const title = formatString(strings['turn.usage'], number(tokens.inputTokens), number(tokens.outputTokens));
  return html`<span class="usage" title=${title}>${formatString(strings['turn.tokens'], number(tokens.totalTokens))}</span>`;
}
