// Opens an address in the user's default browser.
import { spawn } from 'node:child_process';
import { findProgram } from './findProgram.ts';

/** Tries, and says nothing where there is no browser: the address is on the terminal anyway. */
export function openPage(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[String(process.platform)] ?? 'xdg-open';
  if (!findProgram(opener)) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
