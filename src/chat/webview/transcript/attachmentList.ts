/** What travels with a question as chips; a click opens where it came from. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../../ui/webview/dom.ts';
import type { AttachmentView } from '../../common/protocol.ts';
import { formatExactTokens, formatTokens } from '../composer/tokenCount.ts';

/** In the composer: what can be done with a chip, beside opening it. */
export interface AttachmentTools {
  /** Behind the chip's name. */
  buttons(attachment: AttachmentView): TemplateResult | typeof nothing;
  /** Lines for the tooltip. */
  remarks(attachment: AttachmentView): readonly string[];
  /** Icon of a chip that looks like a warning. */
  warning(attachment: AttachmentView): string | undefined;
  /** Value of `aria-keyshortcuts`. */
  keys: string;
}

/** Nothing without attachments. */
export function attachmentList(
  attachments: readonly AttachmentView[],
  { open, tools }: { open(id: string): void; tools?: AttachmentTools },
): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  const items = repeat(
    attachments,
    ({ id }) => id,
    (attachment) => attachmentItem(attachment, { open: () => open(attachment.id), tools }),
  );
  return html`<ul class="chips" aria-label=${l10n.t('Attachments')}>${items}</ul>`;
}

function attachmentItem(
  attachment: AttachmentView,
  { open, tools }: { open(): void; tools?: AttachmentTools },
): TemplateResult {
  const { id, kind, name, canOpen, tokens, ready, cutCharacters, hidden } = attachment;
  const warning = tools?.warning(attachment);
  const place = describePlace(attachment);
  const size = tokens === 0 ? [] : [l10n.t('About {0} tokens', formatExactTokens(tokens))];
  const label = [
    canOpen ? l10n.t('Open {0}', place) : place,
    ...size,
    ...(cutCharacters
      ? [
          l10n.t(
            'Too long: only its beginning goes along, without the last {0} characters',
            formatExactTokens(cutCharacters),
          ),
        ]
      : []),
    ...(hidden === undefined || ready?.blockReason ? [] : [l10n.t('Holds {0}', hidden)]),
    ...(tools?.remarks(attachment) ?? []),
  ];
  const classes = [
    'chip',
    ...(warning ? ['held'] : []),
    ...(ready?.implicit ? ['live'] : []),
    ...(ready?.byCommand ? ['by-command'] : []),
    ...(ready?.repeated ? ['repeated'] : []),
    ...(cutCharacters ? ['cut'] : []),
    ...(hidden === undefined ? [] : ['has-hidden']),
  ];
  const face = html`${icon(warning ?? (hidden === undefined ? icons[kind] : 'warning'))}<span class="chip-name">${name}</span
    ><span class="chip-lines">${lines(attachment)}${cutCharacters ? '…' : ''}</span>${
      tokens === 0 && !tools
        ? nothing
        : html`<span class="chip-tokens">${
            ready?.repeated ? icon('check') : tokens === 0 ? '' : `≈${formatTokens(tokens)}`
          }</span>`
    }`;
  // In the composer each chip is reached by the arrow keys, also one that opens nothing.
  return html`<li class=${classes.join(' ')} data-id=${id}>
    ${
      canOpen || tools
        ? html`<button type="button" class="chip-open ${canOpen ? '' : 'fixed'}" title=${label.join('\n')}
            aria-label=${label.join('. ')} aria-keyshortcuts=${tools?.keys ?? nothing}
            @click=${() => canOpen && open()}>${face}</button>`
        : html`<span class="chip-open fixed" title=${label.join('\n')}>${face}</span>`
    }${tools?.buttons(attachment) ?? nothing}
  </li>`;
}

const icons: Readonly<Record<AttachmentView['kind'], string>> = {
  selection: 'selection',
  file: 'file-code',
  symbol: 'symbol-method',
  visible: 'eye',
  folder: 'folder',
  problems: 'warning',
  changes: 'git-commit',
  terminal: 'terminal',
  clipboard: 'clippy',
  image: 'file-media',
  cell: 'notebook',
};

function lines({ startLine, endLine }: AttachmentView): string {
  if (startLine === 0) return '';
  return startLine === endLine ? `:${startLine}` : `:${startLine}-${endLine}`;
}

function describePlace({ path, startLine, endLine }: AttachmentView): string {
  if (startLine === 0) return path;
  return startLine === endLine
    ? l10n.t('{0}, line {1}', path, startLine)
    : l10n.t('{0}, lines {1}–{2}', path, startLine, endLine);
}
