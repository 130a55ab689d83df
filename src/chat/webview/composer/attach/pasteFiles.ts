/** Handles pasted and dropped content: attaches images and long texts, leaves other text to the field. */

import * as l10n from '@vscode/l10n';
import { replaceText } from '../../../../ui/webview/replaceText.ts';
import { longestPaste } from '../../../common/protocol.ts';
import { type TakeFilesOptions, takeFiles } from './takeFiles.ts';

/** A longer text is no question, and the field would stand still over one of megabytes. In UTF-16 units. */
const longText = 20_000;
/** What may be put into the field all the same. */
const longestInField = 200_000;

export interface PasteOptions extends TakeFilesOptions {
  /** With a button beside the message. */
  say(text: string, action?: { label: string; run(): void }): void;
}

/** `options` gives `undefined` while nothing can be attached. */
export function handlePaste(area: HTMLTextAreaElement, options: () => PasteOptions | undefined): void {
  const take = (event: Event, data: DataTransfer | null): void => {
    const now = options();
    const text = data?.getData('text/plain') ?? '';
    const files = [...(data?.files ?? [])];
    if (!now) return;
    if (text.length > longText) {
      event.preventDefault();
      attachText(text, now);
    } else if (text === '' && files.length > 0 && event.type === 'paste') {
      event.preventDefault();
      void takeFiles(files, now);
    }
  };
  // A spreadsheet puts a picture of its cells beside their text.
  area.addEventListener('paste', (event) => take(event, event.clipboardData));
  area.addEventListener('drop', (event) => take(event, event.dataTransfer));

  function attachText(text: string, { post, say }: PasteOptions): void {
    // In a page without encryption there is no `randomUUID`.
    const id = `paste-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    post({ type: 'text-add', id, text: text.slice(0, longestPaste) });
    const message =
      text.length > longestPaste
        ? l10n.t(
            'The text is too long: its first {0} characters are attached to the question.',
            longestPaste.toLocaleString(),
          )
        : l10n.t('The text is long: it is attached to the question.');
    if (text.length > longestInField) {
      say(message);
      return;
    }
    const run = (): void => {
      post({ type: 'attachment-remove', id });
      area.focus();
      replaceText(area, [area.selectionStart, area.selectionEnd], text);
    };
    say(message, { label: l10n.t('Insert as Text'), run });
  }
}
