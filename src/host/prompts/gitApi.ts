/** The part of the built-in Git extension's interface (`extensions/git/src/api/git.d.ts`, version 1) that Qiao uses. */

import * as vscode from 'vscode';

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly indexChanges: readonly GitChange[];
    readonly workingTreeChanges: readonly GitChange[];
    /** Only where the user has them listed apart. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** Of Source Control; what is written into it is shown at once. */
  readonly inputBox: { value: string };
  /** Reads the state anew. */
  status(): Promise<void>;
  diff(cached?: boolean): Promise<string>;
  log(options: { maxEntries: number }): Promise<readonly { message: string }[]>;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly status: number;
}

export interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<'uninitialized' | 'initialized'>;
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** The value of `status` of a file that Git does not know yet. */
export const untrackedStatus = 7;

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** Milliseconds that the repositories may take to be found. */
const patience = 5000;

/** Once the repositories are found; `undefined` where Git is not there or is switched off. */
export async function openGit(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const exported = extension && (await extension.activate());
  if (!exported?.enabled) return undefined;
  const api = exported.getAPI(1);
  if (api.state === 'uninitialized') await initialized(api);
  return api;
}

async function initialized(api: GitApi): Promise<void> {
  let subscription: vscode.Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    subscription = api.onDidChangeState((state) => state === 'initialized' && resolve());
    timer = setTimeout(resolve, patience);
  });
  clearTimeout(timer);
  subscription?.dispose();
}
