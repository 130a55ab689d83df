// The versions of VS Code that Qiao is tested on.

/**
 * code-server 4.X.Y carries VS Code 1.X.Y. Each release runs on one Node major only (the `engines` of its
 * manifest); with another it may say that it listens and then fail on the first page.
 */
export interface HostVersion {
  readonly codeServer: string;
  readonly node: string;
}

/** `oldest` follows `engines.vscode` in package.json. */
export const hostVersions = {
  current: { codeServer: '4.139.1', node: '24.21.0' },
  oldest: { codeServer: '4.104.0', node: '22.23.3' },
} as const satisfies Record<string, HostVersion>;

export type HostName = keyof typeof hostVersions;

/** The host asked for with TEST_HOST_VERSION; throws on a name that is none. */
export function requestedHost(): HostName {
  const name = process.env.TEST_HOST_VERSION ?? 'current';
  if (name === 'current' || name === 'oldest') return name;
  throw new Error(`TEST_HOST_VERSION is "${name}"; it can be "current" or "oldest".`);
}

/** The VS Code version inside, e.g. `1.139.1`. */
export function vscodeVersion(host: HostName): string {
  return hostVersions[host].codeServer.replace(/^4/, '1');
}
