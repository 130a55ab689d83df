/** Checks whether DNS resolves the host of a connection. */

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { l10n } from 'vscode';
import { isVendorAddress } from '../../connections/host/connections.ts';
import { errorCode } from '../../providers/http/networkFaults.ts';
import { isLoopback } from '../../providers/http/noProxy.ts';
import { type Check, ok, problem, skipped, warning } from './check.ts';
import { hostOf, type Target } from './target.ts';

export function dnsCheck({ url, proxied, address }: Target): Check {
  return {
    title: l10n.t('Name (DNS)'),
    async run() {
      if (!url) return skipped(l10n.t('There is no address to check.'));
      if (proxied) return skipped(l10n.t('The proxy looks the name up.'));
      const host = hostOf(url);
      if (isIP(host)) return skipped(l10n.t('The address is a number; there is no name to look up.'));
      try {
        const started = performance.now();
        const found = await lookup(host, { all: true });
        const ms = Math.round(performance.now() - started);
        const addresses = found.map((one) => one.address);
        // VPN programs return such fake addresses to recognise connections (RFC 2544's range).
        if (addresses.every((one) => /^198\.1[89]\./.test(one)))
          return ok(l10n.t('A VPN or proxy program on this computer answers for {0} ({1} ms).', host, ms));
        if (isVendorAddress(address) && !isLoopback(url) && addresses.every(isPrivate)) {
          return warning(l10n.t('{0} leads to an address inside this network.', host), {
            text: l10n.t(
              'If your company has no private line to the platform, check DNS settings and the hosts file.',
            ),
          });
        }
        return ok(l10n.t('{0} was found in {1} ms; addresses: {2}.', host, ms, addresses.length));
      } catch (error) {
        const code = errorCode(error) ?? '';
        const text = l10n.t('{0} has no address ({1}).', host, code);
        return problem(text, { text: adviceFor(code, address) });
      }
    },
  };
}

function adviceFor(code: string, address: string): string {
  if (code === 'EAI_AGAIN')
    return l10n.t('The DNS server does not answer: check that this computer is online, and the VPN.');
  return isVendorAddress(address)
    ? l10n.t('Check that this computer is online, then DNS settings and VPN.')
    : l10n.t('Check the spelling of the base URL, that this computer is online, and the VPN.');
}

/** RFC 1918, loopback, link-local, and their IPv6 equivalents. */
function isPrivate(address: string): boolean {
  return /^(10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|0\.0\.0\.0$|::1$|fe80:|f[cd])/i.test(
    address,
  );
}
