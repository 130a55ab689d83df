/** Writes a commit message into the input box of Source Control. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createPace } from '../../base/common/pace.ts';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import { type GitRepository, openGit } from '../../base/host/gitApi.ts';
import type { LastEditor } from '../../base/host/lastEditor.ts';
import { UserError } from '../../base/host/userError.ts';
import { withProgress } from '../../base/host/window/messages.ts';
import { collectAnswer } from '../../chat/common/collectAnswer.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import type { Models } from '../../connections/host/models.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { attachmentRoom } from '../../llm/budget.ts';
import { commitText } from '../../prompts/host/promptTexts.ts';
import { commitMessageIn } from '../common/commitMessage.ts';
import { readCommitSubjects, readUncommitted } from './readChanges.ts';
import { pickRepository } from './repositories.ts';

export interface CommitMessageDependencies {
  models: Pick<Models, 'describe' | 'open'>;
  /** The request uses the settings of the active chat. */
  views: Pick<ChatViews, 'active'>;
  confirmSend: ConfirmSend;
  lastEditor: Pick<LastEditor, 'get'>;
  sources: Pick<ContextSources, 'remember'>;
}

/** Roots of the repositories with a running request. */
const writing = new Set<string>();

/** `pressed`: the argument of VS Code's button, its source control. */
export async function generateCommitMessage(
  dependencies: CommitMessageDependencies,
  pressed: unknown,
): Promise<void> {
  const git = await openGit();
  const source = rootOf(pressed);
  const repository = source
    ? git.getRepository(source)
    : await pickRepository(git, {
        title: l10n.t('Write the commit message of which repository?'),
        near: dependencies.lastEditor.get()?.document.uri,
      });
  if (repository === null) throw new UserError(l10n.t('No Git repository is open in this window.'));
  if (!repository) return;
  const root = repository.rootUri.toString();
  if (writing.has(root)) return;
  writing.add(root);
  try {
    await withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: l10n.t('Qiao writes a commit message…'),
        cancellable: true,
      },
      (_, token) => writeCommitMessage(dependencies, repository, toAbortSignal(token)),
    );
  } finally {
    writing.delete(root);
  }
}

/**
 * Describes the staged changes, else all. The text in the box becomes a part of the prompt and is restored unless a
 * message replaces it; typing meanwhile stops the answer. Throws a `UserError` when there are no changes or the model
 * fails.
 */
export async function writeCommitMessage(
  { models, views, confirmSend, sources }: Omit<CommitMessageDependencies, 'lastEditor'>,
  repository: GitRepository,
  signal: AbortSignal,
): Promise<void> {
  const { model, parameters } = views.active.chats.current.settings;
  const room = attachmentRoom(models.describe(model), parameters);
  const changes =
    (await readUncommitted('staged', repository, sources.remember, room)) ??
    (await readUncommitted('unstaged', repository, sources.remember, room));
  if (!changes) throw new UserError(l10n.t('There is nothing to commit: Git knows of no changes.'));
  const subjects = await readCommitSubjects(repository);
  const attachments = subjects ? [changes, subjects] : [changes];
  if (!(await confirmSend(attachments)) || signal.aborted) return;

  const { inputBox } = repository;
  const before = inputBox.value;
  let shown = before;
  const own = new AbortController();
  const show = (text: string): boolean => {
    if (inputBox.value !== shown) own.abort();
    else {
      inputBox.value = text;
      shown = text;
    }
    return !own.signal.aborted;
  };
  const wish = before.trim() && `${l10n.t('The author began it so; keep what this says:')}\n${before.trim()}`;
  const question = [commitText(subjects !== undefined), wish].filter(Boolean).join('\n\n');
  // The whole answer is read each time; the end shows all.
  const pace = createPace(0);
  let nextShow = 0;
  const outcome = await collectAnswer(
    models.open(model),
    { question: { question, attachments, model, parameters } },
    {
      signal: AbortSignal.any([signal, own.signal]),
      onText(text) {
        if (performance.now() < nextShow) return;
        const message = pace.run(() => commitMessageIn(text, false));
        nextShow = performance.now() + pace.waitMs;
        if (message !== '') show(message);
      },
    },
  );
  const message = outcome.status === 'done' ? commitMessageIn(outcome.text, true) : '';
  if (message !== '') {
    show(message);
    return;
  }
  show(before);
  if (outcome.status === 'failed') {
    const { title, advice, detail } = toErrorCard(outcome.error);
    throw new UserError([title, detail, advice].filter(Boolean).join(' · '));
  }
  if (outcome.status === 'done') throw new UserError(l10n.t('The answer was empty. Nothing changes.'));
}

function rootOf(pressed: unknown): vscode.Uri | undefined {
  if (typeof pressed !== 'object' || pressed === null || !('rootUri' in pressed)) return undefined;
  return pressed.rootUri instanceof vscode.Uri ? pressed.rootUri : undefined;
}
