/** One model's answer in the DOM: metrics, streaming text and buttons. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { createAnswerText } from '../../chat/webview/transcript/answerText.ts';
import { errorCard } from '../../chat/webview/transcript/errorCard.ts';
import { icon, iconButton, showCopied } from '../../ui/webview/dom.ts';
import type { ColumnView } from '../common/compareProtocol.ts';
import { columnHead } from './columnHead.ts';
import type { CompareContext } from './context.ts';
import type { ShownAnswer } from './state.ts';
import { count, duration, ending, speed } from './values.ts';

export interface ColumnState {
  column: ColumnView;
  place: number;
  count: number;
  /** Whether the model can be changed now. */
  free: boolean;
  running: boolean;
  /** Identifies the text by comparison and question. */
  textId: string;
  /** `undefined` before anything is asked. */
  questionId: string | undefined;
  answer: ShownAnswer | undefined;
  best: boolean;
  /** While differences are shown: the share of words common with the baseline, from 0 to 1. */
  likeness: number | 'baseline' | undefined;
}

export interface AnswerColumn {
  readonly element: HTMLElement;
  update(state: ColumnState): void;
}

export function createAnswerColumn(context: CompareContext): AnswerColumn {
  const element = document.createElement('article');
  // Code blocks find their answer by the class `turn`.
  element.className = 'turn compare-column';
  render(
    html`<header class="column-top"></header>
      <details class="reasoning" hidden>
        <summary>${icon('chevron-right')}<span>${l10n.t('Reasoning')}</span></summary>
        <div class="reasoning-text markdown" dir="auto"></div>
      </details>
      <div class="answer-text markdown" dir="auto"></div>
      <footer class="column-bottom"></footer>`,
    element,
  );
  const part = (name: string) => element.querySelector<HTMLElement>(`.${name}`) ?? element;
  const text = createAnswerText(part('answer-text'));
  const reasoning = createAnswerText(part('reasoning-text'));
  const details = element.querySelector('details');
  let shown: ColumnState | undefined;
  /** Increases when both texts must be rendered anew. */
  let revision = 0;

  function fillReasoning(): void {
    const { answer } = shown ?? {};
    if (!details?.open || !answer) return;
    const { added } = answer;
    reasoning.update({ text: answer.reasoning, added: added?.reasoning, revision, complete: isOver(answer) });
  }
  details?.addEventListener('toggle', fillReasoning);

  return {
    element,
    update(state) {
      const before = shown;
      shown = state;
      const { answer } = state;
      if (before?.textId !== state.textId || before.answer?.revision !== answer?.revision) revision += 1;
      const complete = answer !== undefined && isOver(answer);
      text.update({ text: answer?.text ?? '', added: answer?.added?.text, revision, complete });
      fillReasoning();
      if (before && looksAlike(before, state)) return;
      element.dataset.turnId = `${state.questionId}/${state.column.id}`;
      element.setAttribute('aria-label', state.column.name);
      element.setAttribute('aria-busy', String(answer?.status === 'running'));
      element.dataset.phase = answer?.status ?? 'waiting';
      element.classList.toggle('best', state.best);
      if (details) details.hidden = (answer?.reasoning ?? '') === '';
      render(top(state, context), part('column-top'));
      render(bottom(state, context), part('column-bottom'));
    },
  };
}

function isOver({ status }: ShownAnswer): boolean {
  return status !== 'running' && status !== 'waiting';
}

/** Whether at most the streamed texts differ. */
function looksAlike(before: ColumnState, state: ColumnState): boolean {
  const { answer, ...rest } = state;
  const { answer: earlier, ...restBefore } = before;
  const same = (Object.keys(rest) as (keyof typeof rest)[]).every((name) => rest[name] === restBefore[name]);
  return (
    same &&
    answer?.status === earlier?.status &&
    answer?.metrics === earlier?.metrics &&
    answer?.wait === earlier?.wait &&
    answer?.notice === earlier?.notice &&
    answer?.firstTokenMs === earlier?.firstTokenMs &&
    answer?.error === earlier?.error &&
    (answer?.text === '') === (earlier?.text === '') &&
    (answer?.reasoning === '') === (earlier?.reasoning === '')
  );
}

function top(state: ColumnState, context: CompareContext): TemplateResult {
  return html`${columnHead(state, context)} ${metricsList(state.answer)}`;
}

