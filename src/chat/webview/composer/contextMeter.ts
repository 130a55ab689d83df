/** Shows how full the next request is: a button in the toolbar, and a box with details and actions. */

import * as l10n from '@vscode/l10n';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon, iconButton } from '../../../ui/webview/dom.ts';
import type { Popover } from '../../../ui/webview/popover.ts';
import type { ContextView } from '../../common/protocol.ts';
import type { Post } from '../host.ts';
import type { PanelState } from '../state.ts';
import { contextLevel, summarisedTurns } from './contextLevel.ts';
import { formatExactTokens, formatTokens } from './tokenCount.ts';

/** `toggle` opens and closes the box. */
export function contextButton(context: ContextView, toggle: (event: Event) => void): TemplateResult {
  const { percent, tight } = contextLevel(context);
  const count = `${context.exact ? '' : '≈ '}${formatTokens(context.tokens)}`;
  const limit = context.limit === undefined ? '' : ` / ${formatTokens(context.limit)}`;
  const label = buttonLabel(context);
  return html`<button type="button" class="context-button ${tight ? 'tight' : ''}"
    aria-label=${label} aria-haspopup="dialog" aria-expanded="false" @click=${toggle}>
    ${ring(percent ?? 0)}
    <span class="context-text"><span class="context-count">${count}</span>${limit && html`<span>${limit}</span>`}</span>
    ${tight ? icon('warning') : nothing}
  </button>`;
}

/** The content of the box; draw it again after each change of the state. */
export function contextDetails(
  state: PanelState,
  context: ContextView,
  { post, popover }: { post: Post; popover: Popover },
): TemplateResult {
  const { composer } = state;
  const { percent, tooLong } = contextLevel(context);
  const warnings = [
    tooLong && l10n.t('The question alone is too long for this model.'),
    omittedText(context),
  ].filter((text) => text);
  const summary = summaryText(state, context);
  return html`<div class="popover-header">
      <h2>${l10n.t('Context')}</h2>
      ${iconButton({ icon: 'close', label: l10n.t('Close'), onClick: () => popover.close(true) })}
    </div>
    <div class="popover-body context-details">
      ${percent === undefined ? nothing : bar(percent, contextLevel(context).tight)}
      <p>${
        context.exact
          ? l10n.t('The next request takes {0} tokens.', formatExactTokens(context.tokens))
          : l10n.t('The next request takes about {0} tokens.', formatExactTokens(context.tokens))
      } ${
        context.limit === undefined
          ? l10n.t('The limit of {0} is not known.', composer.modelName)
          : l10n.t(
              '{0} takes up to {1}, besides the room kept for the answer.',
              composer.modelName,
              formatExactTokens(context.limit),
            )
      }</p>
      <div class="context-news" aria-live="polite">${warnings.map(
        (text) => html`<p class="context-warning">${icon('warning')}<span>${text}</span></p>`,
      )}${summary === '' ? nothing : html`<p>${summary}</p>`}${
        context.summarising ? html`<p>${l10n.t('Summarising…')}</p>` : nothing
      }</div>
      ${context.spent ? html`<p class="context-spent">${context.spent}</p>` : nothing}
      <p class="hint">${context.exact ? l10n.t('As the platform counted.') : l10n.t('Estimated; the platform may count a little differently.')}</p>
      ${actions(state, context, { post, popover })}
    </div>`;
}

function actions(
  { turns }: PanelState,
  { summarising, omittedTurns, largerModel, ...context }: ContextView,
  { post, popover }: { post: Post; popover: Popover },
): TemplateResult | typeof nothing {
  const { tight } = contextLevel({ ...context, omittedTurns, summarising });
  const canSummarise = summarising || (tight && turns.length > 0);
  if (!canSummarise && !largerModel) return nothing;
  const idle = omittedTurns > 0 ? l10n.t('Summarise What Does Not Fit') : l10n.t('Summarise Earlier Turns');
  return html`<div class="button-row">
    ${
      canSummarise
        ? html`<vscode-button class="context-summarise" ?disabled=${summarising}
            @click=${() => post({ type: 'context-summarise' })}
            >${idle}</vscode-button>`
        : nothing
    }
    ${
      largerModel
        ? html`<vscode-button class="context-larger" secondary
            @click=${() => {
              post({ type: 'model-select', ref: largerModel.ref });
              popover.close(true);
            }}>${l10n.t('Use {0}', largerModel.name)}</vscode-button>`
        : nothing
    }
  </div>`;
}

function buttonLabel({ tokens, exact, limit, omittedTurns }: ContextView): string {
  const count = `${exact ? '' : '≈ '}${formatExactTokens(tokens)}`;
  const fill =
    limit === undefined
      ? l10n.t('Context: {0} tokens', count)
      : l10n.t('Context: {0} of {1} tokens', count, formatExactTokens(limit));
  return omittedTurns === 0 ? fill : l10n.t('{0}. {1}', fill, omittedText({ omittedTurns }));
}

function omittedText({ omittedTurns }: Pick<ContextView, 'omittedTurns'>): string {
  if (omittedTurns === 0) return '';
  return omittedTurns === 1
    ? l10n.t('The oldest turn does not fit and is left out.')
    : l10n.t('The {0} oldest turns do not fit and are left out.', omittedTurns);
}

function summaryText(state: PanelState, context: ContextView): string {
  const count = summarisedTurns(context, state);
  if (count === 0) return '';
  if (count === undefined) return l10n.t('A summary stands for earlier turns.');
  if (count === 1) return l10n.t('A summary stands for the first turn.');
  return l10n.t('A summary stands for the first {0} turns.', count);
}

/** Drawn by attributes, because the page allows no inline styles. */
function ring(percent: number): TemplateResult {
  return html`<svg class="ring" viewBox="0 0 16 16" aria-hidden="true">${svg`
    <circle class="ring-track" cx="8" cy="8" r="6" />
    <circle class="ring-fill" cx="8" cy="8" r="6" pathLength="100" transform="rotate(-90 8 8)"
      stroke-dasharray="${percent} 100" visibility=${percent > 0 ? 'visible' : 'hidden'} />`}</svg>`;
}

function bar(percent: number, tight: boolean): TemplateResult {
  return html`<svg class="context-bar ${tight ? 'tight' : ''}" aria-hidden="true">${svg`
    <rect class="bar-track" width="100%" height="100%" rx="2" />
    <rect class="bar-fill" width="${percent}%" height="100%" rx="2" />`}</svg>`;
}
