/** Commands to add, change, test and remove connections. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { translate } from '../../base/host/translate.ts';
import { showInformationMessage, showWarningMessage } from '../../base/host/window/messages.ts';
import { type ConnectionProfile, newProfileId } from '../../providers/common/connectionProfile.ts';
import { findProvider } from '../../providers/registry.ts';
import { requiredSecrets, takesOptionalKey } from '../../providers/secrets/profileSecrets.ts';
import { formatModelRef } from '../common/modelRef.ts';
import { askText, editNetwork, editProfile, pick, pickProvider } from './connectionSteps.ts';
import { addressOf, defaultProfileId, readProfiles, removeProfile, writeProfile } from './connections.ts';
import { askForSecrets } from './keyCommands.ts';
import type { KeyStore } from './keyStore.ts';
import type { ModelLists } from './modelLists.ts';
import type { Models } from './models.ts';
import { readModelSetting, writeModelSetting } from './settings.ts';
import { type TestConnectionDependencies, testConnection } from './testConnection.ts';

export interface ConnectionCommandsDependencies extends TestConnectionDependencies {
  keys: Pick<KeyStore, 'get' | 'remove' | 'store'>;
  models: Pick<Models, 'describe' | 'groups' | 'normalize' | 'open' | 'profileOf'>;
  lists: Pick<ModelLists, 'refresh'>;
}

/** Sets the key of the connection with this id, or of the chosen model's connection. */
export async function setApiKey(dependencies: TestConnectionDependencies, profileId?: string): Promise<void> {
  const { models } = dependencies;
  const ref = models.normalize(readModelSetting());
  const profile = readProfiles().find(({ id }) => id === profileId) ?? models.profileOf(ref);
  if (requiredSecrets(profile).length === 0 && !takesOptionalKey(profile)) {
    void showInformationMessage(l10n.t('{0} needs no key.', profile.name));
    return;
  }
  if (!(await askForSecrets(dependencies, profile))) return;
  const stored = l10n.t('The API key is stored.');
  if (profile.id !== models.profileOf(ref).id) {
    void showInformationMessage(stored);
    return;
  }
  const test = l10n.t('Test Connection');
  const choice = await showInformationMessage(stored, test);
  if (choice === test) await testConnection(dependencies, ref);
}

/** `profileId`: a connection to edit without asking which. */
export async function manageConnections(
  dependencies: ConnectionCommandsDependencies,
  profileId?: string,
): Promise<void> {
  const profiles = readProfiles();
  const known = profiles.find(({ id }) => id === profileId);
  if (known) return editConnection(dependencies, known);
  const chosen = await pick<ConnectionProfile | 'add'>(l10n.t('Qiao: Connections'), [
    ...profiles.map((profile) => ({ label: profile.name, description: addressOf(profile), value: profile })),
    { label: l10n.t('Add a connection…'), iconPath: new vscode.ThemeIcon('add'), value: 'add' as const },
  ]);
  if (chosen === 'add') await addConnection(dependencies);
  else if (chosen) await changeConnection(dependencies, chosen);
}

async function addConnection(dependencies: ConnectionCommandsDependencies): Promise<void> {
  const provider = await pickProvider();
  if (!provider) return;
  const profiles = readProfiles();
  const id = newProfileId(
    provider,
    profiles.map((profile) => profile.id),
  );
  const profile = await editProfile({ id, name: translate(findProvider(provider).name), provider });
  if (!profile || !(await maySendKey(dependencies, profile)) || !(await askForSecrets(dependencies, profile)))
    return;
  await writeProfile(profile);
  await useConnection(dependencies, profile);
}

