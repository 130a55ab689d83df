/** Checks whether a server accepts TCP connections at a connection's address. */

import { l10n } from 'vscode';
import { errorCode } from '../../providers/http/networkFaults.ts';
import { isLoopback } from '../../providers/http/noProxy.ts';
import { type Check, ok, problem, skipped } from './check.ts';
import { connectTcp } from './connectTcp.ts';
import { addressStep } from './steps.ts';
import { hostOf, portOf, type Target } from './target.ts';

export function serverCheck({ url, proxied, profile }: Target): Check {
  return {
    title: l10n.t('Connection (TCP)'),
    async run(signal) {
      if (!url) return skipped(l10n.t('There is no address to check.'));
      if (proxied) return skipped(l10n.t('The proxy opens the connection.'));
      const where = `${url.hostname}:${portOf(url)}`;
      try {
        const ms = await connectTcp(hostOf(url), portOf(url), signal);
        return ok(l10n.t('{0} accepts connections ({1} ms).', where, ms));
      } catch (error) {
        signal.throwIfAborted();
        const code = errorCode(error) ?? '';
        if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return skipped(l10n.t('The name has no address.'));
        if (code === 'ECONNREFUSED') {
          const text = l10n.t('Nobody listens at {0} ({1}).', where, code);
          if (profile.provider === 'ollama')
            return problem(text, {
              text: l10n.t('Start Ollama on the computer where Qiao runs (“ollama serve”).'),
            });
          return problem(
            text,
            isLoopback(url)
              ? addressStep(l10n.t('Start the server, or correct the port in the base URL.'), profile)
              : { text: l10n.t('Check the port in the base URL, and whether a firewall stands in between.') },
          );
        }
        const text = l10n.t('{0} cannot be reached ({1}).', where, code);
        return problem(text, {
          text: l10n.t('Check the network, the firewall and the VPN, or set a proxy.'),
        });
      }
    },
  };
}
