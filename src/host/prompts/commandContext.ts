/** What commands attach: the code in the editor, its problems, changes of the repository, tests of the project. */

import type { Attachment } from '../../core/conversation.ts';
import type { ContextSources } from '../context/contextSources.ts';
import { problemsOf } from '../context/problems.ts';
import { attachFromEditor } from '../editorContext.ts';
import { type GitRepository, openGit } from '../git/gitApi.ts';
import { readCommitSubjects, readUncommitted } from '../git/readChanges.ts';
import { nearestRepository } from '../git/repositories.ts';
import type { LastEditor } from '../lastEditor.ts';
import { findTestFiles, findTestFramework } from './testFiles.ts';

export interface CommandContext {
  /** The selection of the editor that was used last, else what stands for it; `undefined` without an editor. */
  code(): Promise<Attachment | undefined>;
  /** Only what is selected. */
  selection(): Promise<Attachment | undefined>;
  /** What is reported for the lines of an attachment; `undefined` when nothing is. */
  problems(code: Attachment): Promise<Attachment | undefined>;
  /** `undefined` when there are none; throws with a message in the user's language when there is no repository. */
  changes(which: 'staged' | 'unstaged'): Promise<Attachment | undefined>;
  /** The last commits' first lines; `undefined` before the first commit. */
  commitSubjects(): Promise<Attachment | undefined>;
  /** One or two tests of the project that lie nearest to the code, cut where they are long. */
  testFiles(code: Attachment): Promise<readonly Attachment[]>;
  /** Its usual name, such as `Vitest`; `undefined` where no manifest tells. */
  testFramework(code: Attachment): Promise<string | undefined>;
}

/** Both stay the caller's. */
export function createCommandContext(
  lastEditor: Pick<LastEditor, 'get'>,
  { remember }: Pick<ContextSources, 'remember'>,
): CommandContext {
  const repository = async (): Promise<GitRepository> =>
    nearestRepository(await openGit(), lastEditor.get()?.document.uri);
  const code = async (): Promise<Attachment | undefined> => {
    const editor = lastEditor.get();
    return editor && attachFromEditor(editor);
  };
  return {
    code,
    selection: async () => (lastEditor.get()?.selection.isEmpty === false ? code() : undefined),
    problems: async (attachment) => problemsOf(attachment),
    changes: async (which) => readUncommitted(which, await repository(), remember),
    commitSubjects: async () => readCommitSubjects(await repository()),
    testFiles: findTestFiles,
    testFramework: findTestFramework,
  };
}
