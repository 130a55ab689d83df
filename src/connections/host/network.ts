/** Reads how VS Code reaches the network. VS Code's own patches reach `node:https` and `fetch`, not undici's sockets. */

import * as vscode from 'vscode';
import type { NetworkOptions } from '../../providers/connection.ts';
import { toNetworkOptions } from './networkSettings.ts';

/** Call it for each request, so that changed settings apply at once. */
export function readNetworkOptions(): NetworkOptions {
  const http = vscode.workspace.getConfiguration('http');
  const network = toNetworkOptions(
    {
      proxy: http.get('proxy'),
      proxySupport: http.get('proxySupport'),
      proxyAuthorization: http.get('proxyAuthorization'),
      proxyStrictSSL: http.get('proxyStrictSSL'),
      noProxy: http.get('noProxy'),
    },
    process.env,
  );
  return { ...network, userAgent: `Qiao/${readVersion()} VSCode/${vscode.version}` };
}

/** Qiao's version from its manifest. */
export function readVersion(): string {
  const manifest: { version?: unknown } = vscode.extensions.getExtension('qiao.qiao')?.packageJSON ?? {};
  return String(manifest.version ?? '?');
}
