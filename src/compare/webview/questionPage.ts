/** Shows one question with its answers side by side, and their differences. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { iconButton } from '../../ui/webview/dom.ts';
import { markedText } from '../../ui/webview/hiddenMarks.ts';
import { type AnswerColumn, createAnswerColumn } from './answerColumn.ts';
import type { CompareContext } from './context.ts';
import { clearDifferences, paintDifferences } from './differences.ts';
import type { CompareState } from './state.ts';

export interface QuestionPage {
  update(state: CompareState): void;
  /** Called when the page is hidden; clears the highlights. */
  hide(): void;
}

/** Fills `root`. `step` opens the question `by` rows further down; `back` shows the table. */
export function createQuestionPage(
  root: HTMLElement,
  context: CompareContext,
  { step, back }: { step(by: number): void; back(): void },
): QuestionPage {
  render(
    html`<div class="question-bar"></div>
      <div class="compare-columns"></div>`,
    root,
  );
  const bar = root.querySelector<HTMLElement>('.question-bar') ?? root;
  const place = root.querySelector<HTMLElement>('.compare-columns') ?? root;
  const columns = new Map<string, AnswerColumn>();
  let state: CompareState | undefined;
  let comparing = false;
  let baselineId: string | undefined;
  let likeness = new Map<string, number>();

  function update(next: CompareState): void {
    state = next;
    arrange(next);
    draw(next);
    compare(next);
  }

  /** Orders the elements like the columns; elements that stay keep their content. */
  function arrange({ columns: wanted }: CompareState): void {
    for (const [id, { element }] of columns) {
      if (wanted.some((column) => column.id === id)) continue;
      element.remove();
      columns.delete(id);
    }
    wanted.forEach(({ id }, index) => {
      const column = columns.get(id) ?? createAnswerColumn(context);
      columns.set(id, column);
      if (place.children[index] !== column.element)
        place.insertBefore(column.element, place.children[index] ?? null);
    });
    place.dataset.count = String(wanted.length);
  }

  function draw(current: CompareState): void {
    const { question, progress, rows } = current;
    render(barContent(current), bar);
    bar.hidden = bar.childElementCount === 0;
    const base = comparing ? baselineOf(current) : undefined;
    current.columns.forEach((column, index) => {
      columns.get(column.id)?.update({
        column,
        place: index,
        count: current.columns.length,
        free: !progress.running && rows.length < 2,
        running: progress.running,
        textId: `${current.comparisonId}/${question?.id}`,
        questionId: question?.id,
        answer: question?.answers[column.id],
        best: question?.bestColumnId === column.id,
        likeness: column.id === base ? 'baseline' : comparing ? likeness.get(column.id) : undefined,
      });
    });
  }

  function compare(current: CompareState): void {
    if (!comparing || !canCompare(current)) {
      clearDifferences();
      return;
    }
    const elements = new Map([...columns].map(([id, { element }]) => [id, element]));
    likeness = paintDifferences(elements, baselineOf(current));
    draw(current);
  }

  /** The one the user chose, else the best, else the first. */
  function baselineOf({ columns: all, question }: CompareState): string {
    const wanted = [baselineId, question?.bestColumnId].find((id) => all.some((column) => column.id === id));
    return wanted ?? all[0]?.id ?? '';
  }

  function barContent(current: CompareState): TemplateResult {
    const { question, rows, source } = current;
    if (!question) return html``;
    const { historyTurns, attachments } = question;
    const extras = [
      historyTurns === 1 && l10n.t('With the turn before it'),
      historyTurns > 1 && l10n.t('With the {0} turns before it', historyTurns),
      attachments.length > 0 && l10n.t('Attached: {0}', attachments.map(({ name }) => name).join(', ')),
    ].filter((text) => text !== false);
    return html`
      ${
        source === undefined
          ? nothing
          : html`<div class="question-steps">
              <button type="button" class="text-button back-button" @click=${back}>${l10n.t('All Questions (Esc)')}</button>
              ${iconButton({ icon: 'chevron-up', label: l10n.t('Previous Question'), onClick: () => step(-1) })}
              ${iconButton({ icon: 'chevron-down', label: l10n.t('Next Question'), onClick: () => step(1) })}
              <span>${l10n.t('Question {0} of {1}', question.number, rows.length)}</span>
            </div>
            <div class="question-full" dir="auto">${markedText(question.text)}</div>`
      }
      ${extras.length === 0 ? nothing : html`<p class="question-extras">${extras.join(' · ')}</p>`}
      ${canCompare(current) ? differencesBar(current) : nothing}
    `;
  }

  function differencesBar(current: CompareState): TemplateResult {
    const change = (act: () => void): void => {
      act();
      if (state) update(state);
    };
    return html`<div class="differences-bar">
      <label class="check"><input type="checkbox" .checked=${comparing}
        @change=${({ target }: Event) =>
          change(() => {
            comparing = target instanceof HTMLInputElement && target.checked;
          })} />${l10n.t('Show Differences')}</label>
      ${
        comparing && current.columns.length > 0
          ? html`<label class="baseline">${l10n.t('Compared with')}
              <select class="field" @change=${({ target }: Event) =>
                change(() => {
                  if (target instanceof HTMLSelectElement) baselineId = target.value;
                })}>${current.columns.map(
                ({ id, name }) =>
                  html`<option value=${id} ?selected=${id === baselineOf(current)}>${name}</option>`,
              )}</select></label>`
          : nothing
      }
    </div>`;
  }

  return {
    update,
    hide: clearDifferences,
  };
}

/** Whether at least two answers have text and none is running. */
function canCompare({ question, columns }: CompareState): boolean {
  const answers = columns.flatMap(({ id }) => question?.answers[id] ?? []);
  const running = answers.some(({ status }) => status === 'running');
  return !running && answers.filter(({ text }) => text !== '').length >= 2;
}
