/** Answers messages to `@qiao` in VS Code's chat. */

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import { confirmTyped } from '../../base/host/hiddenTexts.ts';
import { UserError } from '../../base/host/userError.ts';
import { type ChatStream, chatFailure, createChatStream } from '../../base/host/window/chat.ts';
import { collectAnswer, toAnswerFields } from '../../chat/common/collectAnswer.ts';
import type { Answer, Attachment, Turn } from '../../chat/common/conversation.ts';
import { logOutcome } from '../../chat/host/answerTurn.ts';
import type { Models } from '../../connections/host/models.ts';
import { readParameters } from '../../connections/host/parameterSettings.ts';
import { readModelSetting, readSystemPrompt } from '../../connections/host/settings.ts';
import type { ConfirmSend } from '../../context/host/confirmSend.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { describeEnding } from '../../errors/host/endingTexts.ts';
import type { AskingCommand, SlashCommands } from '../../prompts/host/slashCommand.ts';
import { describeError } from './describeError.ts';
import { continueInPanel, type HandOverDependencies, resumeFromPanel } from './handOver.ts';
import { toAttachments } from './references.ts';
import { modelVendor } from './register.ts';
import { toMetadata, turnsOf } from './vscodeChatTurns.ts';

export interface ParticipantDependencies extends HandOverDependencies {
  models: Pick<Models, 'describe' | 'normalize' | 'open'>;
  commands: Pick<SlashCommands, 'load' | 'parse'>;
  sources: Pick<ContextSources, 'fromUris' | 'remember'>;
  confirmSend: ConfirmSend;
  log: vscode.LogOutputChannel;
}

/** Commands that move a conversation to the panel and back. */
export const handOverCommands = { toPanel: 'panel', fromPanel: 'resume' } as const;

/** Answers one message; errors are part of the result. */
export async function answerInChat(
  dependencies: ParticipantDependencies,
  ...[request, context, response, token]: Parameters<vscode.ChatRequestHandler>
): Promise<vscode.ChatResult> {
  const stream = createChatStream(response);
  try {
    if (request.command === handOverCommands.toPanel)
      return await continueInPanel(dependencies, context, stream);
    if (request.command === handOverCommands.fromPanel) return await resumeFromPanel(dependencies, stream);
    const asked = await toQuestion(dependencies, request);
    return await answer(dependencies, { asked, history: turnsOf(context), stream, token });
  } catch (error) {
    if (error instanceof vscode.CancellationError) {
      stream.tell(l10n.t('Nothing was sent.'));
      return {};
    }
    if (!(error instanceof UserError))
      dependencies.log.error(`@qiao: ${error instanceof Error ? error.message : error}`);
    return chatFailure(error instanceof Error ? error.message : String(error));
  }
}

type Asked = Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model' | 'parameters'>;

/** Throws a `UserError`, or a `CancellationError` if the user cancels. */
async function toQuestion(
  { models, commands, sources, confirmSend }: ParticipantDependencies,
  request: vscode.ChatRequest,
): Promise<Asked> {
  const typed = await confirmTyped(request.prompt);
  if (typed === undefined) throw new vscode.CancellationError();
  const question = request.command ? `/${request.command} ${typed}`.trim() : typed;
  const { named, implicit } = await toAttachments(request.references, sources);
  const chosen = request.model?.vendor === modelVendor ? request.model.id : readModelSetting();
  let asked: Asked = {
    question,
    attachments: [...implicit, ...named],
    model: models.normalize(chosen),
    parameters: readParameters(),
  };
  if (question.trimStart().startsWith('/')) await commands.load();
  const parsed = commands.parse(question);
  // Local commands act on the panel's conversation.
  if (parsed?.command.kind === 'local')
    throw new UserError(l10n.t('/{0} works in Qiao’s panel only.', parsed.command.name));
  if (parsed) {
    const { command, rest } = parsed;
    const brought = await broughtBy(command, named.length > 0);
    const attachments = brought.length + named.length > 0 ? [...brought, ...named] : implicit;
    const prompt = await command.prompt(rest, attachments);
    if (prompt === undefined) throw new vscode.CancellationError();
    const { model = asked.model, parameters = asked.parameters } = command;
    asked = { question, prompt, attachments, model: models.normalize(model), parameters };
  }
  if (asked.question.trim() === '' && asked.attachments.length === 0)
    throw new UserError(l10n.t('Type a question behind @qiao.'));
  if (!(await confirmSend(asked.attachments))) throw new vscode.CancellationError();
  return asked;
}

/**
 * References replace the editor's code. A command about Git changes still attaches them, except a review, which uses
 * them only without references. Throws a `UserError`.
 */
async function broughtBy(command: AskingCommand, isNamed: boolean): Promise<readonly Attachment[]> {
  if (!isNamed) return command.attachments();
  if (command.name === 'review') return [];
  const brought = await command.attachments().catch((error: unknown) => {
    if (error instanceof UserError) return [];
    throw error;
  });
  return brought.filter(({ kind }) => kind === 'changes');
}

interface AnswerOptions {
  asked: Asked;
  history: readonly Turn[];
  stream: ChatStream;
  token: vscode.CancellationToken;
}

async function answer(
  { models, log }: ParticipantDependencies,
  { asked, history, stream, token }: AnswerOptions,
): Promise<vscode.ChatResult> {
  for (const { uri } of asked.attachments) if (uri !== '') stream.reference(vscode.Uri.parse(uri));
  let text = '';
  let isThinking = false;
  const outcome = await collectAnswer(
    models.open(asked.model, {
      onWait: () => stream.progress(l10n.t('The platform is busy. Trying again…')),
    }),
    { history, question: asked, systemPrompt: readSystemPrompt() },
    {
      signal: toAbortSignal(token),
      onPart(part) {
        if (part.type === 'text-delta') {
          text += part.text;
          stream.answer(part.text);
        } else if (part.type === 'text-replace') {
          stream.answer(part.text.startsWith(text) ? part.text.slice(text.length) : `\n\n${part.text}`);
          text = part.text;
        } else if (part.type === 'reasoning-delta' && !isThinking) {
          isThinking = true;
          stream.progress(l10n.t('{0} is thinking…', models.describe(asked.model).name));
        }
      },
    },
  );
  const answer: Answer = { ...toAnswerFields(outcome, false), parts: outcome.parts };
  const turn: Turn = {
    ...asked,
    id: randomUUID(),
    parentId: history.at(-1)?.id ?? null,
    askedAt: Date.now(),
    answer,
  };
  logOutcome(log, turn, outcome);
  const metadata = toMetadata([turn]);
  const ending = describeEnding(answer);
  if (ending) {
    stream.answer('\n\n');
    stream.tell(ending);
  }
  if (!answer.error) return { metadata };
  if (answer.error.kind === 'missing-key') {
    stream.button({ command: 'qiao.setApiKey', title: l10n.t('Set API Key') });
    stream.button({ command: 'qiao.tryDemo', title: l10n.t('Try Without a Key') });
  }
  return { metadata, ...chatFailure(describeError(answer.error)) };
}
