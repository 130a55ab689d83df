/** What Qiao does in VS Code's own chat, for the registrations and commands that lead here. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { AppParts } from '../../app.ts';
import { answerText } from '../../chat/common/answerParts.ts';
import { askModel, prepareAskModel } from './askModelTool.ts';
import { turnsOfResult } from './nativeTurns.ts';
import { answerInChat, handOverCommands } from './participant.ts';

export interface NativeChat {
  answer(...request: Parameters<vscode.ChatRequestHandler>): Promise<vscode.ChatResult>;
  followups(result: vscode.ChatResult): vscode.ChatFollowup[];
  prepareAskModel(input: unknown): Promise<vscode.PreparedToolInvocation>;
  askModel(input: unknown, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult>;
}

export function createNativeChat(parts: AppParts): NativeChat {
  return {
    answer: (...request) => answerInChat(parts, ...request),
    followups,
    prepareAskModel: (input) => prepareAskModel(parts, input),
    askModel: (input, token) => askModel(parts, input, token),
  };
}

function followups(result: vscode.ChatResult): vscode.ChatFollowup[] {
  const last = turnsOfResult(result).at(-1);
  if (!last || answerText(last.answer) === '') return [];
  const hasCode = last.attachments.some(({ uri }) => uri !== '') && !last.question.startsWith('/tests');
  const toPanel = l10n.t('Continue in Qiao');
  const tests = l10n.t('Write tests for it');
  return [
    { prompt: toPanel, label: toPanel, command: handOverCommands.toPanel },
    ...(hasCode ? [{ prompt: tests, label: tests, command: 'tests' }] : []),
  ];
}
