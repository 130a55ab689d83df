// Runs a server module in this process, and ends with the process that started us: then our stdin closes.
// Usage: node launcher.ts <server module> [its arguments]
import { pathToFileURL } from 'node:url';

const [, , serverModule, ...serverArguments] = process.argv;
if (!serverModule) throw new Error('Usage: node launcher.ts <server module> [its arguments]');

process.stdin.resume().once('close', endGroup);
process.argv.splice(1, process.argv.length, serverModule, ...serverArguments);
await import(pathToFileURL(serverModule).href);

/** We lead a process group of our own: extension hosts, file watchers and terminals' shells are in it. */
function endGroup(): void {
  if (process.platform === 'win32') process.exit(0);
  process.on('SIGTERM', () => {});
  process.kill(-process.pid, 'SIGTERM');
  setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 1500);
}
