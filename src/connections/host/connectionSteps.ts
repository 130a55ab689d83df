/** The steps of setting up a connection: quick picks and input boxes. */

import type * as vscode from 'vscode';
import { l10n } from 'vscode';
import { translate } from '../../base/host/translate.ts';
import { showInputBox, showQuickPick } from '../../base/host/window/quickInput.ts';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import type { ProfileProvider } from '../../providers/common/protocols.ts';
import { dashScopeHosts } from '../../providers/dashscope/dashscopeRegions.ts';
import type { Protocol, Provider } from '../../providers/protocol.ts';
import { type Connection, findProvider, protocols } from '../../providers/registry.ts';
import { addressOf, defaultProfileId } from './connections.ts';

interface Choice<Value> extends vscode.QuickPickItem {
  value: Value;
}

/** `undefined`: the user cancelled. */
export async function pick<Value>(
  title: string,
  items: readonly Choice<Value>[],
): Promise<Value | undefined> {
  const chosen = await showQuickPick(items, { title, ignoreFocusOut: true });
  return chosen?.value;
}

export async function askText(
  title: string,
  value: string,
  options: vscode.InputBoxOptions = {},
): Promise<string | undefined> {
  const text = await showInputBox({ title, value, ignoreFocusOut: true, ...options });
  return text?.trim();
}

/** Offers servers that run on this machine first. */
export async function pickProvider(): Promise<ProfileProvider | undefined> {
  const offered = await Promise.all(
    protocols.flatMap((protocol) =>
      protocol.providers.map(async (provider) => ({
        provider,
        running: provider.local ? await isRunning(provider, protocol) : false,
      })),
    ),
  );
  const order = ({ provider, running }: (typeof offered)[number]): number => (running ? 0 : provider.rank);
  return pick(
    l10n.t('Qiao: Add a Connection'),
    offered
      .sort((one, other) => order(one) - order(other))
      .map(({ provider, running }) => ({
        label: translate(provider.name),
        description: running ? l10n.t('running on this machine') : undefined,
        detail: translate(provider.detail),
        value: provider.id,
      })),
  );
}

async function isRunning(
  { id, address, connect }: Provider<Connection>,
  { listModels }: Protocol<Connection>,
): Promise<boolean> {
  const profile = { id, name: id, provider: id };
  const connection = connect(profile, {}, { baseUrl: address(profile) });
  if (!listModels) return false;
  return listModels(connection, AbortSignal.timeout(400)).then(
    () => true,
    () => false,
  );
}

/** Asks what the provider needs. `undefined`: the user cancelled. */
export async function editProfile(profile: ConnectionProfile): Promise<ConnectionProfile | undefined> {
  const { asks } = findProvider(profile.provider);
  let edited = profile;
  if (profile.id !== defaultProfileId) {
    const name = await askText(l10n.t('Name of the connection'), profile.name);
    if (!name) return undefined;
    edited = { ...edited, name };
  }
  if (asks === 'region') {
    const place = await pickPlace(edited);
    if (!place) return undefined;
    edited = { ...edited, ...place };
    const workspaceId = await askText(l10n.t('Workspace id'), edited.workspaceId ?? '', {
      prompt: l10n.t('Needed with the key of a sub-account; else leave it empty.'),
    });
    if (workspaceId === undefined) return undefined;
    return { ...edited, workspaceId: workspaceId || undefined };
  }
  const baseUrl = await askText(l10n.t('Address'), addressOf(edited), {
    prompt: l10n.t('Up to and with the version, e.g. http://localhost:8000/v1'),
    validateInput: (text) =>
      /^https?:\/\/[^\s/]+/.test(text.trim()) ? undefined : l10n.t('An http or https address, please.'),
  });
  if (baseUrl === undefined) return undefined;
  edited = {
    ...edited,
    baseUrl: baseUrl === addressOf({ ...edited, baseUrl: undefined }) ? undefined : baseUrl,
  };
  return asks === 'address-and-auth' ? editAuth(edited) : edited;
}

