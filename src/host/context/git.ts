/** The part of VS Code's built-in Git extension that context needs, version 1 of its API. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../userError.ts';
import { baseName } from './documentAttachment.ts';

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly workingTreeChanges: readonly GitChange[];
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** `cached`: what is staged. */
  diff(cached?: boolean): Promise<string>;
  log(options: { maxEntries: number }): Promise<GitCommit[]>;
  diffBetween(from: string, to: string): Promise<GitChange[]>;
  diffBetween(from: string, to: string, path: string): Promise<string>;
}

export interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly authorName?: string;
  readonly authorDate?: Date;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  /** 7 is a file that Git does not know yet. */
  readonly status: number;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<unknown>;
  readonly repositories: readonly GitRepository[];
}

const extensionId = 'vscode.git';
const untracked = 7;
/** For finding the repositories of a large workspace, in milliseconds. */
const patience = 5000;

/** Whether the extension is there; it may still have no repository. */
export function hasGit(): boolean {
  return vscode.extensions.getExtension(extensionId) !== undefined;
}

/**
 * The workspace's repository; asks which where there are several. `undefined` when the user gave up; throws with a
 * message in the user's language when there is none.
 */
export async function pickRepository(): Promise<GitRepository | undefined> {
  const repositories = await openRepositories();
  const [first] = repositories;
  if (!first) throw new UserError(l10n.t('No Git repository is open in this window.'));
  if (repositories.length === 1) return first;
  const picked = await vscode.window.showQuickPick(
    repositories.map((repository) => ({
      label: `$(repo) ${baseName(repository.rootUri)}`,
      description: vscode.workspace.asRelativePath(repository.rootUri),
      repository,
    })),
    { title: l10n.t('Changes of Which Repository?') },
  );
  return picked?.repository;
}

/** Files that `git diff` says nothing of, because they are new. */
export function untrackedFiles({ state }: GitRepository): vscode.Uri[] {
  return [...(state.untrackedChanges ?? []), ...state.workingTreeChanges]
    .filter(({ status }) => status === untracked)
    .map(({ uri }) => uri);
}

async function openRepositories(): Promise<readonly GitRepository[]> {
  const extension = vscode.extensions.getExtension<GitExtension>(extensionId);
  if (!extension) throw new UserError(l10n.t('VS Code’s Git extension is switched off or missing.'));
  const git = await extension.activate();
  if (!git.enabled)
    throw new UserError(l10n.t('Git is switched off in the settings (git.enabled), or not installed.'));
  const api = git.getAPI(1);
  if (api.state === 'uninitialized') await initialized(api);
  return api.repositories;
}

function initialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      subscription.dispose();
      clearTimeout(timer);
      resolve();
    };
    const subscription = api.onDidChangeState(() => api.state === 'initialized' && done());
    const timer = setTimeout(done, patience);
  });
}
