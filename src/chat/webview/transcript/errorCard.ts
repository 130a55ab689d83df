/** Renders the error of a failed answer: cause, advice, the platform's message, and buttons. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { safeHref } from '../../../ui/markdown/links.ts';
import { icon, iconButton, showCopied } from '../../../ui/webview/dom.ts';
import type { ErrorCard, PanelAction } from '../../common/protocol.ts';
import { actionLabel } from '../actionLabel.ts';

export function errorCard(
  card: ErrorCard,
  actions: { run(action: PanelAction): void; copy(text: string): void },
): TemplateResult {
  const details = detailsOf(card);
  const help = card.help && safeHref(card.help.href);
  return html`<div class="error-card" role="group" aria-label=${card.title}>
    <div class="error-title">${icon(iconOf(card))}<strong>${card.title}</strong></div>
    <p class="error-advice" dir="auto">${card.advice}</p>
    ${
      card.detail
        ? html`<div class="error-detail"><span class="error-label">${l10n.t('The platform says')}</span>
            <p dir="auto">${card.detail}</p></div>`
        : nothing
    }
    ${card.limits ? html`<p class="error-limits">${card.limits.join(' · ')}</p>` : nothing}
    ${
      details.length > 0
        ? html`<div class="error-facts">
            <dl>${details.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
            ${iconButton({
              icon: 'copy',
              label: l10n.t('Copy Details'),
              onClick: ({ currentTarget }) => {
                actions.copy(report(card, details));
                if (currentTarget instanceof Element) showCopied(currentTarget, l10n.t('Copied'));
              },
            })}
          </div>`
        : nothing
    }
    ${
      help === undefined
        ? nothing
        : html`<p class="error-help"><a href=${help} title=${help}>${card.help?.label}</a></p>`
    }
    ${
      card.actions.length > 0
        ? html`<div class="button-row">${card.actions.map(
            (action, index) => html`<vscode-button ?secondary=${index > 0} @click=${() => actions.run(action)}
              >${actionLabel(action)}</vscode-button>`,
          )}</div>`
        : nothing
    }
  </div>`;
}

function detailsOf(card: ErrorCard): [name: string, value: string][] {
  const details: [string, string | undefined][] = [
    [l10n.t('Status'), card.status?.toString()],
    [l10n.t('Code'), card.code],
    [l10n.t('Request ID'), card.requestId],
  ];
  return details.flatMap(([name, value]) => (value ? [[name, value]] : []));
}

/** The error as text, to be passed on in a request for help. */
function report(card: ErrorCard, details: readonly [string, string][]): string {
  return [card.title, card.detail ?? '', ...details.map(([name, value]) => `${name}: ${value}`)]
    .filter(Boolean)
    .join('\n');
}

function iconOf({ kind }: ErrorCard): string {
  switch (kind) {
    case 'missing-key':
    case 'unauthorized':
      return 'key';
    case 'content-filtered':
      return 'shield';
    case 'rate-limited':
    case 'quota':
    case 'timeout':
    case 'interrupted':
    case 'unavailable':
      return 'warning';
    case 'network':
      return 'debug-disconnect';
    default:
      return 'error';
  }
}
