/** Images in the clipboard are attached when the user pastes; text stays text. */

import { type TakeFilesOptions, takeFiles } from './takeFiles.ts';

/** `options` gives `undefined` while nothing can be attached. */
export function handlePaste(area: HTMLTextAreaElement, options: () => TakeFilesOptions | undefined): void {
  area.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // A spreadsheet puts a picture of its cells beside their text.
    if (files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    const now = options();
    if (!now) return;
    event.preventDefault();
    void takeFiles(files, now);
  });
}
