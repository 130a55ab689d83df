// Runs a server module in this process, guarded. Exits when stdin closes, which means that the parent process ended.
// Usage: node launcher.ts <token file> <secret key file> <server module> [its arguments]
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { guardServers } from './guard.ts';

const [, , tokenFile, secretKeyFile, serverModule, ...serverArguments] = process.argv;
if (!tokenFile || !secretKeyFile || !serverModule)
  throw new Error('Usage: node launcher.ts <token file> <secret key file> <server module> [its arguments]');

process.stdin.resume().once('close', endGroup);
guardServers({ token: readFileSync(tokenFile, 'utf8'), secretKey: readFileSync(secretKeyFile) });
process.argv.splice(1, process.argv.length, serverModule, ...serverArguments);
await import(pathToFileURL(serverModule).href);

/** We lead a process group of our own: extension hosts, file watchers and terminals' shells are in it. */
function endGroup(): void {
  if (process.platform === 'win32') process.exit(0);
  process.on('SIGTERM', () => {});
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 1500);
}
