/** What commands attach: the code in the editor, its problems, changes of the repository, tests of the project. */

import { type GitRepository, openGit } from '../../base/host/gitApi.ts';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { attachAllFromEditor, attachSelections } from '../../context/host/editorContext.ts';
import { problemsOf } from '../../context/host/problems.ts';
import { readCommitSubjects, readUncommitted } from '../../scm/host/readChanges.ts';
import { nearestRepository } from '../../scm/host/repositories.ts';
import { findTestFiles, findTestFramework } from './testFiles.ts';

export interface CommandContext {
  /** The selections of the editor that was used last, else what stands for them; none without an editor. */
  code(): Promise<readonly Attachment[]>;
  /** Only what is selected. */
  selection(): Promise<readonly Attachment[]>;
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

export interface CommandContextOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  sources: Pick<ContextSources, 'remember'>;
  /** How many tokens of attachments the chosen model takes; `undefined` where it is not known. */
  tokens(): number | undefined;
}

/** Editor and sources stay the caller's. */
export function createCommandContext({
  lastEditor,
  sources: { remember },
  tokens,
}: CommandContextOptions): CommandContext {
  const repository = async (): Promise<GitRepository> =>
    nearestRepository(await openGit(), lastEditor.get()?.document.uri);
  const code = async (): Promise<readonly Attachment[]> => {
    const editor = lastEditor.get();
    return editor ? attachAllFromEditor(editor) : [];
  };
  return {
    code,
    async selection() {
      const editor = lastEditor.get();
      return editor ? attachSelections(editor) : [];
    },
    problems: async (attachment) => problemsOf(attachment),
    async changes(which) {
      // Beside the others, and the code around.
      const most = tokens();
      return readUncommitted(which, await repository(), remember, most && Math.floor(most / 2));
    },
    commitSubjects: async () => readCommitSubjects(await repository()),
    testFiles: findTestFiles,
    testFramework: findTestFramework,
  };
}
