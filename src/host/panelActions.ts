/** What the buttons of error cards and notices start. */

import type { PanelAction } from '../core/protocol.ts';
import type { CommandId } from './commandHandlers.ts';

const actionCommands: Record<Exclude<PanelAction, 'retry' | 'switch-model'>, CommandId> = {
  'set-api-key': 'qiao.setApiKey',
  'try-demo': 'qiao.tryDemo',
  'test-connection': 'qiao.testConnection',
  'open-settings': 'qiao.openSettings',
  'show-log': 'qiao.showLog',
  'attach-selection': 'qiao.attachSelection',
  'migrate-profile': 'qiao.migrateConnection',
  'manage-connections': 'qiao.manageConnections',
};

/** `retry` and `switch-model` do nothing here: they are for whoever shows the answer. */
export async function runPanelAction(
  action: PanelAction,
  { run }: { run(command: CommandId): Promise<void> },
): Promise<void> {
  if (action !== 'retry' && action !== 'switch-model') await run(actionCommands[action]);
}
