/** Entry of the inspector's page: a search bar, and one or two records side by side. */

import '../../ui/webview/loadTexts.ts';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { icon } from '../../ui/webview/dom.ts';
import { showTooltips } from '../../ui/webview/tooltip.ts';
import { connectToHost } from '../../ui/webview/vscodeApi.ts';
import type { InspectMessage, InspectRequest } from '../common/inspectProtocol.ts';
import { createRecordElement, type RecordContext, type RecordElement } from './recordElement.ts';
import { createSearchBar } from './searchBar.ts';

const { post } = connectToHost<InspectMessage, InspectRequest>({ 'inspect-show': draw });
const page = document.getElementById('app') ?? document.body;
let shown = new Map<number, RecordElement>();
const search = createSearchBar(() =>
  [...shown.values()].map((record) => ({ element: record.element, lists: record.lists() })),
);

window.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  search.focus();
});
showTooltips();
post({ type: 'ready' });

function draw(message: InspectMessage): void {
  const { records, note, replaying } = message;
  const context: RecordContext = {
    replaying,
    post,
    onDraw: search.refresh,
  };
  const next = new Map<number, RecordElement>();
  for (const record of records) {
    const known = shown.get(record.number);
    known?.update(record, context);
    next.set(record.number, known ?? createRecordElement(record, context));
  }
  shown = next;
  render(
    html`<header class="bar">${search.element}
        ${
          replaying
            ? html`<span class="running" role="status">${icon('loading')}${l10n.t('On its way…')}</span>
                <vscode-button secondary @click=${() => post({ type: 'stop' })}>${l10n.t('Stop')}</vscode-button>`
            : nothing
        }
      </header>
      ${
        note
          ? html`<div class="note" role="status">${icon('info')}<span>${note.text}</span>
              ${
                note.send
                  ? html`<vscode-button ?disabled=${replaying} @click=${() => post({ type: 'send' })}>${l10n.t('Send the Question Again')}</vscode-button>`
                  : nothing
              }</div>`
          : nothing
      }
      <main class="records ${shown.size > 1 ? 'two' : ''}">${[...shown.values()].map(({ element }) => element)}</main>`,
    page,
  );
  search.refresh();
}
