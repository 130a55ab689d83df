/** Warns before a change of a file that is executed automatically. */

import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type CodeRunner, canRunCode } from '../../common/canRunCode.ts';
import type { Dialogs } from './dialogs.ts';

export interface Change {
  uri: vscode.Uri;
  /** The file's text before and after the change. */
  before: string;
  after: string;
}

/** A warning in the user's language that names the file; `undefined` if nothing executes the file automatically. */
export async function runWarning({ uri, before, after }: Change): Promise<string | undefined> {
  // A symbolic link may have a harmless name.
  const real = uri.scheme === 'file' ? await realpath(uri.fsPath).catch(() => uri.path) : uri.path;
  for (const path of new Set([uri.path, real])) {
    const runner = canRunCode(path, before, after);
    if (runner) return warningFor(runner, vscode.workspace.asRelativePath(uri));
  }
  return undefined;
}

/** Asks before a change of such a file; true to continue. */
export async function confirmRunning(change: Change, dialogs: Dialogs): Promise<boolean> {
  const text = await runWarning(change);
  if (text === undefined) return true;
  const goOn = l10n.t('Go On');
  return (await dialogs.ask({ text, choices: [goOn], modal: true })) === goOn;
}

function warningFor(runner: CodeRunner, name: string): string {
  switch (runner) {
    case 'editor':
      return l10n.t('{0} can run code on this machine: VS Code and other editors start what it names.', name);
    case 'git':
      return l10n.t('{0} can run code on this machine: Git runs what its hooks and settings name.', name);
    case 'hooks':
      return l10n.t('{0} can run code on this machine: its commands run with a commit or a push.', name);
    case 'startup':
      return l10n.t(
        '{0} can run code on this machine: it runs by itself when the system or a shell starts, or a shell enters the folder.',
        name,
      );
    case 'ci':
      return l10n.t(
        '{0} can run code: the CI service runs its steps, with the secrets that are kept there.',
        name,
      );
    case 'packages':
      return l10n.t(
        '{0} can run code on this machine: package managers follow it with the next install.',
        name,
      );
    case 'scripts':
      return l10n.t(
        '{0} can run code on this machine: its commands change, and some of them run with the next install.',
        name,
      );
    case 'container':
      return l10n.t(
        '{0} can run code on this machine: its commands run when the folder is opened in a container.',
        name,
      );
    case 'tools':
      return l10n.t(
        '{0} can run code on this machine: development tools run it as soon as they load the folder.',
        name,
      );
  }
}
