/** Makes the attachments of commands: code in the editor, its problems, Git changes, tests of the project. */

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
  /** The selections of the editor used last, else its file, symbol or visible lines; none without an editor. */
  code(): Promise<readonly Attachment[]>;
  /** Only the selections. */
  selection(): Promise<readonly Attachment[]>;
  /** The problems in an attachment's lines; `undefined` when there are none. */
  problems(code: Attachment): Promise<Attachment | undefined>;
  /** `undefined` when there are none; throws with a message in the user's language when there is no repository. */
  changes(which: 'staged' | 'unstaged'): Promise<Attachment | undefined>;
  /** The subjects of the last commits; `undefined` before the first commit. */
  commitSubjects(): Promise<Attachment | undefined>;
  /** Up to two tests of the project nearest to the code; long ones are cut. */
  testFiles(code: Attachment): Promise<readonly Attachment[]>;
  /** The framework's name, such as `Vitest`; `undefined` when no manifest names one. */
  testFramework(code: Attachment): Promise<string | undefined>;
}

export interface CommandContextOptions {
  lastEditor: Pick<LastEditor, 'get'>;
  sources: Pick<ContextSources, 'remember'>;
  /** How many tokens of attachments the chosen model takes; `undefined` when unknown. */
  tokens(): number | undefined;
}

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
      // Leave half of the room to other attachments.
      const most = tokens();
      return readUncommitted(which, await repository(), remember, most && Math.floor(most / 2));
    },
    commitSubjects: async () => readCommitSubjects(await repository()),
    testFiles: findTestFiles,
    testFramework: findTestFramework,
  };
}
