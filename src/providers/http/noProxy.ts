/** Decides which hosts are reached without the proxy. */

import { BlockList, isIP } from 'node:net';

/**
 * Reads `list` like the variable NO_PROXY: entries separated by commas or blanks; a host name includes its
 * subdomains, with or without a leading `.` or `*.`; `:port` limits an entry to that port; addresses may be ranges
 * (`10.0.0.0/8`); `*` is every host. Names are not resolved.
 *
 * Loopback addresses always bypass the proxy, unless the list contains `<-loopback>`, as in Chromium.
 */
export function bypassesProxy(url: URL, list = ''): boolean {
  const host = bare(url.hostname.toLowerCase());
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const entries = list
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (isLoopback(url) && !entries.includes('<-loopback>')) return true;
  return entries.some((entry) => matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, onlyPort] = isIP(entry) ? [] : (/^(.+):(\d+)$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const family = familyOf(host);
  const [, network = '', prefix] = /^(.+)\/(\d+)$/.exec(name) ?? [];
  if (prefix !== undefined) return family !== undefined && inRange(host, bare(network), Number(prefix));
  const suffix = bare(name.replace(/^\*?\./, ''));
  return host === suffix || (family === undefined && host.endsWith(`.${suffix}`));
}

function inRange(host: string, network: string, prefix: number): boolean {
  const family = familyOf(network);
  if (!family || prefix > (family === 'ipv4' ? 32 : 128)) return false;
  const range = new BlockList();
  range.addSubnet(network, prefix, family);
  return range.check(host, familyOf(host));
}

/** Whether the host is this machine: `localhost` and its subdomains (RFC 6761), 127.0.0.0/8, ::1. */
export function isLoopback({ hostname }: URL): boolean {
  const host = bare(hostname.toLowerCase().replace(/\.$/, ''));
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || inRange(host, '127.0.0.0', 8)
  );
}

function familyOf(host: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(host);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

/** Removes the brackets around IPv6 addresses in URLs. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
