/** Chooses a repository when a window has several: by the active file, or by asking the user. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { GitApi, GitRepository } from '../../base/host/gitApi.ts';
import { baseName } from '../../base/host/paths.ts';
import { UserError } from '../../base/host/userError.ts';
import { showQuickPick } from '../../base/host/window/quickInput.ts';

type Repositories = Pick<GitApi, 'repositories' | 'getRepository'>;

/** The file's repository, else one with changes, else the first. Throws a `UserError` when there is none. */
export function nearestRepository(git: Repositories, near: vscode.Uri | undefined): GitRepository {
  const own = near && git.getRepository(near);
  const changed = git.repositories.find(
    ({ state }) => state.indexChanges.length > 0 || state.workingTreeChanges.length > 0,
  );
  return own ?? changed ?? firstRepository(git);
}

/**
 * Asks when there are several; offers the repository of the file `near` first. `undefined` when the user cancels; throws
 * a `UserError` when there is none.
 */
export async function pickRepository(
  git: Repositories,
  { title, near }: { title: string; near?: vscode.Uri | undefined },
): Promise<GitRepository | undefined> {
  const first = firstRepository(git);
  if (git.repositories.length === 1) return first;
  const own = near && git.getRepository(near);
  const items = git.repositories
    .map((repository) => ({
      label: baseName(repository.rootUri),
      iconPath: new vscode.ThemeIcon('repo'),
      description: vscode.workspace.asRelativePath(repository.rootUri),
      detail: repository === own ? l10n.t('of the file in sight') : undefined,
      repository,
    }))
    .sort((one, other) => Number(other.repository === own) - Number(one.repository === own));
  return (await showQuickPick(items, { title }))?.repository;
}

function firstRepository({ repositories: [first] }: Repositories): GitRepository {
  if (!first) throw new UserError(l10n.t('No Git repository is open in this window.'));
  return first;
}
