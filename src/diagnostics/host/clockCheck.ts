/** Compares this computer's clock with the server's, since signatures and certificates depend on the time. */

import { l10n } from 'vscode';
import { findProvider } from '../../providers/registry.ts';
import { type Check, ok, problem, skipped, warning } from './check.ts';
import type { Target } from './target.ts';

/** Seconds. Baidu accepts signatures up to half an hour old; it may reject signatures from the future earlier. */
const limits = { warning: 60, problem: 300 };

export function clockCheck({ profile, exchange }: Target): Check {
  return {
    title: l10n.t('Clock'),
    async run(signal) {
      const outcome = await exchange(signal);
      if (outcome.type !== 'answered') return skipped(l10n.t('The server could not be asked for its time.'));
      const seconds = clockSkew(outcome.date, outcome.sentAt, outcome.answeredAt);
      if (seconds === undefined) return skipped(l10n.t('The server does not tell its time.'));
      const size = Math.abs(seconds);
      if (size <= limits.warning) return ok(l10n.t('It agrees with the server’s.'));
      const span = size < 600 ? l10n.t('{0} seconds', size) : l10n.t('{0} minutes', Math.round(size / 60));
      const text =
        seconds > 0
          ? l10n.t('This computer’s clock is ahead of the server’s by {0}.', span)
          : l10n.t('This computer’s clock is behind the server’s by {0}.', span);
      const signed = findProvider(profile.provider).signs?.(profile) ?? false;
      const next = {
        text: signed
          ? l10n.t(
              'Set the clock, best by network time: requests of this connection are signed with the time and refused when it is wrong.',
            )
          : l10n.t('Set the clock, best by network time: a wrong one breaks signatures and certificates.'),
      };
      return size > limits.problem || signed ? problem(text, next) : warning(text, next);
    },
  };
}

/**
 * The minimum clock skew in whole seconds; positive if this computer is ahead. The server wrote `date`, which has no
 * fractions of seconds, between `sentAt` and `answeredAt` (milliseconds). `undefined` for an invalid date.
 */
export function clockSkew(date: string | undefined, sentAt: number, answeredAt: number): number | undefined {
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return undefined;
  const ahead = sentAt - (told + 999);
  const behind = answeredAt - told;
  return Math.trunc((ahead > 0 ? ahead : Math.min(behind, 0)) / 1000) || 0;
}
