/** What the buttons of error cards and notices start. */

import type { CommandId } from '../../base/host/commandIds.ts';
import type { RunCommand } from '../../base/host/feature.ts';
import { connectionIdIn } from '../../connections/common/modelRef.ts';
import { selectModel } from '../../connections/host/modelPicker.ts';
import type { Models } from '../../connections/host/models.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { Turn } from '../common/conversation.ts';
import type { PanelAction } from '../common/protocol.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import type { ChatView } from './chatView.ts';

/** The buttons that start a command, on every page. */
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

/** The other buttons: each page does its own. `turnId`: the turn the button is about, in a comparison the column. */
export type TurnActions = Readonly<
  Record<Exclude<PanelAction, CommandAction>, (turnId: string | undefined) => unknown>
>;

/** Does what the button is for. */
export function runPanelAction(
  { action, turnId }: { action: PanelAction; turnId?: string },
  actions: TurnActions,
  run: RunCommand,
): unknown {
  return isCommandAction(action) ? run(actionCommands[action]) : actions[action](turnId);
}

/** Lets the user change the connection of this model. When it is gone, the user chooses one. */
export async function checkAddress(
  ref: string,
  { models, run }: { models: Pick<Models, 'profileOf'>; run: RunCommand },
): Promise<void> {
  await run('qiao.manageConnections', connectionIdIn(ref) ?? models.profileOf(ref).id);
}

export interface ActionDependencies {
  /** The chat whose panel has the buttons. */
  view: Pick<ChatView, 'chats'>;
  models: Models;
  run: RunCommand;
}

/** For the panel. */
export function createActionHandlers({ view: { chats }, models, run }: ActionDependencies) {
  const turnOf = (id: string | undefined): Turn | undefined =>
    chats.current.conversation.turns.find((turn) => turn.id === id);
  const actions: TurnActions = {
    inspect: (turnId) => turnId !== undefined && run('qiao.inspectRequest', turnId),
    retry: (turnId) => turnId !== undefined && chats.current.retry(turnId),
    /** The successor of a model that the platform lacks is asked from now on; first what the turn asks, if there is one. */
    async 'switch-model'(turnId) {
      const session = chats.current;
      const turn = turnOf(turnId);
      const successor = models.successorOf(turn?.model ?? session.settings.model);
      if (!successor) return;
      await selectModel(successor.ref, { chats, models });
      if (turn) session.retry(turn.id, successor.ref);
    },
    'check-address': (turnId) =>
      checkAddress(turnOf(turnId)?.model ?? chats.current.settings.model, { models, run }),
  };
  return {
    'action-run': (message) => runPanelAction(message, actions, run),
  } satisfies Partial<Handlers<ViewMessage>>;
}

function isCommandAction(action: PanelAction): action is CommandAction {
  return action in actionCommands;
}
