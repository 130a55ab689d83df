/** Reads Git changes as attachments: staged, unstaged, of a commit; and the subjects of recent commits. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type GitCommit, type GitRepository, untrackedStatus } from '../../base/host/gitApi.ts';
import { baseName } from '../../base/host/paths.ts';
import { UserError } from '../../base/host/userError.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { toLooseAttachment } from '../../context/host/documentAttachment.ts';
import type { Origins } from '../../context/host/origins.ts';
import { estimateTokens } from '../../llm/tokens.ts';
import { cutDiff, filesOfDiff, nameGenerated, withLeftOut } from './diffText.ts';

type Remember = Origins['remember'];

/** `undefined` when there are no changes. `tokens`: limit for the diff, in addition to that in characters. */
export async function readUncommitted(
  which: 'staged' | 'unstaged',
  repository: GitRepository,
  remember: Remember,
  tokens?: number,
): Promise<Attachment | undefined> {
  await repository.status();
  const diff = await repository.diff(which === 'staged');
  const added = which === 'staged' ? [] : untrackedFiles(repository);
  if (diff.trim() === '' && added.length === 0) return undefined;
  const text = [fitDiff(nameGenerated(diff), tokens), untrackedNote(added)].filter(Boolean).join('\n');
  const title = which === 'staged' ? l10n.t('Staged changes') : l10n.t('Unstaged changes');
  return remember(toLooseAttachment('changes', title, text, { languageId: 'diff' }), {
    again: () => readUncommitted(which, repository, remember, tokens),
    files: filesOfDiff(diff).map((path) => vscode.Uri.joinPath(repository.rootUri, path)),
  });
}

/** Compares with the first parent. Throws a `UserError` for the first commit, which has none. */
export async function readCommit(
  commit: GitCommit,
  repository: GitRepository,
  remember: Remember,
): Promise<Attachment> {
  const [from] = commit.parents;
  // VS Code's Git extension can't compare a commit with an empty tree.
  if (from === undefined)
    throw new UserError(l10n.t('The first commit can’t be attached: Git has nothing to compare it with.'));
  const changes = await repository.diffBetween(from, commit.hash);
  let diff = '';
  const unread: string[] = [];
  for (const { uri } of changes) {
    if (diff.length > longestDiff) unread.push(pathInside(repository, uri));
    else diff += ensureNewline(await repository.diffBetween(from, commit.hash, uri.fsPath));
  }
  const body = withLeftOut(fitDiff(nameGenerated(diff)), unread);
  const text = `commit ${commit.hash}\n\n${commit.message.trim()}\n\n${body}`;
  const title = l10n.t('Commit {0}: {1}', commit.hash.slice(0, 8), subjectOf(commit));
  return remember(toLooseAttachment('changes', title, text, { languageId: 'diff' }), {
    // A commit never changes.
    again: () => readCommit(commit, repository, remember),
    files: changes.map(({ uri }) => uri),
  });
}

/** The subjects of the last ten commits; `undefined` before the first commit. */
export async function readCommitSubjects(
  repository: Pick<GitRepository, 'log'>,
): Promise<Attachment | undefined> {
  // A repository without a commit has no log.
  const commits = await repository.log({ maxEntries: commitsForStyle }).catch(() => []);
  const subjects = commits.map((commit) => subjectOf(commit).slice(0, longestSubject));
  if (subjects.length === 0) return undefined;
  return toLooseAttachment('changes', l10n.t('Recent commits'), subjects.join('\n'), {
    languageId: 'plaintext',
  });
}

/** The first line of the message. */
export function subjectOf({ message }: Pick<GitCommit, 'message'>): string {
  return message.split('\n', 1)[0] ?? '';
}

/** Limit for a diff in characters; some 25,000 tokens. */
const longestDiff = 100_000;
/** Several rounds, as the notes about what was cut also take room. */
const mostRounds = 4;

function fitDiff(diff: string, tokens = Number.POSITIVE_INFINITY): string {
  let text = cutDiff(diff, longestDiff);
  for (let round = 0; round < mostRounds; round++) {
    const size = estimateTokens(text);
    if (size <= tokens) break;
    text = cutDiff(diff, Math.floor((text.length * tokens * 0.9) / size));
  }
  return text;
}

const mostUntracked = 100;
const commitsForStyle = 10;
const longestSubject = 200;

/** Names of untracked files, which `git diff` omits. */
function untrackedFiles(repository: GitRepository): string[] {
  const { untrackedChanges = [], workingTreeChanges } = repository.state;
  return [...untrackedChanges, ...workingTreeChanges]
    .filter(({ status }) => status === untrackedStatus)
    .map(({ uri }) => pathInside(repository, uri));
}

function untrackedNote(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, mostUntracked).join('\n');
  const more = names.length > mostUntracked ? `\n… and ${names.length - mostUntracked} more` : '';
  return `New files that Git does not track yet:\n${shown}${more}\n`;
}

/** The path as in the diff, so that the place of the repository on the disk is not sent. */
function pathInside({ rootUri }: GitRepository, uri: vscode.Uri): string {
  const root = `${rootUri.path}/`;
  return uri.path.startsWith(root) ? uri.path.slice(root.length) : baseName(uri);
}

function ensureNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
