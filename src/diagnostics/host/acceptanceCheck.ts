/** Checks whether the platform accepts the key with a free request: a model list or an access token. */

import { l10n } from 'vscode';
import { explainError } from '../../errors/host/errorTexts.ts';
import { ChatError } from '../../llm/chatError.ts';
import { findProtocol, findProvider } from '../../providers/registry.ts';
import { hasSecrets } from '../../providers/secrets/profileSecrets.ts';
import { type Check, type Finding, ok, problem, sentences, skipped, stop, warning } from './check.ts';
import { addressStep, keyStep, testStep } from './steps.ts';
import type { Target } from './target.ts';

const timeouts = { connectMs: 8000, firstByteMs: 9000, idleMs: 3000 };

/** `modelId`: a model for *Test Connection*, if one is known. */
export function acceptanceCheck(target: Target, modelId: string | undefined): Check {
  const { profile, secrets, url } = target;
  return {
    title: l10n.t('Key accepted'),
    async run(signal) {
      if (!url) return skipped(l10n.t('There is no address to check.'));
      if (!hasSecrets(profile, secrets)) return skipped(l10n.t('No key is set.'));
      const outcome = await target.exchange(signal);
      if (outcome.type !== 'answered') return skipped(l10n.t('The server cannot be reached.'));
      try {
        return await askForFree(target, modelId, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ChatError) return judge(target, error, modelId);
        throw error;
      }
    },
  };
}

async function askForFree(
  target: Target,
  modelId: string | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const { profile, secrets, address, network } = target;
  const { headers } = profile;
  const shared = { baseUrl: address, headers, network, timeouts };
  const connection = findProvider(profile.provider).connect(profile, secrets, shared);
  const found = await findProtocol(connection.protocol).probe(connection, signal);
  if (found === undefined) return needsQuestion(target, modelId);
  if (found === 'token') return ok(l10n.t('Yes: the platform gave an access token. No question was asked.'));
  const text = l10n.t('Models listed: {0}. No question was asked.', found.models);
  // Self-hosted servers list their models without a key.
  return Object.values(secrets).some(Boolean) ? ok(sentences(l10n.t('Yes.'), text)) : ok(text);
}

function judge(target: Target, error: ChatError, modelId: string | undefined): Finding {
  const { profile } = target;
  const { kind, status, code } = error;
  const details = [status, code].filter(Boolean).join(' · ');
  const { title, advice } = explainError({ kind, code, status, message: '', providerId: '' });
  const text = stop(`${title}${details ? ` (${details})` : ''}`);
  switch (kind) {
    case 'unauthorized':
      return problem(text, keyStep(advice, profile));
    case 'quota':
      return problem(text, { text: advice });
    case 'rate-limited':
    case 'unavailable':
    case 'timeout':
      return warning(text, { text: advice });
    case 'network':
      return skipped(l10n.t('The server cannot be reached.'));
    default:
      if (code === 'plain-http') return skipped(text, testStep(advice, profile, modelId));
      if (code === 'html-answer' || code === 'redirect') return problem(text, addressStep(advice, profile));
      // Not every server has a model list, so its failure says nothing about the key.
      return needsQuestion(target, modelId);
  }
}

function needsQuestion({ profile }: Target, modelId: string | undefined): Finding {
  return skipped(
    l10n.t('Nothing free tells whether this key is accepted; only a question would.'),
    testStep(
      l10n.t('“Test Connection” asks a question of one word, which may cost a little.'),
      profile,
      modelId,
    ),
  );
}
