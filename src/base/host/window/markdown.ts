/** Markdown that VS Code shows for Qiao: untrusted, without HTML and icons. */

import * as vscode from 'vscode';
import { markdownText } from '../../common/plainText.ts';

/** No command runs, no HTML and no icon counts. VS Code asks before it opens a link. */
export function createMarkdown(markdown: string): vscode.MarkdownString {
  return Object.assign(new vscode.MarkdownString(markdown), {
    isTrusted: false,
    supportHtml: false,
    supportThemeIcons: false,
  });
}

/** Shows exactly this text. */
export function createTextMarkdown(text: string): vscode.MarkdownString {
  return createMarkdown(markdownText(text));
}
