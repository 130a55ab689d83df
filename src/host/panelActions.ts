/** What the buttons of error cards and notices start. */

import type { PanelAction } from '../core/protocol.ts';
import type { CommandId } from './commandHandlers.ts';

const actionCommands: Record<Exclude<PanelAction, 'retry' | 'switch-model' | 'inspect'>, CommandId> = {
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

/** What concerns one turn does nothing here: whoever shows the answer knows how. */
export async function runPanelAction(
  action: PanelAction,
  { run }: { run(command: CommandId): Promise<void> },
): Promise<void> {
  if (action !== 'retry' && action !== 'switch-model' && action !== 'inspect')
    await run(actionCommands[action]);
}
