/** Code lenses above a pending edit and above each of its hunks. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createCodeLens } from '../../base/host/window/surfaces.ts';
import { describeState, type EditSession } from './editSession.ts';

export interface Lenses extends vscode.Disposable {
  refresh(): void;
}

/** `sessionOf`: the active edit of a document. */
export function createLenses(sessionOf: (document: vscode.TextDocument) => EditSession | undefined): Lenses {
  const changed = new vscode.EventEmitter<void>();
  const registration = vscode.languages.registerCodeLensProvider(
    { pattern: '**' },
    {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => {
        const session = sessionOf(document);
        return session ? lensesFor(session) : [];
      },
    },
  );
  return {
    refresh: () => changed.fire(),
    dispose: () => vscode.Disposable.from(registration, changed).dispose(),
  };
}

function lensesFor(session: EditSession): vscode.CodeLens[] {
  const { document, hunks, state, preview } = session;
  const lens = (
    offset: number,
    title: string,
    command: string,
    { icon, id }: { icon?: string; id?: string } = {},
  ): vscode.CodeLens => {
    const position = document.positionAt(offset);
    const args = id === undefined ? [document.uri] : [document.uri, id];
    return createCodeLens(new vscode.Range(position, position), { title, command, arguments: args }, icon);
  };
  const top = preview.region.start;
  const head = lens(top, describeState(state, hunks.length), 'qiao.nextHunk', { icon: 'sparkle' });
  if (state === 'writing') {
    return [
      head,
      lens(top, l10n.t('Stop'), 'qiao.stopEdit', { icon: 'debug-stop' }),
      lens(top, l10n.t('Cancel'), 'qiao.rejectEdit', { icon: 'discard' }),
    ];
  }
  if (state === 'over') return [];
  return [
    head,
    lens(top, l10n.t('Accept All'), 'qiao.acceptEdit', { icon: 'check-all' }),
    lens(top, l10n.t('Reject All'), 'qiao.rejectEdit', { icon: 'discard' }),
    lens(top, l10n.t('Try Again'), 'qiao.retryEdit', { icon: 'refresh' }),
    ...(hunks.length < 2
      ? []
      : hunks.flatMap(({ start, id }) => [
          lens(start, l10n.t('Accept'), 'qiao.acceptEdit', { icon: 'check', id }),
          lens(start, l10n.t('Reject'), 'qiao.rejectEdit', { id }),
        ])),
  ];
}
