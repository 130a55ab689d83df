/** What Qiao said, in English whatever VS Code speaks, so that a suite holds in every language. */

import * as vscode from 'vscode';

/** Texts of the bundle that stand in `text`, alone or one behind another, in the place of their translations. */
export function inEnglish(text: string): string {
  const bundle = Object.entries(vscode.l10n.bundle ?? {});
  const longestFirst = bundle.sort(([, one], [, other]) => other.length - one.length);
  return longestFirst.reduce((said, [english, translated]) => {
    const order: string[] = [];
    const pattern = translated
      .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      .replace(/\{(\d+)\}/g, (_, index: string) => {
        order.push(index);
        return '(.+?)';
      });
    return said.replace(new RegExp(pattern, 'g'), (...found: string[]) =>
      english.replace(/\{(\d+)\}/g, (whole, index: string) => found[order.indexOf(index) + 1] ?? whole),
    );
  }, text);
}