function metricsList(answer: ShownAnswer | undefined): TemplateResult {
  const { metrics } = answer ?? {};
  const estimated = metrics?.estimated ?? false;
  const unknown = l10n.t('–');
  const tokens = `${count(metrics?.inputTokens, estimated)} / ${count(metrics?.outputTokens, false)}`;
  const facts: [name: string, value: string, hint?: boolean][] = [
    [l10n.t('First token'), duration(metrics?.firstTokenMs ?? answer?.firstTokenMs)],
    [l10n.t('Tokens per second'), speed(metrics?.tokensPerSecond, estimated), estimated],
    [l10n.t('Total time'), duration(metrics?.totalMs)],
    [l10n.t('Tokens in / out'), metrics ? tokens : unknown, estimated],
    [l10n.t('Cost'), answer?.cost?.text ?? unknown],
    [l10n.t('Ending'), answer && isOver(answer) ? endingOf(answer) : unknown],
  ];
  return html`<dl class="metrics">${facts.map(
    ([name, value, hint]) =>
      html`<div title=${hint ? l10n.t('Estimated: the platform did not say.') : nothing}><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** The card below explains failures. */
function endingOf(answer: ShownAnswer): string {
  return answer.status === 'failed' ? l10n.t('Failed') : ending(answer);
}

function bottom(state: ColumnState, context: CompareContext): TemplateResult {
  const { answer, likeness } = state;
  return html`
    ${note(answer)}
    ${answer?.error ? failure(state, answer.error, context) : nothing}
    ${
      likeness === undefined
        ? nothing
        : html`<p class="likeness">${
            likeness === 'baseline'
              ? l10n.t('The others are compared with this one')
              : l10n.t('{0} % the same words', Math.round(likeness * 100))
          }</p>`
    }
    ${answer && isOver(answer) ? tools(state, answer, context) : nothing}
  `;
}

function note(answer: ShownAnswer | undefined): TemplateResult | typeof nothing {
  const line = (name: string, text: string) =>
    html`<p class="notice">${icon(name)}<span dir="auto">${text}</span></p>`;
  if (!answer || answer.status === 'waiting')
    return html`<p class="column-empty">${l10n.t('Not asked yet')}</p>`;
  if (answer.wait) return line('watch', answer.wait);
  if (answer.status === 'running')
    return html`<div class="working">${answer.text === '' ? l10n.t('Waiting for the first token…') : nothing}</div>`;
  if (answer.status === 'stopped') return line('circle-slash', l10n.t('Stopped'));
  if (answer.status === 'done' && answer.finishReason === 'length')
    return line('warning', l10n.t('Cut at the length limit'));
  if (answer.notice) return line('warning', answer.notice);
  return answer.status === 'done' && answer.text === ''
    ? line('info', l10n.t('The answer is empty.'))
    : nothing;
}

function failure(
  { questionId, column }: ColumnState,
  error: NonNullable<ShownAnswer['error']>,
  { post }: CompareContext,
): TemplateResult {
  return errorCard(error, {
    run: (action) =>
      action === 'retry' && questionId !== undefined
        ? post({ type: 'answer-retry', questionId, columnId: column.id })
        : post({ type: 'action-run', action, turnId: column.id }),
    copy: (text) => post({ type: 'text-copy', text }),
  });
}

function tools(state: ColumnState, answer: ShownAnswer, { post }: CompareContext): TemplateResult {
  const { questionId = '', column, best, running } = state;
  const cell = { questionId, columnId: column.id };
  const hasText = answer.text !== '';
  return html`<div class="column-tools">
    ${
      hasText
        ? html`<button type="button" class="text-button best-button" aria-pressed=${best ? 'true' : 'false'}
            title=${best ? l10n.t('Remove the Mark') : l10n.t('Mark as Best')}
            @click=${() => post({ type: 'best-mark', questionId, columnId: best ? null : column.id })}
          >${icon(best ? 'star-full' : 'star-empty')}${best ? l10n.t('Best') : l10n.t('Mark as Best')}</button>
          <button type="button" class="text-button continue-button ${best ? 'primary' : ''}"
            @click=${() => post({ type: 'panel-continue', ...cell })}
          >${icon('comment-discussion')}${l10n.t('Continue in the Panel')}</button>`
        : nothing
    }
    <span class="column-icons">
    ${
      hasText
        ? iconButton({
            icon: 'copy',
            label: l10n.t('Copy Answer'),
            onClick({ currentTarget }) {
              post({ type: 'text-copy', text: answer.text });
              if (currentTarget instanceof Element) showCopied(currentTarget, l10n.t('Copied'));
            },
          })
        : nothing
    }
    ${iconButton({
      icon: 'refresh',
      label: l10n.t('Ask This Model Again'),
      disabled: running,
      onClick: () => post({ type: 'answer-retry', ...cell }),
    })}
    </span>
  </div>`;
}