async function pickPlace(
  profile: ConnectionProfile,
): Promise<Pick<ConnectionProfile, 'region' | 'baseUrl'> | undefined> {
  const names: Record<string, string> = {
    beijing: l10n.t('China (Beijing)'),
    singapore: l10n.t('International (Singapore)'),
    us: l10n.t('US (Virginia)'),
    hongkong: l10n.t('China (Hong Kong)'),
  };
  const chosen = await pick(l10n.t('Region of the key'), [
    ...Object.entries(dashScopeHosts).map(([region, host]) => ({
      label: names[region] ?? region,
      description: host,
      value: region,
    })),
    {
      label: l10n.t('Another address…'),
      description: l10n.t('a workspace’s own host, or a gateway'),
      value: '',
    },
  ]);
  if (chosen === undefined) return undefined;
  if (chosen !== '') return { region: chosen, baseUrl: undefined };
  const baseUrl = await askText(l10n.t('Address'), profile.baseUrl ?? '', {
    placeHolder: 'https://{WorkspaceId}.cn-beijing.maas.aliyuncs.com',
  });
  return baseUrl ? { region: profile.region, baseUrl } : undefined;
}

async function editAuth(profile: ConnectionProfile): Promise<ConnectionProfile | undefined> {
  const auth = await pick<NonNullable<ConnectionProfile['auth']>>(l10n.t('How requests prove who you are'), [
    {
      label: l10n.t('API key and secret key'),
      detail: l10n.t('of an application; Qiao gets and renews the access token'),
      value: 'oauth',
    },
    {
      label: l10n.t('Access key and secret key'),
      detail: l10n.t('of your account; every request is signed'),
      value: 'iam',
    },
    { label: l10n.t('Access token'), detail: l10n.t('that you got yourself'), value: 'access-token' },
  ]);
  if (!auth) return undefined;
  const endpoints = await askText(l10n.t('Endpoint names'), profile.models?.join(', ') ?? '', {
    prompt: l10n.t('As the service’s page shows them, e.g. ngxxxol8_test1; several with commas.'),
    validateInput: (text) => (text.trim() === '' ? l10n.t('At least one, please.') : undefined),
  });
  if (!endpoints) return undefined;
  return { ...profile, auth, models: endpoints.split(/[,，\s]+/).filter(Boolean) };
}

/** Asks for the connection's own proxy and for extra headers, e.g. for a gateway. */
export async function editNetwork(profile: ConnectionProfile): Promise<ConnectionProfile | undefined> {
  const proxy = await askText(l10n.t('Proxy'), profile.proxy === '' ? '-' : (profile.proxy ?? ''), {
    placeHolder: 'http://127.0.0.1:7890',
    prompt: l10n.t('Empty: as VS Code is set. A single “-”: none.'),
    validateInput: (text) =>
      /^(-?|https?:\/\/\S+)$/.test(text.trim()) ? undefined : l10n.t('An http or https address, please.'),
  });
  if (proxy === undefined) return undefined;
  const shown = Object.entries(profile.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const headers = await askText(l10n.t('Headers'), shown.join('; '), {
    placeHolder: 'X-Team: search; X-Trace: on',
    prompt: l10n.t('Sent with every request, kept in the settings: no place for secrets.'),
    validateInput: (text) => (parseHeaders(text) ? undefined : l10n.t('Name: value; Name: value')),
  });
  if (headers === undefined) return undefined;
  return {
    ...profile,
    proxy: proxy === '' ? undefined : proxy === '-' ? '' : proxy,
    headers: parseHeaders(headers),
  };
}

/** `undefined`: not of the form `Name: value; Name: value`. */
function parseHeaders(text: string): Record<string, string> | undefined {
  const pairs = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const parsed = pairs.map((pair) => /^([\w!#$%&'*+.^`|~-]+):\s*([\x21-\x7e][\x20-\x7e]*)$/.exec(pair));
  if (parsed.some((match) => match === null)) return undefined;
  return Object.fromEntries(parsed.map((match) => [match?.[1] ?? '', match?.[2] ?? '']));
}
