/** Handlers that every page with answers has in common: code, links, files, diagrams, and the buttons of error cards. */

import * as vscode from 'vscode';
import type { CommandId } from '../../base/host/commandIds.ts';
import type { RunCommand } from '../../base/host/feature.ts';
import { connectionIdIn } from '../../connections/common/modelRef.ts';
import type { Models } from '../../connections/host/models.ts';
import type { CodeTools } from '../../edit/host/code/codeTools.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { Diagrams } from '../../ui/host/diagrams.ts';
import type { Attachment } from '../common/conversation.ts';
import type { HostMessage, PanelAction } from '../common/protocol.ts';
import type { AnswerMessage } from '../common/protocolSchema.ts';

export interface AnswerDependencies {
  codeTools: Pick<CodeTools, 'run'>;
  diagrams: Pick<Diagrams, 'show'>;
}

interface AnswerPage {
  /** The attachments of the questions shown: an answer may name these files. */
  attachments(): readonly Attachment[];
  post(message: Extract<HostMessage, { type: 'files-found' }>): void;
}

/** Everything but `action-run`, which each page handles with `runPanelAction`. */
export function createAnswerHandlers({
  codeTools,
  diagrams,
  attachments,
  post,
}: AnswerDependencies & AnswerPage) {
  return {
    'text-copy': ({ text }) => vscode.env.clipboard.writeText(text),
    'link-open': ({ href }) => openLink(href),
    async 'file-open'({ reference }) {
      const { openFile } = await import('../../edit/host/code/openFile.ts');
      await openFile(reference, attachments());
    },
    async 'files-resolve'({ references }) {
      const { filesThere } = await import('../../edit/host/code/openFile.ts');
      const there = await filesThere(references, attachments());
      post({ type: 'files-found', asked: references, there });
    },
    'diagram-show': ({ source }) => diagrams.show(source),
    'code-run': (request) => codeTools.run(request),
  } satisfies Partial<Handlers<AnswerMessage>>;
}

/** The buttons that run a command on every page. */
const actionCommands = {
  'set-api-key': 'qiao.setApiKey',
  'try-demo': 'qiao.tryDemo',
  'test-connection': 'qiao.testConnection',
  diagnose: 'qiao.diagnose',
  'open-settings': 'qiao.openSettings',
  'show-log': 'qiao.showLog',
  'attach-selection': 'qiao.attachSelection',
  'migrate-profile': 'qiao.migrateConnection',
  'manage-connections': 'qiao.manageConnections',
} as const satisfies Partial<Record<PanelAction, CommandId>>;

type CommandAction = keyof typeof actionCommands;

/** The buttons that each page implements itself. `turnId`: the turn of the button; in a comparison, the column. */
export type TurnActions = Readonly<
  Record<Exclude<PanelAction, CommandAction>, (turnId: string | undefined) => unknown>
>;

/** Runs the action of a button. */
export function runPanelAction(
  { action, turnId }: { action: PanelAction; turnId?: string },
  actions: TurnActions,
  run: RunCommand,
): unknown {
  return isCommandAction(action) ? run(actionCommands[action]) : actions[action](turnId);
}

/** Lets the user change the connection of this model, or choose one when it no longer exists. */
export async function checkAddress(
  ref: string,
  { models, run }: { models: Pick<Models, 'profileOf'>; run: RunCommand },
): Promise<void> {
  await run('qiao.manageConnections', connectionIdIn(ref) ?? models.profileOf(ref).id);
}

function isCommandAction(action: PanelAction): action is CommandAction {
  return action in actionCommands;
}

/** VS Code shows the address and asks, unless its domain is trusted. Other schemes than http, https and mailto do nothing. */
async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !/^(https?|mailto):$/.test(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
