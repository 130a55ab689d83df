// Downloads the desktop VS Code for tests, if it is available for this system.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { type HostName, vscodeVersion } from './hostVersions.ts';
import { cacheFolder } from './paths.ts';

/** `auto` takes the desktop where there is a screen and the download works; `desktop` and `server` insist. */
export type HostKind = 'auto' | 'desktop' | 'server';

/**
 * The desktop VS Code's program: VSCODE_PATH, or a download (about 150 MB, once) into the cache folder.
 * `undefined` means: use the server. Throws where the desktop is insisted on and cannot be had.
 */
export async function findDesktop(kind: HostKind, host: HostName): Promise<string | undefined> {
  if (kind === 'server') return undefined;
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  if (kind === 'auto' && !hasScreen()) return undefined;
  try {
    return await downloadAndUnzipVSCode({
      version: host === 'oldest' ? vscodeVersion(host) : 'stable',
      cachePath: cacheFolder,
      timeout: 15_000,
    });
  } catch (error) {
    if (kind === 'desktop') throw error;
    console.error(`Desktop VS Code cannot be downloaded here (${reason(error)}); using VS Code Server.`);
    return undefined;
  }
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
