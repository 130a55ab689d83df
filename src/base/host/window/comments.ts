/** Comments between the lines of an editor, behind the gate. */

import * as vscode from 'vscode';
import { plainLine } from '../../common/plainText.ts';

/** As VS Code's own. */
export function createCommentController(
  id: string,
  label: string,
  options: vscode.CommentOptions,
): vscode.CommentController {
  return Object.assign(vscode.comments.createCommentController(id, plainLine(label)), { options });
}

/** To be read only. `body` comes from `createMarkdown` or `createTextMarkdown`. */
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
