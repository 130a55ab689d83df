/** The next steps that several checks offer. */

import { l10n } from 'vscode';
import { formatModelRef } from '../../connections/common/modelRef.ts';
import { defaultProfileId } from '../../connections/host/connections.ts';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import type { NextStep } from './check.ts';

/** Opens VS Code's settings with `name` searched for. */
export function settingStep(text: string, name: string): NextStep {
  const command = 'workbench.action.openSettings';
  return { text, command: { title: l10n.t('Open Settings'), command, arguments: [name] } };
}

export function keyStep(text: string, { id }: ConnectionProfile): NextStep {
  return { text, command: { title: l10n.t('Set API Key'), command: 'qiao.setApiKey', arguments: [id] } };
}

/** Asks a question of one word: the text has to say that it may cost a little. `modelId` as the platform knows it. */
export function testStep(text: string, { id }: ConnectionProfile, modelId: string | undefined): NextStep {
  const command =
    modelId === undefined
      ? { title: l10n.t('Manage Connections'), command: 'qiao.manageConnections' }
      : {
          title: l10n.t('Test Connection'),
          command: 'qiao.testConnection',
          arguments: [formatModelRef({ connectionId: id, modelId })],
        };
  return { text, command };
}

export function connectionsStep(text: string): NextStep {
  return { text, command: { title: l10n.t('Manage Connections'), command: 'qiao.manageConnections' } };
}

/** Where the connection's address stands. */
export function addressStep(text: string, { id }: ConnectionProfile): NextStep {
  return id === defaultProfileId ? settingStep(text, 'qiao.dashscope') : connectionsStep(text);
}
