/** The tools that an answer called: a row for each, closed until one wants to read its arguments and its result. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { icon } from '../../../ui/webview/dom.ts';
import { markedText } from '../../../ui/webview/hiddenMarks.ts';
import type { ToolView } from '../../common/protocol.ts';

export interface ToolRows {
  update(tools: readonly ToolView[]): void;
}

/** Fills `root`. */
export function createToolRows(root: HTMLElement): ToolRows {
  let shown: readonly ToolView[] = [];
  /** Places of open rows: the texts of closed ones, which may be long, are not in the page. */
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
        ${result?.isError ? html`<span class="tool-failed">${icon('warning')}</span>` : nothing}
      </summary>
      ${open.has(index) ? html`${block(text)}${result ? resultOf(result) : nothing}` : nothing}
    </details>`;
  }

  function resultOf({ text, isError }: NonNullable<ToolView['result']>): TemplateResult {
    return html`<p>${isError ? l10n.t('The tool failed:') : l10n.t('Result:')}</p>
      ${block(text)}`;
  }

  function block(text: string): TemplateResult | typeof nothing {
    // It scrolls: the keyboard must get there.
    return text === '' ? nothing : html`<pre tabindex="0" dir="auto">${markedText(text)}</pre>`;
  }

  return {
    update(tools) {
      if (tools === shown) return;
      shown = tools;
      draw();
    },
  };
}
