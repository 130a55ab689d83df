/** Creates the next steps that several checks share. */

import { l10n } from 'vscode';
import { formatModelRef } from '../../connections/common/modelRef.ts';
import { defaultProfileId } from '../../connections/host/connections.ts';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import type { NextStep } from './check.ts';

/** Opens VS Code's settings with a search for `name`. */
export function settingStep(text: string, name: string): NextStep {
  const command = 'workbench.action.openSettings';
  return { text, command: { title: l10n.t('Open Settings'), command, arguments: [name] } };
}

export function keyStep(text: string, { id }: ConnectionProfile): NextStep {
  return { text, command: { title: l10n.t('Set API Key'), command: 'qiao.setApiKey', arguments: [id] } };
}

/** Runs *Test Connection*, a paid request; `text` must say that it may cost a little. `modelId`: the platform's id. */
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

/** Opens the place where the connection's address is set. */
export function addressStep(text: string, { id }: ConnectionProfile): NextStep {
  return id === defaultProfileId ? settingStep(text, 'qiao.dashscope') : connectionsStep(text);
}
