/** Decides which hosts are reached directly although a proxy is set. */

import { BlockList, isIP } from 'node:net';

/**
 * Reads `list` as the variable NO_PROXY is read by most programs: entries parted by commas or blanks; a host name
 * stands for its subdomains too, with or without `.` or `*.` before it; `:port` limits an entry to that port;
 * addresses may be ranges (`10.0.0.0/8`); `*` is every host. Names are not looked up.
 *
 * This machine itself is always reached directly, unless the list holds `<-loopback>`, the word that Chromium uses.
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

/** Whether it is this machine itself: `localhost` and names below it (RFC 6761), 127.0.0.0/8, ::1. */
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

/** Addresses of version 6 stand in brackets inside a URL. */
function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
