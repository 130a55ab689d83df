/** Shows a row for each tool call of an answer; an opened row shows arguments and result. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { icon } from '../../../ui/webview/dom.ts';
import { markedText } from '../../../ui/webview/hiddenMarks.ts';
import type { ToolView } from '../../common/protocol.ts';

/** Fills `root`; returns a function that shows other calls. */
export function createToolRows(root: HTMLElement): (tools: readonly ToolView[]) => void {
  let shown: readonly ToolView[] = [];
  /** Indexes of open rows. Closed rows keep their texts, which may be long, out of the page. */
  const open = new Set<number>();

  function draw(): void {
    root.hidden = shown.length === 0;
    render(shown.map(row), root);
  }

  function row({ name, arguments: text, result }: ToolView, index: number): TemplateResult {
    const onToggle = ({ currentTarget }: Event): void => {
      if (!(currentTarget instanceof HTMLDetailsElement) || currentTarget.open === open.has(index)) return;
      if (currentTarget.open) open.add(index);
      else open.delete(index);
      draw();
    };
    return html`<details class="tool" @toggle=${onToggle}>
      <summary>
        ${icon('chevron-right')}<span>${markedText(l10n.t('Tool: {0}', name))}</span>
        ${result?.isError ? html`<span class="tool-failed">${icon('warning')}<span class="visually-hidden">${l10n.t('Failed')}</span></span>` : nothing}
      </summary>
      ${open.has(index) ? html`${block(text)}${result ? resultOf(result) : nothing}` : nothing}
    </details>`;
  }

  function resultOf({ text, isError }: NonNullable<ToolView['result']>): TemplateResult {
    return html`<p>${isError ? l10n.t('The tool failed:') : l10n.t('Result:')}</p>
      ${block(text)}`;
  }

  function block(text: string): TemplateResult | typeof nothing {
    // Reachable by keyboard, since it scrolls.
    return text === '' ? nothing : html`<pre tabindex="0" dir="auto">${markedText(text)}</pre>`;
  }

  return (tools) => {
    if (tools === shown) return;
    shown = tools;
    draw();
  };
}
