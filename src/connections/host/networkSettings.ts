/** Converts VS Code's proxy settings and the proxy environment variables into network options. */

import type { NetworkOptions } from '../../providers/connection.ts';

/** Unvalidated values of the settings `http.*`. */
export interface HttpSettings {
  proxy?: unknown;
  proxySupport?: unknown;
  proxyAuthorization?: unknown;
  proxyStrictSSL?: unknown;
  noProxy?: unknown;
}

/**
 * Settings come before variables, and `http.noProxy` takes the place of NO_PROXY, as in VS Code itself. All providers
 * but those on this machine speak HTTPS, so HTTPS_PROXY comes before HTTP_PROXY and ALL_PROXY; small letters count as
 * well. SOCKS proxies among the variables are ignored.
 *
 * `proxySupport: 'off'` means that extensions use no proxy; certificates are still checked as set.
 */
export function toNetworkOptions(settings: HttpSettings, environment: NodeJS.ProcessEnv): NetworkOptions {
  const strictSsl = settings.proxyStrictSSL !== false;
  if (settings.proxySupport === 'off') return { strictSsl };
  const variable = (name: string): string => text(environment[name.toLowerCase()] ?? environment[name]);
  const proxies = [variable('HTTPS_PROXY'), variable('HTTP_PROXY'), variable('ALL_PROXY')];
  const proxyUrl = text(settings.proxy) || proxies.find((url) => url !== '' && !/^socks/i.test(url));
  if (!proxyUrl) return { strictSsl };
  const hosts = Array.isArray(settings.noProxy) ? settings.noProxy.map(text).filter(Boolean) : [];
  return {
    strictSsl,
    proxyUrl,
    proxyAuthorization: text(settings.proxyAuthorization) || undefined,
    noProxy: hosts.length > 0 ? hosts.join(',') : variable('NO_PROXY'),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
