/** Checks that a connection's address is valid, fits its protocol, and is safe for a key. */

import { l10n } from 'vscode';
import { trimTrailing } from '../../base/common/trimTrailing.ts';
import { isVendorAddress } from '../../connections/host/connections.ts';
import { dashScopeHosts, isDashScopeRegion } from '../../providers/dashscope/dashscopeRegions.ts';
import { isLoopback } from '../../providers/http/noProxy.ts';
import { findProvider } from '../../providers/registry.ts';
import { type Check, type Finding, ok, problem, warning } from './check.ts';
import { addressStep } from './steps.ts';
import { showAddress, type Target } from './target.ts';

export function addressCheck(target: Target): Check {
  return { title: l10n.t('Address and region'), run: async () => judge(target) };
}

function judge({ profile, url, address, secrets }: Target): Finding {
  const { provider, region, baseUrl } = profile;
  const correct = (text: string) => addressStep(text, profile);
  if (!url) {
    const text =
      address === '' ? l10n.t('No address is set.') : l10n.t('The base URL is no http or https address.');
    return problem(text, correct(l10n.t('Correct the base URL.')));
  }
  const shown = showAddress(url);
  if (region !== undefined && !isDashScopeRegion(region) && !baseUrl) {
    const step = correct(l10n.t('Choose one of: {0}.', Object.keys(dashScopeHosts).join(', ')));
    return problem(l10n.t('There is no such region; Beijing is used.'), step);
  }
  const hasKey = Object.values(secrets).some(Boolean);
  if (url.protocol === 'http:' && hasKey && !isLoopback(url)) {
    return warning(
      l10n.t('{0} is not encrypted: others on the way can read the key.', shown),
      correct(l10n.t('Use an https address.')),
    );
  }
  // Azure addresses have an `api-version` parameter.
  const parameters = [...url.searchParams.keys()].filter((name) => name !== 'api-version');
  if (parameters.length > 0 || url.username !== '' || url.password !== '') {
    return warning(
      l10n.t('The base URL holds a user, a password or parameters, which settings show to everybody.'),
      correct(l10n.t('Leave the address alone in the base URL, and set the key with “Set API Key”.')),
    );
  }
  const { addsPath, vendor } = findProvider(provider);
  if (addsPath?.(trimTrailing(url.pathname, '/'))) {
    const strange = l10n.t('this connection adds the path itself, so it must not stand in the base URL.');
    return warning(`${shown}: ${strange}`, correct(l10n.t('Correct the base URL.')));
  }
  const known = Object.entries(dashScopeHosts).find(([, host]) => host === url.origin)?.[0];
  if (known) return ok(l10n.t('{0}, region “{1}”. A key works in its own region only.', shown, known));
  if (vendor && !isVendorAddress(address) && !isLoopback(url)) {
    const text = l10n.t('{0} is not an address of the platform itself.', shown);
    const step = l10n.t(
      'This is right for a gateway or a private address; otherwise leave the base URL empty.',
    );
    return warning(text, correct(step));
  }
  return ok(shown);
}
