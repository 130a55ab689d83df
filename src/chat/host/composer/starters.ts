/** Suggests first questions: about the selection, the active file, or the changes in the repository. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { hasChanges } from '../../../base/host/gitApi.ts';
import { isCode } from '../../../base/host/isCode.ts';
import type { LastEditor } from '../../../base/host/lastEditor.ts';
import { baseName } from '../../../base/host/paths.ts';
import type { Starter } from '../../common/protocol.ts';

export interface Starters extends vscode.Disposable {
  /** At most three. */
  current(): readonly Starter[];
  readonly onDidChange: vscode.Event<void>;
}

const maxStarters = 3;
/** Milliseconds to wait after a change in the editor: a selection changes in many steps. */
const restMs = 200;

export function createStarters(lastEditor: Pick<LastEditor, 'get'>): Starters {
  const changed = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  let told = '';

  const current = (): readonly Starter[] => {
    const editor = lastEditor.get();
    const code =
      editor && isCode(editor.document) && editor.document.getText().trim() !== '' ? editor : undefined;
    const starters: Starter[] = [];
    if (code && !code.selection.isEmpty)
      starters.push({ label: l10n.t('Explain the selected code'), text: '/explain ' });
    else if (code)
      starters.push({ label: l10n.t('Explain {0}', baseName(code.document.uri)), text: '/explain ' });
    if (code) starters.push({ label: l10n.t('Write tests for it'), text: '/tests ' });
    if (hasChanges()) starters.push({ label: l10n.t('Review my changes'), text: '/review ' });
    const concept = l10n.t('When is a Map better than a plain object?');
    if (starters.length < maxStarters) starters.push({ label: concept, text: concept });
    return starters.slice(0, maxStarters);
  };
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = JSON.stringify(current());
      if (now === told) return;
      told = now;
      changed.fire();
    }, restMs);
  };
  const subscriptions = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.window.onDidChangeTextEditorSelection(look),
  );
  return {
    current() {
      const starters = current();
      told = JSON.stringify(starters);
      return starters;
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}
