/** Attached code as chips: one per file and line range; a click opens where it came from. */

import { html, nothing, type TemplateResult } from 'lit';
import { formatString, type PanelStrings } from '../../core/panelStrings.ts';
import type { AttachmentView } from '../../core/protocol.ts';
import { icon } from '../dom.ts';

export interface ChipActions {
  open(id: string): void;
  /** Only in the composer. */
  remove?(id: string): void;
}

export function attachmentChips(
  attachments: readonly AttachmentView[],
  strings: PanelStrings,
  actions: ChipActions,
): TemplateResult | typeof nothing {
  if (attachments.length === 0) return nothing;
  const chips = attachments.map((attachment) => chip(attachment, strings, actions));
  return html`<ul class="chips" aria-label=${strings['composer.attachments']}>${chips}</ul>`;
}

function chip(
  attachment: AttachmentView,
  strings: PanelStrings,
  { open, remove }: ChipActions,
): TemplateResult {
  const place = describePlace(attachment, strings);
  const label = formatString(strings['attachment.open'], place);
  const removeLabel = formatString(strings['attachment.remove'], attachment.name);
  const onKey = (event: KeyboardEvent) => {
    if (remove && (event.key === 'Delete' || event.key === 'Backspace')) remove(attachment.id);
  };
  return html`<li class="chip">
    <button type="button" class="chip-open" title=${label}
      @click=${() => open(attachment.id)} @keydown=${onKey}>
      ${icon(attachment.kind === 'file' ? 'file-code' : attachment.kind === 'symbol' ? 'symbol-method' : 'selection')}
      <span class="chip-name">${attachment.name}</span><span class="chip-lines">${lines(attachment)}</span>
    </button>
    ${
      remove
        ? html`<button type="button" class="chip-remove" title=${removeLabel} aria-label=${removeLabel}
            @click=${() => remove(attachment.id)}>${icon('close')}</button>`
        : nothing
    }
  </li>`;
}

function lines({ startLine, endLine }: AttachmentView): string {
  if (startLine === 0) return '';
  return startLine === endLine ? `:${startLine}` : `:${startLine}-${endLine}`;
}

function describePlace({ path, startLine, endLine }: AttachmentView, strings: PanelStrings): string {
  if (startLine === 0) return path;
  return startLine === endLine
    ? formatString(strings['attachment.line'], path, startLine)
    : formatString(strings['attachment.lines'], path, startLine, endLine);
}
