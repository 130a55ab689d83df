/** Joins profiles, secrets and catalogs into `ChatModel`s, and lists what can be chosen. */

import { l10n } from 'vscode';
import type { ModelChoice, ModelGroup } from '../../chat/common/protocol.ts';
import type { ExchangeRecord } from '../../inspector/common/exchangeRecord.ts';
import type { Exchanges } from '../../inspector/host/exchanges.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';
import { costOf } from '../../llm/pricing.ts';
import { catalogIds } from '../../providers/catalog/catalog.ts';
import type { ConnectionProfile } from '../../providers/common/connectionProfile.ts';
import type { ProtocolId } from '../../providers/common/protocols.ts';
import type { RetryWait } from '../../providers/connection.ts';
import { describeModel } from '../../providers/describeModel.ts';
import type { ReplayModel } from '../../providers/rawRequest.ts';
import { createChatModel, findProvider } from '../../providers/registry.ts';
import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import type { UsageMeter } from '../../usage/host/usageMeter.ts';
import { formatModelRef, type ModelRef, parseModelRef } from '../common/modelRef.ts';
import type { ConnectionState } from './connectionState.ts';
import { defaultProfileId, readProfiles, toConnection } from './connections.ts';
import type { Demo } from './demo.ts';
import type { KeyStore } from './keyStore.ts';
import type { ModelLists } from './modelLists.ts';
import type { PlainHttpConsent } from './plainHttp.ts';
import { readReliability } from './settings.ts';

export interface Models {
  /** Throws a `ChatError` (`missing-key`) when there is nothing to ask with. */
  open(ref: string, options?: OpenModelOptions): Promise<ReplayModel>;
  describe(ref: string): ModelInfo;
  /** What to try in the model's place, when the platform does not have it; `undefined` where nothing is known. */
  successorOf(ref: string): { ref: string; name: string } | undefined;
  /** The profile of a reference; the default one for a profile that is gone. */
  profileOf(ref: string): ConnectionProfile;
  /** `connectionId/modelId` for a reference or a bare model id, which is the default connection's. */
  normalize(ref: string): string;
  /** The same for what a person types: a bare model id is the current connection's. */
  normalizeTyped(typed: string, currentRef: string): string;
  /** Models of every connection that can be asked, the current one's always. */
  groups(currentRef: string): Promise<ModelGroup[]>;
}

/** `turnId` and `replayOf` say what its requests are for, to who inspects them. */
export interface OpenModelOptions extends Pick<ExchangeRecord, 'turnId' | 'replayOf'> {
  onWait?(wait: RetryWait): void;
  ignoreDemo?: boolean;
}

export interface ModelsOptions {
  keys: KeyStore;
  connectionState: ConnectionState;
  demo: Demo;
  lists: ModelLists;
  usage: UsageMeter;
  exchanges: Pick<Exchanges, 'observe'>;
  plainHttp: PlainHttpConsent;
}

export function createModels({
  keys,
  connectionState,
  demo,
  lists,
  usage: meter,
  exchanges,
  plainHttp,
}: ModelsOptions): Models {
  const parse = (ref: string, profiles = readProfiles()): ModelRef =>
    parseModelRef(
      ref.trim(),
      profiles.map(({ id }) => id),
    );
  const profileOf = (ref: string): ConnectionProfile => {
    const profiles = readProfiles();
    const { connectionId } = parse(ref, profiles);
    const [first] = profiles;
    const profile = profiles.find(({ id }) => id === connectionId) ?? first;
    if (!profile) throw new Error('There is always the default connection.');
    return profile;
  };
  return {
    async open(ref, { onWait, ignoreDemo = false, turnId, replayOf } = {}) {
      const { modelId } = parse(ref);
      const observe = (protocol: ProtocolId) => exchanges.observe({ protocol, model: ref, turnId, replayOf });
      if (!ignoreDemo && (await connectionState.current()) === 'demo') {
        return createChatModel(
          {
            ...(await demo.connect()),
            retry: { ...readReliability().retry, onWait },
            observer: observe('dashscope'),
          },
          modelId,
        );
      }
      const profile = profileOf(ref);
      const connection = toConnection(profile, await keys.get(profile), {
        onWait,
        allowPlainHttp: plainHttp.ask,
      });
      const asked = { connectionId: profile.id, modelId };
      const info = describeModel(profile.provider, modelId);
      const price = await meter.priceOf(asked, info.price);
      const model = createChatModel(
        {
          ...connection,
          observer: observe(connection.protocol),
          // Requests are counted here alone, as every model is opened here.
          meter: {
            costOf: (usage) => costOf(usage, price),
            record: (usage, cost) => meter.record(asked, usage, cost),
          },
        },
        modelId,
      );
      return { ...model, info };
    },
    describe: (ref) => describeModel(profileOf(ref).provider, parse(ref).modelId),
    successorOf(ref) {
      const profile = profileOf(ref);
      const { modelId } = parse(ref);
      const { successor } = describeModel(profile.provider, modelId);
      const others = [...catalogIds(profile.provider), ...(profile.models ?? []), ...lists.get(profile)];
      const usable = others.filter(
        (id) => id !== modelId && describeModel(profile.provider, id).retired === undefined,
      );
      const id = successor ?? usable[0];
      if (id === undefined) return undefined;
      const { name } = describeModel(profile.provider, id);
      return { ref: formatModelRef({ connectionId: profile.id, modelId: id }), name };
    },
    profileOf,
    normalize: (ref) => formatModelRef(parse(ref)),
    normalizeTyped(typed, currentRef) {
      const { id } = profileOf(currentRef);
      const known = readProfiles().map((profile) => profile.id);
      return formatModelRef(parseModelRef(typed.trim(), [id, ...known]));
    },
    async groups(currentRef) {
      const current = profileOf(currentRef).id;
      const demoOn = (await connectionState.current()) === 'demo';
      const groups: ModelGroup[] = [];
      for (const profile of readProfiles()) {
        const usable = profile.id === current || (!demoOn && hasSecrets(profile, await keys.get(profile)));
        if (usable || profile.id === defaultProfileId) groups.push(...groupsOf(profile, lists.get(profile)));
      }
      return groups;
    },
  };
}

function groupsOf(profile: ConnectionProfile, listed: readonly string[]): ModelGroup[] {
  const groups = new Map<string, ModelChoice[]>();
  const add = (label: string, info: ModelInfo): void => {
    const { id, name } = info;
    const detail = choiceDetail(info);
    const choice = { ref: formatModelRef({ connectionId: profile.id, modelId: id }), name, detail };
    groups.set(label, [...(groups.get(label) ?? []), choice]);
  };
  const own = new Set([...(profile.models ?? []), ...listed]);
  for (const id of own) add(profile.name, describeModel(profile.provider, id));
  for (const id of catalogIds(profile.provider)) {
    const model = describeModel(profile.provider, id);
    if (findProvider(profile.provider).families) add(`${profile.name} · ${model.family}`, model);
    else if (!own.has(id)) add(profile.name, model);
  }
  return [...groups].map(([label, models]) => ({ label, models }));
}

/** What stands beside a model where one is chosen: that it is retired and what to try, else how large its context is. */
function choiceDetail({ retired, successor, contextTokens }: ModelInfo): string | undefined {
  if (retired !== undefined) {
    return successor === undefined
      ? l10n.t('retired {0}', retired)
      : l10n.t('retired {0}, try {1}', retired, successor);
  }
  return contextTokens === undefined ? undefined : `${Math.round(contextTokens / 1024)}K`;
}
