/** Attaches Git changes; asks for the repository and the commit. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type GitRepository, openGit } from '../../base/host/gitApi.ts';
import { UserError } from '../../base/host/userError.ts';
import { showQuickPick } from '../../base/host/window/quickInput.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { readCommit, readUncommitted, subjectOf } from '../../scm/host/readChanges.ts';
import { pickRepository } from '../../scm/host/repositories.ts';
import type { Origins } from './origins.ts';

/** `undefined` when the user cancels; throws when there are no changes or no repository. */
export async function attachUncommitted(
  which: 'staged' | 'unstaged',
  origins: Origins,
): Promise<Attachment | undefined> {
  const repository = await askRepository();
  if (!repository) return undefined;
  const made = await readUncommitted(which, repository, origins.remember);
  if (made) return made;
  throw new UserError(
    which === 'staged' ? l10n.t('Nothing is staged.') : l10n.t('There are no changes that are not staged.'),
  );
}

/** Asks for a commit. `undefined` when the user cancels; throws when there is none. */
export async function attachCommit(origins: Origins): Promise<Attachment | undefined> {
  const repository = await askRepository();
  if (!repository) return undefined;
  const commits = await repository.log({ maxEntries: commitsOffered }).catch(() => []);
  if (commits.length === 0) throw new UserError(l10n.t('This repository has no commits yet.'));
  const picked = await showQuickPick(
    commits.map((commit) => ({
      label: subjectOf(commit),
      iconPath: new vscode.ThemeIcon('git-commit'),
      description: commit.hash.slice(0, 8),
      detail: [commit.authorName, commit.authorDate?.toLocaleString()].filter(Boolean).join(' · '),
      commit,
    })),
    { title: l10n.t('Attach a Commit'), matchOnDescription: true, matchOnDetail: true },
  );
  return picked && (await readCommit(picked.commit, repository, origins.remember));
}

const commitsOffered = 100;

async function askRepository(): Promise<GitRepository | undefined> {
  return pickRepository(await openGit(), { title: l10n.t('Changes of Which Repository?') });
}
