/** Attaches files that the user drops anywhere on the panel, and shows a drop zone while they are dragged. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import { icon } from '../../../../ui/webview/dom.ts';
import type { Post } from '../../host.ts';
import { takeFiles } from './takeFiles.ts';

export interface DropZoneOptions {
  post: Post;
  /** Whether files can be attached now. */
  canAttach(): boolean;
  say(text: string): void;
  /** Called after each drop, accepted or not. */
  onDrop(): void;
}

/** Limits of the `context-drop` message. */
const mostUris = 100;
const longestUri = 8000;
/** Milliseconds after the last drag event until the zone hides: VS Code takes over silently when Shift is released. */
const goneAfter = 700;

/** Formats in which VS Code and others name files, best first. */
const formats = ['application/vnd.code.uri-list', 'text/uri-list', 'ResourceURLs'] as const;

/** What a page in a browser drags, and nothing that could be read as a file. */
const notFiles = /^(https?|ftp|mailto|data|blob|javascript|about|command):/i;

/** Shows the drop zone in `zone`. */
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
    // The data transfer is empty after this event.
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

/** Whether a drag has files in it, as far as that can be told before it is dropped. */
function hasFiles(types: readonly string[]): boolean {
  return (
    types.includes('Files') ||
    formats.some((format) => types.includes(format.toLowerCase()) || types.includes(format))
  );
}

/** Each address once, in order. `read` gives what there is of a format, or an empty text. */
function readUris(read: (format: string) => string): string[] {
  for (const format of formats) {
    const found = (format === 'ResourceURLs' ? fromJson(read(format)) : fromLines(read(format))).filter(
      (uri) => /^[a-z][a-z\d+.-]*:/i.test(uri) && !notFiles.test(uri),
    );
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

/** RFC 2483: one in each line; lines that begin with `#` are comments. */
function fromLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function fromJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
