/** Checks whether requests of a connection use a proxy, and whether the proxy works. */

import { l10n } from 'vscode';
import { explainError } from '../../errors/host/errorTexts.ts';
import { readProxyAddress } from '../../providers/http/dispatchers.ts';
import { errorCode, ProxyFault } from '../../providers/http/networkFaults.ts';
import { type Check, type Finding, ok, problem, skipped, stop } from './check.ts';
import { connectTcp } from './connectTcp.ts';
import { connectionsStep, settingStep } from './steps.ts';
import { hostOf, portOf, type Target } from './target.ts';

/** `source`: where VS Code's proxy is set, in the user's language. A connection may have its own proxy. */
export function proxyCheck(target: Target, source: string): Check {
  const { url, network, proxied, profile } = target;
  const from = profile.proxy === undefined ? source : l10n.t('the connection’s own setting');
  return {
    title: l10n.t('Proxy'),
    async run(signal) {
      if (!url) return skipped(l10n.t('There is no address to check.'));
      if (!network.proxyUrl) return ok(l10n.t('No proxy is set: requests go out directly.'));
      if (!proxied) return ok(l10n.t('A proxy is set, but this host is reached directly.'));
      try {
        const proxy = new URL(readProxyAddress(network.proxyUrl));
        await connectTcp(hostOf(proxy), portOf(proxy), signal);
        const outcome = await target.exchange(signal);
        const { code, cause } = outcome.type === 'failed' ? outcome.error : {};
        if (code?.startsWith('proxy-')) return refused(target, code, cause);
        return ok(l10n.t('Requests go through {0}, from {1}.', proxy.host, from));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ProxyFault) return refused(target, error.code, error);
        const text = l10n.t(
          'The proxy itself cannot be reached ({0}); it comes from {1}.',
          errorCode(error) ?? '',
          from,
        );
        return problem(
          text,
          proxyStep(target, l10n.t('Check the proxy’s host and port, and that it is running.')),
        );
      }
    },
  };
}

function refused(target: Target, code: string, cause: unknown): Finding {
  const { title, advice } = explainError({ kind: 'network', code, message: '', providerId: '' });
  const status = cause instanceof ProxyFault && cause.status !== undefined ? ` (${cause.status})` : '';
  return problem(stop(`${title}${status}`), proxyStep(target, advice));
}

function proxyStep({ profile }: Target, text: string) {
  return profile.proxy === undefined ? settingStep(text, 'http.proxy') : connectionsStep(text);
}
