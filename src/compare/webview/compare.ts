/** Entry of a comparison's page: renders the newest state at most once per animation frame. */

import '../../ui/webview/loadTexts.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { takeFoundFiles } from '../../chat/webview/fileLinks.ts';
import { handleAnswerClicks } from '../../chat/webview/links.ts';
import { createModelMenu } from '../../chat/webview/transcript/modelMenu.ts';
import { handleAll } from '../../ui/common/messages.ts';
import { showTooltips } from '../../ui/webview/tooltip.ts';
import { connectToHost } from '../../ui/webview/vscodeApi.ts';
import type { CompareHostMessage } from '../common/compareProtocol.ts';
import type { CompareViewMessage } from '../common/compareProtocolSchema.ts';
import type { CompareContext } from './context.ts';
import { createQuestionField, type QuestionField } from './questionField.ts';
import { createQuestionPage, type QuestionPage } from './questionPage.ts';
import { createQuestionTable, type QuestionTable } from './questionTable.ts';
import { type CompareState, reduce, reducers, type StateMessage } from './state.ts';
import { summaryTable } from './summaryTable.ts';
import { progressLine, runButtons } from './topBar.ts';

/** The page's state for a reload, see `Comparisons.restore`. */
interface CompareMemory {
  comparisonId?: string;
  draft?: string;
  models?: readonly string[];
}

let state: CompareState | undefined;
let frameRequested = false;

const app = document.getElementById('app') ?? document.body;
render(
  html`<div class="panel compare" hidden>
    <header class="compare-top">
      <h1 class="visually-hidden"></h1>
      <div class="field-place"></div>
      <div class="run-row"></div>
      <div class="progress-place"></div>
    </header>
    <main class="scroller" tabindex="-1">
      <div class="set-page">
        <div class="summary-place"></div>
        <div class="table-place"></div>
      </div>
      <div class="question-page"></div>
    </main>
    <div class="visually-hidden announcer" role="status"></div>
    <div class="popover model-menu" role="dialog" tabindex="-1"></div>
  </div>`,
  app,
);
const part = (name: string): HTMLElement => app.querySelector<HTMLElement>(`.${name}`) ?? app;
const host = connectToHost<CompareHostMessage, CompareViewMessage, CompareMemory>({
  ...handleAll(reducers, show),
  'compare-snapshot'(message) {
    show(message);
    if (!state || !parts) return;
    parts.field.set(host.getState()?.draft ?? state.draft);
    if (state.source === undefined && state.rows.length === 0)
      requestAnimationFrame(() => parts?.field.element.focus());
    rememberComparison(state, parts);
  },
  'compare-change'(message) {
    const before = state;
    show(message);
    if (!state || !parts) return;
    if (before?.comparisonId !== state.comparisonId) parts.field.set(state.draft);
    rememberComparison(state, parts);
  },
  'files-found': ({ there, asked }) => takeFoundFiles(there, asked),
});
const { post } = host;
const toggleModelMenu = createModelMenu(part('model-menu'));
handleAnswerClicks(app, post);
showTooltips();

const context: CompareContext = {
  post,
  chooseModel(button, place) {
    if (!state) return;
    const { columns, models } = state;
    const refs = columns.map(({ ref }) => ref);
    const modelRef = refs[place] ?? '';
    toggleModelMenu(button, { models, modelRef }, (ref) => {
      const chosen = refs.slice();
      chosen[place] = ref;
      post({ type: 'columns-change', models: chosen });
    });
  },
  removeModel(place) {
    const models = state?.columns.map(({ ref }) => ref).toSpliced(place, 1);
    if (models) post({ type: 'columns-change', models });
  },
};

/** Created with the first message of the host. */
interface Parts {
  field: QuestionField;
  page: QuestionPage;
  table: QuestionTable;
}
let parts: Parts | undefined;

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.isComposing && state?.question && state.source !== undefined)
    showTable();
});
post({ type: 'view-ready' });

function createParts(): Parts {
  const field = createQuestionField({
    ask,
    onChange: (draft) => host.updateState({ draft }),
  });
  part('field-place').append(field.element);
  const table = createQuestionTable(part('table-place'), part('scroller'), (questionId) =>
    post({ type: 'question-open', questionId }),
  );
  const page = createQuestionPage(part('question-page'), context, {
    back: showTable,
    step(by) {
      const questionId = state?.question && table.neighbour(state.question.id, by);
      if (questionId) post({ type: 'question-open', questionId });
    },
  });
  return { field, table, page };
}

/** Applies the message to the state, which is rendered in the next frame. */
function show(message: StateMessage): void {
  const wasRunning = state?.progress.running;
  state = reduce(state, message);
  if (!state) return;
  parts ??= createParts();
  if (wasRunning && !state.progress.running) part('announcer').textContent = progressText(state);
  if (frameRequested) return;
  frameRequested = true;
  requestAnimationFrame(paint);
}

function rememberComparison({ comparisonId, columns }: CompareState, { field }: Parts): void {
  host.updateState({ comparisonId, draft: field.text, models: columns.map(({ ref }) => ref) });
}

function progressText({ progress }: CompareState): string {
  return l10n.t('{0} of {1} answered', progress.answered, progress.total);
}

function ask(): void {
  const text = parts?.field.text ?? '';
  if (text.trim() !== '' && !state?.progress.running) post({ type: 'question-ask', text });
  else parts?.field.element.focus();
}

function showTable(): void {
  if (!state?.question || !parts) return;
  const { id } = state.question;
  post({ type: 'question-open', questionId: null });
  state = { ...state, question: undefined };
  paint();
  parts.table.focus(id);
}

function paint(): void {
  frameRequested = false;
  if (!state || !parts) return;
  const { source, question } = state;
  const isSet = source !== undefined;
  const showsTable = isSet && !question;
  part('panel').hidden = false;
  const heading = app.querySelector('h1');
  if (heading) heading.textContent = l10n.t('Models to Compare');
  part('field-place').hidden = isSet;
  render(
    html`${isSet ? html`<span class="source" title=${source}>${source}</span>` : nothing}${runButtons(state, context, ask)}`,
    part('run-row'),
  );
  render(progressLine(state), part('progress-place'));
  part('set-page').hidden = !showsTable;
  part('question-page').hidden = showsTable;
  if (showsTable) {
    render(summaryTable(state, context), part('summary-place'));
    parts.table.update(state);
    parts.page.hide();
  } else parts.page.update(state);
}
