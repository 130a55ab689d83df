/** Converts an answer to VS Code's Markdown, without remote images, command links or HTML. */

import MarkdownIt from 'markdown-it';
import type { MarkdownString } from 'vscode';
import { useNestedFences } from '../../../base/common/nestedFences.ts';
import { createMarkdown } from '../../../base/host/window/markdown.ts';

const parser = new MarkdownIt();
useNestedFences(parser);

/**
 * VS Code would load the images of an answer, which tells their server that the answer was read. So image syntax is broken
 * up outside code blocks; code blocks are written again with new fences.
 */
export function toAnswerMarkdown(text: string): MarkdownString {
  const markdown = createMarkdown('');
  const lines = text.split('\n');
  let next = 0;
  for (const { type, level, map, content, info } of parser.parse(text, {})) {
    if (type !== 'fence' || level !== 0 || !map) continue;
    markdown.appendMarkdown(withoutPictures(lines.slice(next, map[0]).join('\n')));
    // Only the language: the rest of the info string could close the fence.
    markdown.appendCodeblock(content.replace(/\n$/, ''), /^[\w+#.-]*/.exec(info)?.[0]);
    next = map[1];
  }
  markdown.appendMarkdown(withoutPictures(lines.slice(next).join('\n')));
  return markdown;
}

/** Turns images into links. */
function withoutPictures(text: string): string {
  return text.replaceAll('![', '! [');
}
