/** Creates Markdown for VS Code: untrusted, without HTML and icons. */

import * as vscode from 'vscode';
import { markdownText } from '../../common/plainText.ts';

/** Commands, HTML and icons are disabled. VS Code asks before it opens a link. */
export function createMarkdown(markdown: string): vscode.MarkdownString {
  return Object.assign(new vscode.MarkdownString(markdown), {
    isTrusted: false,
    supportHtml: false,
    supportThemeIcons: false,
  });
}

/** Markdown that shows exactly this text. */
export function createTextMarkdown(text: string): vscode.MarkdownString {
  return createMarkdown(markdownText(text));
}
