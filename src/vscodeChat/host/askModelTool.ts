/** The tool with which a model asks another model; it reads and changes no files. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import * as z from 'zod';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import { plainError, toolQuestion } from '../../base/host/window/chat.ts';
import { collectAnswer } from '../../chat/common/collectAnswer.ts';
import type { Models } from '../../connections/host/models.ts';
import { readModelSetting } from '../../connections/host/settings.ts';
import { describeError } from './describeError.ts';

export interface AskModelDependencies {
  models: Pick<Models, 'describe' | 'groups' | 'normalize' | 'open' | 'profileOf'>;
}

const inputSchema = z.object({ question: z.string().trim().min(1), model: z.string().optional() });

/** The confirmation before the question is sent. Throws a plain error for invalid input. */
export async function prepareAskModel(
  { models }: AskModelDependencies,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const { question, ref } = await readInput(models, input);
  const { name } = models.describe(ref);
  const place = models.profileOf(ref).name;
  return toolQuestion(l10n.t('Ask {0}?', name), {
    lead: l10n.t('This goes to {0} ({1}):', name, place),
    question,
    running: l10n.t('Asking {0}', name),
  });
}

/** Throws a plain error in the user's language. */
export async function askModel(
  { models }: AskModelDependencies,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const { question, ref } = await readInput(models, input);
  const outcome = await collectAnswer(
    models.open(ref),
    { question: { question, attachments: [], model: ref } },
    { signal: toAbortSignal(token) },
  );
  if (outcome.status === 'stopped') throw new vscode.CancellationError();
  if (outcome.status === 'failed') throw plainError(describeError(outcome.error));
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(outcome.text)]);
}

/** Finds a configured model by its reference, id or name. */
async function readInput(
  models: AskModelDependencies['models'],
  input: unknown,
): Promise<{ question: string; ref: string }> {
  const { data } = inputSchema.safeParse(input);
  if (!data) throw plainError(l10n.t('There is no question to ask.'));
  const chosen = models.normalize(readModelSetting());
  const wanted = data.model?.trim().toLowerCase();
  if (!wanted) return { question: data.question, ref: chosen };
  const choices = (await models.groups(chosen)).flatMap((group) => group.models);
  const found = [{ ref: chosen, name: models.describe(chosen).name }, ...choices].find(({ ref, name }) =>
    [ref, name, models.describe(ref).id].some((known) => known.toLowerCase() === wanted),
  );
  if (found) return { question: data.question, ref: found.ref };
  const some = choices.slice(0, shownChoices).map(({ ref }) => models.describe(ref).id);
  throw plainError(l10n.t('There is no model “{0}”. Some there are: {1}', data.model ?? '', some.join(', ')));
}

/** How many models the error names. */
const shownChoices = 20;
