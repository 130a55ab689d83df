/** The part of VS Code's built-in Git extension (`extensions/git/src/api/git.d.ts`, version 1) that Qiao uses. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from './userError.ts';

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Only if the user lists untracked files separately. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** The commit message box of Source Control; writes show immediately. */
  readonly inputBox: { value: string };
  /** Refreshes `state`. */
  status(): Promise<void>;
  /** `cached`: the staged changes. */
  diff(cached?: boolean): Promise<string>;
  /** Rejects if there is no commit. */
  log(options: { maxEntries: number }): Promise<readonly GitCommit[]>;
  diffBetween(from: string, to: string): Promise<readonly GitChange[]>;
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
  readonly status: number;
}

export interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<'uninitialized' | 'initialized'>;
  readonly repositories: readonly GitRepository[];
  /** The repository that contains the file. */
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** The `status` of an untracked file. */
export const untrackedStatus = 7;

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

const extensionId = 'vscode.git';
/** How long to wait for the repositories of a large workspace, in milliseconds. */
const initializationTimeoutMs = 5000;

/** Whether a repository is known to have changes. */
export function hasChanges(): boolean {
  return knownRepositories().some(
    ({ state }) => state.indexChanges.length > 0 || state.workingTreeChanges.length > 0,
  );
}

/** Whether changes of the file are known to be staged. */
export function isStaged(file: vscode.Uri): boolean {
  return knownRepositories().some(({ state }) =>
    state.indexChanges.some(({ uri }) => uri.path === file.path),
  );
}

/** Whether the Git extension is installed and enabled; there may still be no repository. */
export function hasGit(): boolean {
  return vscode.extensions.getExtension(extensionId) !== undefined;
}

/** Resolves when the repositories are found. Throws a `UserError` if Git is missing or switched off. */
export async function openGit(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>(extensionId);
  if (!extension) throw new UserError(l10n.t('VS Code’s Git extension is switched off or missing.'));
  const git = await extension.activate();
  if (!git.enabled)
    throw new UserError(l10n.t('Git is switched off in the settings (git.enabled), or not installed.'));
  const api = git.getAPI(1);
  if (api.state === 'uninitialized') await initialized(api);
  return api;
}

/** Does not activate the Git extension; empty until it is active. */
function knownRepositories(): readonly GitRepository[] {
  const extension = vscode.extensions.getExtension<GitExtension>(extensionId);
  return extension?.isActive && extension.exports.enabled ? extension.exports.getAPI(1).repositories : [];
}

function initialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      subscription.dispose();
      clearTimeout(timer);
      resolve();
    };
    const subscription = api.onDidChangeState((state) => state === 'initialized' && done());
    const timer = setTimeout(done, initializationTimeoutMs);
  });
}
