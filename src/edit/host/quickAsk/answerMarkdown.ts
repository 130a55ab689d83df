/** An answer for VS Code's own Markdown: no remote picture is loaded, no command runs, no HTML counts. */

import MarkdownIt from 'markdown-it';
import type { MarkdownString } from 'vscode';
import { useNestedFences } from '../../../base/common/nestedFences.ts';
import { createMarkdown } from '../../../base/host/window/markdown.ts';

const parser = new MarkdownIt();
useNestedFences(parser);

/**
 * VS Code would load the pictures an answer names, and so tell their server that it was read: what makes a picture is
 * taken apart everywhere but in blocks of code, which are written anew between fences of their own.
 */
export function toAnswerMarkdown(text: string): MarkdownString {
  const markdown = createMarkdown('');
  const lines = text.split('\n');
  let next = 0;
  for (const { type, level, map, content, info } of parser.parse(text, {})) {
    if (type !== 'fence' || level !== 0 || !map) continue;
    markdown.appendMarkdown(withoutPictures(lines.slice(next, map[0]).join('\n')));
    // Words only: what stands behind the language could close the fence.
    markdown.appendCodeblock(content.replace(/\n$/, ''), /^[\w+#.-]*/.exec(info)?.[0]);
    next = map[1];
  }
  markdown.appendMarkdown(withoutPictures(lines.slice(next).join('\n')));
  return markdown;
}

/** The address stays, as a link. */
function withoutPictures(text: string): string {
  return text.replaceAll('![', '! [');
}
