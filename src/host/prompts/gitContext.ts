/** Changes and recent commits of a repository as attachments. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Attachment } from '../../core/conversation.ts';
import type { ContextSources } from '../context/contextSources.ts';
import { filesOfDiff } from '../context/diffText.ts';
import { UserError } from '../userError.ts';
import { cutDiff } from './cutDiff.ts';
import { type GitApi, type GitRepository, openGit, untrackedStatus } from './gitApi.ts';

export interface GitContext {
  /** `undefined` when there are none; throws a `UserError` when there is no repository. */
  changes(which: 'staged' | 'unstaged'): Promise<Attachment | undefined>;
  /** The first lines of the last ten commits; `undefined` before the first one. */
  commitSubjects(): Promise<Attachment | undefined>;
}

/** Characters of a diff that are attached; what is longer says what was cut. */
const longestDiff = 60_000;
const commitsForStyle = 10;
const longestSubject = 200;

export interface GitContextOptions {
  /** The file whose repository is meant when several are open. */
  near(): vscode.Uri | undefined;
  remember: ContextSources['remember'];
  open?(): Promise<GitApi | undefined>;
}

export function createGitContext({ near, remember, open = openGit }: GitContextOptions): GitContext {
  const repository = async (): Promise<GitRepository> => {
    const git = await open();
    const found = git && chooseRepository(git, near());
    if (!found) throw new UserError(l10n.t('No Git repository is open.'));
    await found.status();
    return found;
  };
  const changes: GitContext['changes'] = async (which) => {
    const from = await repository();
    const diff = await from.diff(which === 'staged');
    const text = which === 'staged' ? diff : [diff, ...untrackedFiles(from)].filter(Boolean).join('\n');
    if (text.trim() === '') return undefined;
    const name = which === 'staged' ? l10n.t('Staged changes') : l10n.t('Unstaged changes');
    return remember(attachmentOf(name, 'diff', cutDiff(text, longestDiff)), {
      again: () => changes(which),
      files: filesOfDiff(diff).map((path) => vscode.Uri.joinPath(from.rootUri, path)),
    });
  };
  return {
    changes,
    async commitSubjects() {
      // A repository without a commit has no log.
      const commits = await (await repository()).log({ maxEntries: commitsForStyle }).catch(() => []);
      const subjects = commits.map(({ message }) => message.split('\n')[0]?.slice(0, longestSubject) ?? '');
      if (subjects.length === 0) return undefined;
      return attachmentOf(l10n.t('Recent commits'), 'plaintext', subjects.join('\n'));
    },
  };
}

function chooseRepository(git: GitApi, near: vscode.Uri | undefined): GitRepository | undefined {
  const own = near && git.getRepository(near);
  const changed = git.repositories.find(
    ({ state }) => state.indexChanges.length > 0 || state.workingTreeChanges.length > 0,
  );
  return own ?? changed ?? git.repositories[0];
}

/** Git's diff leaves out what it does not know yet; the names at least are told. */
function untrackedFiles({ rootUri, state }: GitRepository): string[] {
  const root = `${rootUri.path}/`;
  return [...state.workingTreeChanges, ...(state.untrackedChanges ?? [])]
    .filter(({ status }) => status === untrackedStatus)
    .map(({ uri }) => uri.path)
    .filter((path) => path.startsWith(root))
    .map((path) => `New file, not yet in Git: ${path.slice(root.length)}`);
}

function attachmentOf(name: string, languageId: string, text: string): Attachment {
  return {
    id: randomUUID(),
    kind: 'changes',
    path: name,
    uri: '',
    languageId,
    startLine: 0,
    endLine: 0,
    text,
  };
}
