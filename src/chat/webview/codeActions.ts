/** Handles the buttons of code blocks, and opens the menu of the last one. */

import * as l10n from '@vscode/l10n';
import { languageOfInfo } from '../../edit/common/languageIds.ts';
import { isShellLanguage } from '../../edit/common/shellCommands.ts';
import { type BlockCode, codeAround } from '../../ui/markdown/codeBlock.ts';
import { showCopied } from '../../ui/webview/dom.ts';
import { type MenuItem, openMenu } from '../../ui/webview/menu.ts';
import type { CodeAction } from '../common/protocol.ts';
import type { PostAnswer } from './host.ts';

/** Whether `target` was a button of a code block; then its work is done. */
export function handleCodeClick(target: Element, post: PostAnswer): boolean {
  const button = target.closest<HTMLButtonElement>('.code-tools button');
  const block = button ? codeAround(button) : undefined;
  if (!button || !block) return false;
  const run = (action: CodeAction) => runAction(action, button, { block, post });
  if (button.matches('.code-copy')) {
    post({ type: 'text-copy', text: block.code });
    showCopied(button, l10n.t('Copied'));
  } else if (button.matches('.code-insert')) run('insert');
  else if (button.matches('.code-apply')) run('apply');
  else openMenu(button, menuItems(button, { info: block.info, run }));
  return true;
}

/** The longest info string the host takes. */
const maxInfo = 200;

function runAction(
  action: CodeAction,
  button: Element,
  { block, post }: { block: BlockCode; post: PostAnswer },
): void {
  const turnId = button.closest<HTMLElement>('.turn')?.dataset.turnId;
  if (turnId === undefined) return;
  post({ type: 'code-run', action, turnId, code: block.code, language: block.info.slice(0, maxInfo) });
}

function menuItems(
  button: Element,
  { info, run }: { info: string; run: (action: CodeAction) => void },
): MenuItem[] {
  const item = (action: CodeAction, icon: string, label: string): MenuItem => ({
    label,
    icon,
    run: () => run(action),
  });
  // In a narrow block their buttons are hidden.
  const hidden = (name: string) =>
    button.parentElement?.querySelector<HTMLElement>(`.${name}`)?.offsetParent === null;
  return [
    ...(hidden('code-insert') ? [item('insert', 'insert', l10n.t('Insert at Cursor'))] : []),
    ...(hidden('code-apply')
      ? [item('apply', 'git-pull-request-go-to-changes', l10n.t('Apply to File'))]
      : []),
    item('replace', 'replace', l10n.t('Replace Selection')),
    item('new-file', 'new-file', l10n.t('Open as a New File')),
    ...(isShellLanguage(languageOfInfo(info))
      ? [item('terminal', 'terminal', l10n.t('Paste into Terminal'))]
      : []),
  ];
}