async function changeConnection(
  dependencies: ConnectionCommandsDependencies,
  profile: ConnectionProfile,
): Promise<void> {
  const { keys } = dependencies;
  const isDefault = profile.id === defaultProfileId;
  const action = await pick<'use' | 'edit' | 'more' | 'keys' | 'test' | 'migrate' | 'remove'>(profile.name, [
    { label: l10n.t('Use it'), iconPath: new vscode.ThemeIcon('check'), value: 'use' },
    { label: l10n.t('Change it…'), iconPath: new vscode.ThemeIcon('edit'), value: 'edit' },
    ...(isDefault
      ? []
      : [
          {
            label: l10n.t('Proxy and headers…'),
            iconPath: new vscode.ThemeIcon('gear'),
            value: 'more' as const,
          },
        ]),
    ...(requiredSecrets(profile).length > 0 || takesOptionalKey(profile)
      ? [{ label: l10n.t('Set its key…'), iconPath: new vscode.ThemeIcon('key'), value: 'keys' as const }]
      : []),
    { label: l10n.t('Test it'), iconPath: new vscode.ThemeIcon('plug'), value: 'test' },
    ...(findProvider(profile.provider).retirement
      ? [
          {
            label: l10n.t('Migrate to v2'),
            iconPath: new vscode.ThemeIcon('arrow-up'),
            value: 'migrate' as const,
          },
        ]
      : []),
    ...(isDefault
      ? []
      : [{ label: l10n.t('Remove it'), iconPath: new vscode.ThemeIcon('trash'), value: 'remove' as const }]),
  ]);
  switch (action) {
    case 'use':
      return useConnection(dependencies, profile);
    case 'edit':
      return editConnection(dependencies, profile);
    case 'more': {
      const edited = await editNetwork(profile);
      if (edited) await writeProfile(edited);
      return;
    }
    case 'keys':
      await askForSecrets(dependencies, profile);
      return;
    case 'test':
      return testConnection(dependencies, await firstModelOf(dependencies, profile));
    case 'migrate':
      return migrateConnection(dependencies, profile);
    case 'remove': {
      const remove = l10n.t('Remove');
      const question = l10n.t('Remove the connection {0} and its key?', profile.name);
      if ((await showWarningMessage(question, { modal: true }, remove)) !== remove) return;
      // Questions meant for this platform must not go to another one.
      const chosen = dependencies.models.profileOf(readModelSetting()).id === profile.id;
      if (chosen) await writeModelSetting(undefined);
      await keys.remove(profile.id);
      await removeProfile(profile.id);
      void showInformationMessage(l10n.t('The connection {0} and its key are removed.', profile.name));
      return;
    }
    case undefined:
      return;
  }
}

async function editConnection(
  dependencies: ConnectionCommandsDependencies,
  profile: ConnectionProfile,
): Promise<void> {
  const edited = await editProfile(profile);
  if (!edited || !(await maySendKey(dependencies, edited))) return;
  // Never send a key to an address, or in a form, that the user did not give it for.
  const moved = originOf(edited) !== originOf(profile) || edited.auth !== profile.auth;
  if (moved && !(await askForSecrets(dependencies, edited))) return;
  await writeProfile(edited);
}

/** Called before the key is asked for, so that none is stored for an address that the user rejects. */
async function maySendKey(
  { plainHttp }: ConnectionCommandsDependencies,
  profile: ConnectionProfile,
): Promise<boolean> {
  const takesKey = requiredSecrets(profile).length > 0 || takesOptionalKey(profile);
  return !takesKey || plainHttp.askAbout(addressOf(profile));
}

function originOf(profile: ConnectionProfile): string {
  const address = addressOf(profile);
  return URL.canParse(address) ? new URL(address).origin : address;
}

/** Selects a model of the connection; asks for its id if the service lists none. */
async function useConnection(
  dependencies: ConnectionCommandsDependencies,
  profile: ConnectionProfile,
): Promise<void> {
  const ref = await firstModelOf(dependencies, profile);
  if (ref === undefined) return;
  await writeModelSetting(ref);
  await dependencies.connectionState.setDemo(false);
  void showInformationMessage(
    l10n.t('{0} answers from now on, with {1}.', profile.name, dependencies.models.describe(ref).name),
  );
}

async function firstModelOf(
  { models, lists }: ConnectionCommandsDependencies,
  profile: ConnectionProfile,
): Promise<string | undefined> {
  await lists.refresh([profile], { evenIfFresh: true });
  const groups = await models.groups(formatModelRef({ connectionId: profile.id, modelId: '-' }));
  const known = groups.flatMap((group) => group.models).find(({ ref }) => ref.startsWith(`${profile.id}/`));
  if (known) return known.ref;
  const id = await askText(l10n.t('Model'), '', {
    prompt: l10n.t('{0} lists no models: type the id of one.', profile.name),
  });
  return id ? formatModelRef({ connectionId: profile.id, modelId: id }) : undefined;
}

/** Adds a profile for the successor of a retired interface. The old profile stays. */
export async function migrateConnection(
  dependencies: ConnectionCommandsDependencies,
  given?: ConnectionProfile,
): Promise<void> {
  const profile = given ?? dependencies.models.profileOf(readModelSetting());
  const { retirement } = findProvider(profile.provider);
  if (!retirement) return;
  const id = newProfileId(
    retirement.successor,
    readProfiles().map((known) => known.id),
  );
  const { headers, proxy } = profile;
  const migrated: ConnectionProfile = {
    id,
    name: `${profile.name} → v2`,
    provider: retirement.successor,
    headers,
    proxy,
  };
  if (!(await askForSecrets(dependencies, migrated))) return;
  await writeProfile(migrated);
  await useConnection(dependencies, migrated);
}
