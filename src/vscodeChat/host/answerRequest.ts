/** Answers a request of VS Code's chat or another extension to a Qiao model. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toAbortSignal } from '../../base/host/abortSignal.ts';
import { UserError } from '../../base/host/userError.ts';
import { plainError } from '../../base/host/window/chat.ts';
import type { Models } from '../../connections/host/models.ts';
import { readParameters } from '../../connections/host/parameterSettings.ts';
import type { ChatError } from '../../llm/chatError.ts';
import type { ChatRequest, ModelInfo } from '../../llm/chatModel.ts';
import { endingOf, generate } from '../../llm/generate.ts';
import { effectiveParameters } from '../../llm/parameters.ts';
import { describeError } from './describeError.ts';
import { readModelOptions } from './requestParameters.ts';
import { createResponseWriter } from './responseParts.ts';
import { toMessages } from './toMessages.ts';

/** The arguments of VS Code's call to a provider. */
export type ModelCall = Parameters<vscode.LanguageModelChatProvider['provideLanguageModelChatResponse']>;

export interface RequestDependencies {
  models: Pick<Models, 'open'>;
  log: Pick<vscode.LogOutputChannel, 'error'>;
}

/** Throws plain errors in the user's language; returns early if cancelled. */
export async function answerRequest({ models, log }: RequestDependencies, ...call: ModelCall): Promise<void> {
  const [{ id }, messages, options, progress, token] = call;
  const writer = createResponseWriter(progress);
  const signal = toAbortSignal(token);
  try {
    const model = await models.open(id);
    const outcome = await generate(model, toRequest(model.info, messages, options), {
      signal,
      onPart: (part) => writer.write(part),
    });
    if (outcome.status === 'stopped') return;
    if (outcome.status === 'failed') throw outcome.error;
    writer.finish(outcome.finish);
  } catch (error) {
    const ending = endingOf(error, signal);
    if (ending.status === 'failed') throw toPlainError(ending.error, id, log);
  }
}

function toRequest(
  info: ModelInfo,
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  { modelOptions = {}, tools = [], toolMode }: vscode.ProvideLanguageModelChatResponseOptions,
): ChatRequest {
  if (tools.length > 0 && !info.toolCalling)
    throw new UserError(l10n.t('{0} cannot call tools. Choose another model for this.', info.name));
  return {
    messages: toMessages(messages, info),
    parameters: effectiveParameters(info, {
      ...readParameters(),
      ...readModelOptions(modelOptions, info.parameters),
    }),
    tools: tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema: inputSchema ?? { type: 'object', properties: {} },
    })),
    toolChoice: toolMode === vscode.LanguageModelChatToolMode.Required ? 'required' : 'auto',
  };
}

function toPlainError(error: ChatError, ref: string, log: RequestDependencies['log']): Error {
  // Qiao's own errors are already in the user's language.
  if (error.cause instanceof UserError) return plainError(error.cause.message);
  log.error(`${ref}, asked by VS Code’s chat: ${error.message} (kind ${error.kind})`);
  return plainError(describeError(error));
}
