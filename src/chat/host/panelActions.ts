/** What the buttons of error cards and notices start. */

import type { CommandId } from '../../commandHandlers.ts';
import { connectionIdIn } from '../../connections/common/modelRef.ts';
import type { Models } from '../../connections/host/models.ts';
import type { PanelAction } from '../common/protocol.ts';

/** What concerns one turn: whoever shows the answer knows how. */
type TurnAction = 'retry' | 'switch-model' | 'inspect' | 'check-address';

const turnActions: ReadonlySet<string> = new Set<TurnAction>([
  'retry',
  'switch-model',
  'inspect',
  'check-address',
]);

const actionCommands: Record<Exclude<PanelAction, TurnAction>, CommandId> = {
  'set-api-key': 'qiao.setApiKey',
  'try-demo': 'qiao.tryDemo',
  'test-connection': 'qiao.testConnection',
  diagnose: 'qiao.diagnose',
  'open-settings': 'qiao.openSettings',
  'show-log': 'qiao.showLog',
  'attach-selection': 'qiao.attachSelection',
  'migrate-profile': 'qiao.migrateConnection',
  'manage-connections': 'qiao.manageConnections',
};

/** What concerns one turn does nothing here. */
export async function runPanelAction(
  action: PanelAction,
  { run }: { run(command: CommandId): Promise<void> },
): Promise<void> {
  if (!isTurnAction(action)) await run(actionCommands[action]);
}

/** Lets the user change the connection of this model. When it is gone, the user chooses one. */
export async function checkAddress(
  ref: string,
  { models, run }: { models: Pick<Models, 'profileOf'>; run(command: CommandId, id: string): Promise<void> },
): Promise<void> {
  await run('qiao.manageConnections', connectionIdIn(ref) ?? models.profileOf(ref).id);
}

function isTurnAction(action: PanelAction): action is TurnAction {
  return turnActions.has(action);
}
