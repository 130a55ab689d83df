// Builds the address of a window in a VS Code Server.
import { pathToFileURL } from 'node:url';
import type { ServerProcess } from './serverProcess.ts';

export interface WindowOptions {
  readonly folder: string;
  /** Extensions to run from source. They need a server with the test driver on. */
  readonly developmentPaths?: readonly string[];
  /** The module whose `run()` holds the tests. */
  readonly testsPath?: string;
}

/**
 * It holds the server's token, which becomes a cookie (`guard.ts`). Open it by 127.0.0.1: webviews need a service worker, which
 * browsers allow only there or over https.
 */
export function windowUrl(
  { port, token }: Pick<ServerProcess, 'port' | 'token'>,
  { folder, developmentPaths = [], testsPath }: WindowOptions,
): string {
  const remote = (file: string) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(file).pathname}`;
  const payload = [
    ...developmentPaths.map((file) => ['extensionDevelopmentPath', remote(file)]),
    ...(testsPath ? [['extensionTestsPath', remote(testsPath)]] : []),
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const query = new URLSearchParams({
    folder: decodeURI(pathToFileURL(folder).pathname),
    payload: JSON.stringify(payload),
    tkn: token,
  });
  return `http://127.0.0.1:${port}/?${query}`;
}
