/** Links of answers lead out of VS Code, after the user has seen where to. */

import * as vscode from 'vscode';

/** VS Code itself shows the address and asks, unless the user trusts its domain. Other schemes than the web's do nothing. */
export async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !/^(https?|mailto):$/.test(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
