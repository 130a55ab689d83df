/** Wraps VS Code's editor comments with escaped texts. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** Like VS Code's `createCommentController`. */
export function createCommentController(
  id: string,
  label: string,
  options: vscode.CommentOptions,
): vscode.CommentController {
  return Object.assign(vscode.comments.createCommentController(id, plainLine(label)), { options });
}

/** A read-only comment. `body` comes from `createMarkdown` or `createTextMarkdown`. */
export function createComment({
  author: { name, iconPath },
  body,
  label,
}: Pick<vscode.Comment, 'author' | 'label'> & { body: vscode.MarkdownString }): vscode.Comment {
  return {
    author: { name: plainLine(name), iconPath },
    body,
    label: plainLine(label ?? ''),
    mode: vscode.CommentMode.Preview,
  };
}
