/** What Git says has changed, as an attachment: staged, not staged, or by one commit. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Attachment } from '../../core/conversation.ts';
import { UserError } from '../userError.ts';
import { filesOfDiff, limitDiff } from './diffText.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import { type GitCommit, type GitRepository, pickRepository, untrackedFiles } from './git.ts';
import type { Origins } from './origins.ts';

/** In characters; some 25,000 tokens. */
export const maxDiffCharacters = 100_000;
const commitsOffered = 100;
const mostUntracked = 100;

/** `undefined` when the user gave up; throws when there is nothing, or no repository. */
export async function attachUncommitted(
  which: 'staged' | 'unstaged',
  origins: Origins,
): Promise<Attachment | undefined> {
  const repository = await pickRepository();
  if (!repository) return undefined;
  const made = await readUncommitted(which, repository, origins);
  if (made) return made;
  throw new UserError(
    which === 'staged' ? l10n.t('Nothing is staged.') : l10n.t('There are no changes that are not staged.'),
  );
}

/** Asks which. `undefined` when the user gave up; throws when there is no commit. */
export async function attachCommit(origins: Origins): Promise<Attachment | undefined> {
  const repository = await pickRepository();
  if (!repository) return undefined;
  const commits = await repository.log({ maxEntries: commitsOffered }).catch(() => []);
  if (commits.length === 0) throw new UserError(l10n.t('This repository has no commits yet.'));
  const picked = await vscode.window.showQuickPick(
    commits.map((commit) => ({
      label: `$(git-commit) ${subjectOf(commit)}`,
      description: commit.hash.slice(0, 8),
      detail: [commit.authorName, commit.authorDate?.toLocaleString()].filter(Boolean).join(' · '),
      commit,
    })),
    { title: l10n.t('Attach a Commit'), matchOnDescription: true, matchOnDetail: true },
  );
  return picked && (await readCommit(picked.commit, repository, origins));
}

async function readUncommitted(
  which: 'staged' | 'unstaged',
  repository: GitRepository,
  origins: Origins,
): Promise<Attachment | undefined> {
  const diff = await repository.diff(which === 'staged');
  const added = which === 'staged' ? [] : untrackedFiles(repository);
  if (diff.trim() === '' && added.length === 0) return undefined;
  const names = added.map((uri) => vscode.workspace.asRelativePath(uri));
  const text = [withNote(limitDiff(diff, maxDiffCharacters)), untrackedNote(names)]
    .filter(Boolean)
    .join('\n');
  const title = which === 'staged' ? l10n.t('Staged changes') : l10n.t('Unstaged changes');
  return origins.remember(toLooseAttachment('changes', title, text, { languageId: 'diff' }), {
    again: () => readUncommitted(which, repository, origins),
    files: filesIn(diff, repository),
  });
}

async function readCommit(
  commit: GitCommit,
  repository: GitRepository,
  origins: Origins,
): Promise<Attachment> {
  const [from] = commit.parents;
  // The extension compares commits only, no empty tree with one.
  if (from === undefined)
    throw new UserError(l10n.t('The first commit can’t be attached: Git has nothing to compare it with.'));
  const changes = await repository.diffBetween(from, commit.hash);
  let diff = '';
  const unread: string[] = [];
  for (const { uri } of changes) {
    if (diff.length > maxDiffCharacters) unread.push(vscode.workspace.asRelativePath(uri));
    else diff += ensureNewline(await repository.diffBetween(from, commit.hash, uri.fsPath));
  }
  const limited = limitDiff(diff, maxDiffCharacters);
  const body = withNote({ text: limited.text, omitted: [...limited.omitted, ...unread] });
  const text = `commit ${commit.hash}\n\n${commit.message.trim()}\n\n${body}`;
  const title = l10n.t('Commit {0}: {1}', commit.hash.slice(0, 8), subjectOf(commit));
  return origins.remember(toLooseAttachment('changes', title, text, { languageId: 'diff' }), {
    // A commit never changes.
    again: () => readCommit(commit, repository, origins),
    files: changes.map(({ uri }) => uri),
  });
}

/** Notes are for the model, and in English like the diff around them. */
function withNote({ text, omitted }: { text: string; omitted: readonly string[] }): string {
  if (omitted.length === 0) return text;
  const named = omitted.slice(0, 50).join(', ');
  return `${ensureNewline(text)}[The diff is too long. Left out, or cut: ${named}${omitted.length > 50 ? ', …' : ''}]\n`;
}

function untrackedNote(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, mostUntracked).join('\n');
  const more = names.length > mostUntracked ? `\n… and ${names.length - mostUntracked} more` : '';
  return `New files that Git does not track yet:\n${shown}${more}\n`;
}

function filesIn(diff: string, { rootUri }: GitRepository): vscode.Uri[] {
  return filesOfDiff(diff).map((path) => vscode.Uri.joinPath(rootUri, path));
}

function subjectOf({ message }: GitCommit): string {
  return message.split('\n', 1)[0] ?? '';
}

function ensureNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
