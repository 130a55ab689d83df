/** Files dropped anywhere on the panel are attached; while they hang over it, a zone says so. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { icon } from '../../../../ui/webview/dom.ts';
import type { Post } from '../../host.ts';
import { takeFiles } from './takeFiles.ts';
import { hasFiles, readUris } from './uriList.ts';

export interface DropZoneOptions {
  post: Post;
  /** Whether the panel takes something at the moment. */
  canAttach(): boolean;
  say(text: string): void;
  /** Something was dropped, whatever came of it. */
  onDrop(): void;
}

/** The host takes no more at once. */
const mostUris = 100;
const longestUri = 8000;
/** Milliseconds after the last sign of a drag: VS Code may take it over without a word, when Shift is released. */
const goneAfter = 700;

/** Shows itself in `zone`. */
export function createDropZone(zone: HTMLElement, { post, canAttach, say, onDrop }: DropZoneOptions): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hide(): void {
    clearTimeout(timer);
    zone.hidden = true;
    render(nothing, zone);
  }

  function show(): void {
    clearTimeout(timer);
    timer = setTimeout(hide, goneAfter);
    if (!zone.hidden) return;
    zone.hidden = false;
    render(
      html`<div class="drop-text">${icon('attach')}<span>${l10n.t('Drop to Add to the Question')}</span>
        <small>${l10n.t('Keep Shift held while you drop.')}</small></div>`,
      zone,
    );
  }

  function take(data: DataTransfer): void {
    // Both are gone after this event.
    const uris = readUris((format) => data.getData(format)).filter(({ length }) => length <= longestUri);
    const files = [...data.files];
    if (uris.length > 0) {
      post({ type: 'context-drop', uris: uris.slice(0, mostUris) });
      if (uris.length > mostUris) say(l10n.t('Only the first {0} were added.', mostUris));
    } else if (files.length > 0) void takeFiles(files, { post, say });
    else
      say(l10n.t('Nothing to add was dropped. Files and folders of the Explorer can be added, and images.'));
  }

  for (const type of ['dragenter', 'dragover'] as const)
    document.addEventListener(type, (event) => {
      const { dataTransfer } = event;
      if (!canAttach() || !dataTransfer || !hasFiles(dataTransfer.types)) return;
      event.preventDefault();
      dataTransfer.dropEffect = 'copy';
      show();
    });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) hide();
  });
  document.addEventListener('drop', (event) => {
    hide();
    const { dataTransfer } = event;
    if (!canAttach() || !dataTransfer || !hasFiles(dataTransfer.types)) return;
    event.preventDefault();
    take(dataTransfer);
    onDrop();
  });
}
