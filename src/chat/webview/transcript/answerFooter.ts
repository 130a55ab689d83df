/** Renders the footer of an answer: its outcome, errors, and buttons. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../ui/webview/dom.ts';
import type { OutcomeView, PanelAction } from '../../common/protocol.ts';
import type { PanelTurn } from '../state.ts';
import { isRunning } from '../turnWindow.ts';
import { actionButton, copyButton } from './actionButton.ts';
import { errorCard } from './errorCard.ts';
import { type TurnContext, whenIdle } from './turnContext.ts';

export function answerFooter(turn: PanelTurn, context: TurnContext): TemplateResult {
  const { outcome, wait, text, reasoning } = turn;
  if (wait) {
    return html`<div class="retrying">${icon('watch')}<span class="countdown" dir="auto"></span></div>`;
  }
  if (isRunning(outcome)) {
    const silent = text === '' && reasoning === '';
    return html`<div class="working">${silent ? l10n.t('Thinking…') : nothing}</div>`;
  }
  const notice = noticeOf(outcome);
  return html`
    ${notice ? html`<p class="notice">${icon(noticeIcon(outcome))}<span dir="auto">${notice}</span></p>` : nothing}
    ${outcome.error ? failure(turn, outcome.error, context) : nothing}
    ${outcome.canContinue ? continueRow(turn, context) : nothing}
    ${tools(turn, context)}
  `;
}

function failure(
  { id }: PanelTurn,
  error: NonNullable<OutcomeView['error']>,
  context: TurnContext,
): TemplateResult {
  const { post } = context;
  return errorCard(error, {
    run: (action) =>
      action === 'retry' ? retry(id, context) : post({ type: 'action-run', action, turnId: id }),
    copy: (text) => post({ type: 'text-copy', text }),
  });
}

function continueRow({ id }: PanelTurn, context: TurnContext): TemplateResult {
  return html`<div class="continue-row">${actionButton({
    action: 'continue',
    icon: 'debug-continue',
    label: l10n.t('Continue'),
    labelled: true,
    asks: true,
    onClick: () => whenIdle(context, () => context.post({ type: 'turn-continue', turnId: id })),
  })}</div>`;
}

function tools(turn: PanelTurn, context: TurnContext): TemplateResult {
  const { id, text, outcome } = turn;
  const cardHas = (action: PanelAction): boolean => outcome.error?.actions.includes(action) ?? false;
  return html`<div class="turn-tools answer-tools"><span class="on-demand">
    ${
      text === ''
        ? nothing
        : copyButton({ action: 'copy-answer', label: l10n.t('Copy Answer'), text: () => text }, context)
    }
    ${
      cardHas('retry')
        ? nothing
        : actionButton({
            action: 'retry',
            icon: 'refresh',
            label: l10n.t('Ask Again'),
            asks: true,
            onClick: () => retry(id, context),
          })
    }
    ${actionButton({
      action: 'retry-with',
      icon: 'chevron-down',
      label: l10n.t('Ask Another Model…'),
      asks: true,
      popup: 'listbox',
      onClick: (button) =>
        whenIdle(context, () => context.chooseModel(button, (modelRef) => retry(id, context, modelRef))),
    })}
    ${actionButton({
      action: 'compare',
      icon: 'split-horizontal',
      label: l10n.t('Compare With Other Models…'),
      onClick: () => context.post({ type: 'turn-compare', turnId: id }),
    })}
    ${actionButton({
      action: 'copy-as-code',
      icon: 'code',
      label: l10n.t('Copy as Code…'),
      onClick: () => context.post({ type: 'snippet-copy', turnId: id }),
    })}
    ${
      cardHas('inspect')
        ? nothing
        : actionButton({
            action: 'inspect',
            icon: 'inspect',
            label: l10n.t('Inspect Request'),
            onClick: () => context.post({ type: 'action-run', action: 'inspect', turnId: id }),
          })
    }
    ${usage(outcome)}
  </span></div>`;
}

function retry(turnId: string, context: TurnContext, modelRef?: string): void {
  whenIdle(context, () => {
    context.goToEnd();
    context.post(
      modelRef === undefined ? { type: 'turn-retry', turnId } : { type: 'turn-retry', turnId, modelRef },
    );
  });
}

function noticeOf({ notice, status, finishReason }: OutcomeView): string | undefined {
  if (notice) return notice;
  if (status === 'stopped') return l10n.t('Stopped.');
  if (status === 'interrupted')
    return l10n.t('Interrupted: the window closed before the answer was complete.');
  return finishReason === 'length' ? l10n.t('Cut off at the output limit.') : undefined;
}

function noticeIcon({ status, finishReason }: OutcomeView): string {
  if (status === 'interrupted') return 'debug-disconnect';
  if (status === 'stopped') return 'circle-slash';
  return finishReason === 'length' ? 'warning' : 'info';
}

function usage({ usage: tokens, cost, usageDetails }: OutcomeView): TemplateResult | typeof nothing {
  if (!tokens) return nothing;
  const number = (count: number) => count.toLocaleString();
  const title =
    usageDetails ?? l10n.t('{0} tokens in, {1} out', number(tokens.inputTokens), number(tokens.outputTokens));
  const text = l10n.t('{0} tokens', number(tokens.totalTokens));
  // A screen reader says no title of what is no control.
  return html`<span class="usage" title=${title}>${cost ? `${text} · ${cost}` : text}</span><span
    class="visually-hidden">. ${title}</span>`;
}
