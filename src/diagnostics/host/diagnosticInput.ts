/** Collects the input of the diagnostic checks from VS Code, settings and environment, without network access. */

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
import type { CertificateInput } from './certificatesCheck.ts';
import type { PrivateTexts } from './scrub.ts';
import type { SettingsInput } from './settingsCheck.ts';
import type { TargetInput } from './target.ts';
import type { TrustInput } from './trustCheck.ts';
import type { VersionsInput } from './versionsCheck.ts';

export interface DiagnosticInput {
  connections: readonly (TargetInput & {
    /** One that *Test Connection* can ask. */
    modelId: string | undefined;
    hasStoredKey(): Promise<boolean>;
  })[];
  /** Answers come from the emulator. */
  demo: boolean;
  /** Where VS Code's proxy is set, in the user's language. */
  proxySource: string;
  certificates: CertificateInput;
  settings: SettingsInput;
  trust: TrustInput;
  versions: VersionsInput;
  /** Absolute path of the folder that conversations are kept in. */
  historyFolder: string;
  history: Pick<History, 'list' | 'trouble'>;
  hidden: PrivateTexts;
}

export interface DiagnosticInputDependencies {
  models: Pick<Models, 'describe' | 'normalize' | 'profileOf'>;
  keys: Pick<KeyStore, 'get' | 'hasStored'>;
  lists: Pick<ModelLists, 'get'>;
  history: DiagnosticInput['history'];
  connectionState: Pick<ConnectionState, 'current'>;
  plainHttp: Pick<PlainHttpConsent, 'has'>;
  /** The extension's global storage folder. */
  storage: vscode.Uri;
}

export async function collectDiagnosticInput(
  dependencies: DiagnosticInputDependencies,
): Promise<DiagnosticInput> {
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

function readVersions(): VersionsInput {
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

/** `ssh-remote`, `wsl` and the like. In the browser VS Code returns the server's host, which is private. */
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
