/** Renders one option of the suggestions. */

import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { markHidden } from '../../../../base/common/hiddenText.ts';
import { icon } from '../../../../ui/webview/dom.ts';
import type { CommandChoice, ContextChoice } from '../../../common/protocol.ts';
import type { FoundCommand } from './commandFilter.ts';

export interface Suggestion extends ContextChoice {
  /** A word beside the label. */
  badge?: string;
  /** What its detail says should be read before it is chosen: while the line is active, all of it shows. */
  explained?: boolean;
}

export function suggestionOf({ command, matches }: FoundCommand): Suggestion {
  const { name, description, source, local } = command;
  return {
    id: name,
    icon: local ? 'run' : 'comment',
    label: `/${name}`,
    detail: description,
    // The slash stands before them.
    matches: matches.map(([start, end]) => [start + 1, end + 1]),
    explained: true,
    badge: badgeOf(source),
  };
}

function badgeOf(source: CommandChoice['source']): string | undefined {
  if (source === 'built-in') return undefined;
  return source === 'user' ? l10n.t('yours') : l10n.t('workspace');
}

export function suggestionId(index: number): string {
  return `suggestion-${index}`;
}

export interface OptionView {
  suggestion: Suggestion;
  index: number;
  active: boolean;
  choose(): void;
}

export function option({ suggestion, index, active, choose }: OptionView): TemplateResult {
  const { icon: glyph, label, badge, matches, explained = false } = suggestion;
  const detail = markHidden(suggestion.detail);
  const isPath = !explained && detail.includes('/');
  return html`<div id=${suggestionId(index)} class="option suggestion ${explained ? 'explained' : ''} ${active ? 'active' : ''}" role="option"
    aria-selected=${active ? 'true' : 'false'} title=${[markHidden(label), detail].filter(Boolean).join('\n')} @click=${choose}>
    ${icon(glyph)}<span class="suggestion-label">${emphasised(label, matches)}</span>
    ${badge === undefined ? nothing : html`<span class="suggestion-badge">${badge}</span>`}
    ${detail === '' ? nothing : html`<span class="suggestion-detail ${isPath ? 'path' : ''}"><bdi>${detail}</bdi></span>`}
  </div>`;
}

/** Stretches of the text in bold, hidden characters marked. */
function emphasised(text: string, stretches: Suggestion['matches']): (TemplateResult | string)[] {
  const parts: (TemplateResult | string)[] = [];
  let at = 0;
  for (const [start, end] of stretches) {
    if (start < at || end <= start) continue;
    parts.push(markHidden(text.slice(at, start)), html`<b>${markHidden(text.slice(start, end))}</b>`);
    at = end;
  }
  return [...parts, markHidden(text.slice(at))];
}
