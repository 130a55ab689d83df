/** Gathers what the checks work on from VS Code, the settings and the environment; nothing goes over the network. */

import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { History } from '../../chat/host/history/history.ts';
import type { ConnectionState } from '../../connections/host/connectionState.ts';
import { addressOf, networkOf, readProfiles } from '../../connections/host/connections.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import type { Models } from '../../connections/host/models.ts';
import { readNetworkOptions, readVersion } from '../../connections/host/network.ts';
import type { PlainHttpConsent } from '../../connections/host/plainHttp.ts';
import { readModelSetting } from '../../connections/host/settings.ts';
import type { CertificateFacts } from './certificatesCheck.ts';
import type { Private } from './scrub.ts';
import type { SettingFacts } from './settingsCheck.ts';
import type { TargetFacts } from './target.ts';
import type { TrustFacts } from './trustCheck.ts';
import type { VersionFacts } from './versionsCheck.ts';

export interface Facts {
  connections: readonly (TargetFacts & {
    /** One that *Test Connection* can ask. */
    modelId: string | undefined;
    hasStoredKey(): Promise<boolean>;
  })[];
  /** Answers come from the emulator. */
  demo: boolean;
  /** Where VS Code's proxy is set, in the user's language. */
  proxySource: string;
  certificates: CertificateFacts;
  settings: SettingFacts;
  trust: TrustFacts;
  versions: VersionFacts;
  /** Absolute path of the folder that conversations are kept in. */
  historyFolder: string;
  history: Pick<History, 'list' | 'trouble'>;
  hidden: Private;
}

export interface FactsDependencies {
  models: Pick<Models, 'describe' | 'normalize' | 'profileOf'>;
  keys: Pick<KeyStore, 'get' | 'hasStored'>;
  lists: Pick<ModelLists, 'get'>;
  history: Facts['history'];
  connectionState: Pick<ConnectionState, 'current'>;
  plainHttp: Pick<PlainHttpConsent, 'has'>;
  /** The extension's own folder for what it keeps. */
  storage: vscode.Uri;
}

export async function gatherFacts(dependencies: FactsDependencies): Promise<Facts> {
  const { models, keys, lists, history, connectionState, storage, plainHttp } = dependencies;
  const demo = (await connectionState.current()) === 'demo';
  const ref = models.normalize(readModelSetting());
  const chosenId = models.profileOf(ref).id;
  const connections = await Promise.all(
    readProfiles().map(async (profile) => ({
      profile,
      secrets: await keys.get(profile),
      address: addressOf(profile),
      network: networkOf(profile, plainHttp.has),
      chosen: !demo && profile.id === chosenId,
      modelId:
        profile.id === chosenId ? models.describe(ref).id : (profile.models?.[0] ?? lists.get(profile)[0]),
      hasStoredKey: () => keys.hasStored(profile.id),
    })),
  );
  const network = readNetworkOptions();
  const http = vscode.workspace.getConfiguration('http');
  const qiao = vscode.workspace.getConfiguration('qiao');
  return {
    connections,
    demo,
    proxySource: http.get('proxy')
      ? l10n.t('VS Code’s setting “http.proxy”')
      : l10n.t('an environment variable'),
    certificates: { extraFile: process.env.NODE_EXTRA_CA_CERTS, strictSsl: network.strictSsl !== false },
    settings: {
      connections: qiao.get('connections'),
      model: readModelSetting(),
      environment: process.env,
      hasProxy: network.proxyUrl !== undefined,
    },
    trust: { trusted: vscode.workspace.isTrusted, open: Boolean(vscode.workspace.workspaceFolders?.length) },
    versions: readVersions(),
    historyFolder: path.join(storage.fsPath, 'conversations'),
    history,
    hidden: {
      secrets: connections.flatMap(({ secrets, profile, network }) => [
        ...Object.values(secrets),
        ...Object.values(profile.headers ?? {}),
        ...proxySecrets(network.proxyUrl),
        network.proxyAuthorization ?? '',
      ]),
      folders: [
        os.homedir(),
        storage.fsPath,
        ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      ],
    },
  };
}

function readVersions(): VersionFacts {
  return {
    qiao: readVersion(),
    vscode: vscode.version,
    appHost: vscode.env.appHost,
    remote: remoteKind(vscode.env.remoteName),
    node: process.versions.node,
    system: `${os.platform()} ${os.release()} ${os.arch()}`,
    language: vscode.env.language,
  };
}

/** `ssh-remote`, `wsl` and the like; for a server in the browser VS Code gives its host, which is nobody's business. */
function remoteKind(name: string | undefined): string | undefined {
  return name === undefined || /^[a-z-]+$/.test(name) ? name : 'server';
}

function proxySecrets(proxy = ''): string[] {
  const { username = '', password = '' } = URL.parse(proxy) ?? {};
  return [password, decodeText(password), username, decodeText(username)];
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
