/** Commands for connections, keys, models, the demo and the catalog. */

import * as vscode from 'vscode';
import type { Feature } from '../../base/host/feature.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import { type UpdateCatalogDependencies, updateCatalog } from './catalog/updateCatalog.ts';
import {
  type ConnectionCommandsDependencies,
  manageConnections,
  migrateConnection,
  setApiKey,
} from './connectionCommands.ts';
import type { Demo } from './demo.ts';
import { removeApiKey } from './keyCommands.ts';
import type { KeyStore } from './keyStore.ts';
import { pickModel } from './modelPicker.ts';
import type { Models } from './models.ts';
import { simulateFault } from './simulateFault.ts';
import { testConnection } from './testConnection.ts';

export interface ConnectionsDependencies extends ConnectionCommandsDependencies, UpdateCatalogDependencies {
  models: Models;
  keys: KeyStore;
  demo: Pick<Demo, 'simulate'>;
  views: Pick<ChatViews, 'active' | 'all'>;
}

export function createConnections(dependencies: ConnectionsDependencies): Feature<'connections'> {
  const { connectionState, views } = dependencies;
  return {
    commands: {
      'qiao.selectModel': () => pickModel(dependencies),
      'qiao.setApiKey': (profileId) => setApiKey(dependencies, textOf(profileId)),
      'qiao.removeApiKey': () => removeApiKey(dependencies),
      'qiao.testConnection': (ref) => testConnection(dependencies, textOf(ref)),
      'qiao.tryDemo': async () => {
        await connectionState.setDemo(true);
        await views.active.show();
      },
      'qiao.leaveDemo': () => connectionState.setDemo(false),
      'qiao.manageConnections': (profileId) => manageConnections(dependencies, textOf(profileId)),
      'qiao.migrateConnection': () => migrateConnection(dependencies),
      'qiao.simulateFault': () => simulateFault(dependencies),
      'qiao.updateCatalog': () => updateCatalog(dependencies),
      'qiao.openSettings': async () => {
        await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:qiao.qiao');
      },
    },
  };
}

function textOf(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}
