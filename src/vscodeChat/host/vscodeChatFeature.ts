/** The VS Code chat feature: handlers for VS Code's chat, and commands. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Feature } from '../../base/host/feature.ts';
import type { Models } from '../../connections/host/models.ts';
import { answerText } from '../../llm/answerParts.ts';
import { type AskModelDependencies, askModel, prepareAskModel } from './askModelTool.ts';
import { enableVscodeChat } from './enableVscodeChat.ts';
import { openInChat } from './handOver.ts';
import { answerInChat, handOverCommands, type ParticipantDependencies } from './participant.ts';
import type { VscodeChatHandlers } from './register.ts';
import { turnsOfResult } from './vscodeChatTurns.ts';

export interface VscodeChatDependencies extends ParticipantDependencies, AskModelDependencies {
  models: Pick<Models, 'describe' | 'groups' | 'normalize' | 'open' | 'profileOf'>;
}

export type VscodeChat = Feature<'vscodeChat'> & VscodeChatHandlers;

export function createVscodeChat(dependencies: VscodeChatDependencies): VscodeChat {
  return {
    answer: (...request) => answerInChat(dependencies, ...request),
    followups,
    prepareAskModel: (input) => prepareAskModel(dependencies, input),
    askModel: (input, token) => askModel(dependencies, input, token),
    commands: {
      'qiao.enableNativeChat': () => enableVscodeChat(),
      'qiao.openInChat': () => openInChat(dependencies, handOverCommands.fromPanel),
    },
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
