/** Files dropped anywhere on the panel are attached; while they hang over it, a zone says so. */

import { html, nothing, render } from 'lit';
import { icon } from '../../../../ui/webview/dom.ts';
import type { Post } from '../../../../ui/webview/vscodeApi.ts';
import { formatString, type PanelStrings } from '../../../common/panelStrings.ts';
import { takeFiles } from './takeFiles.ts';
import { hasFiles, readUris } from './uriList.ts';

export interface DropZoneOptions {
  post: Post;
  /** `undefined` while nothing can be attached. */
  strings(): PanelStrings | undefined;
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
export function createDropZone(zone: HTMLElement, { post, strings, say, onDrop }: DropZoneOptions): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function hide(): void {
    clearTimeout(timer);
    zone.hidden = true;
    render(nothing, zone);
  }

  function show(texts: PanelStrings): void {
    clearTimeout(timer);
    timer = setTimeout(hide, goneAfter);
    if (!zone.hidden) return;
    zone.hidden = false;
    render(
      html`<div class="drop-text">${icon('attach')}<span>${texts['drop.title']}</span>
        <small>${texts['drop.shift']}</small></div>`,
      zone,
    );
  }

  function take(data: DataTransfer, texts: PanelStrings): void {
    // Both are gone after this event.
    const uris = readUris((format) => data.getData(format)).filter(({ length }) => length <= longestUri);
    const files = [...data.files];
    if (uris.length > 0) {
      post({ type: 'context-drop', uris: uris.slice(0, mostUris) });
      if (uris.length > mostUris) say(formatString(texts['drop.many'], mostUris));
    } else if (files.length > 0) void takeFiles(files, { post, strings: texts, say });
    else say(texts['drop.nothing']);
  }

  for (const type of ['dragenter', 'dragover'] as const)
    document.addEventListener(type, (event) => {
      const texts = strings();
      const { dataTransfer } = event;
      if (!texts || !dataTransfer || !hasFiles(dataTransfer.types)) return;
      event.preventDefault();
      dataTransfer.dropEffect = 'copy';
      show(texts);
    });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) hide();
  });
  document.addEventListener('drop', (event) => {
    hide();
    const texts = strings();
    const { dataTransfer } = event;
    if (!texts || !dataTransfer || !hasFiles(dataTransfer.types)) return;
    event.preventDefault();
    take(dataTransfer, texts);
    onDrop();
  });
}
