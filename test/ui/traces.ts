// What was really written, run and reached while a test was at work: bytes on the disk, processes, connections.
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

/** Everything below the folder: kind, mode and bytes of each file, folder and link, by its path. */
export async function bytesOf(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of ['', ...(await readdir(folder, { recursive: true }))].sort()) {
    const file = path.join(folder, name);
    const stat = await lstat(file);
    const content = stat.isFile()
      ? (await readFile(file)).toString('base64')
      : stat.isSymbolicLink()
        ? await readlink(file)
        : '';
    found[name] = `${stat.mode.toString(8)} ${content}`;
  }
  return found;
}

/** Command lines of processes that work in the folder: shells of terminals and tasks do. Only Linux tells. */
export async function processesIn(folder: string): Promise<string[]> {
  const ids = process.platform === 'linux' ? await readdir('/proc') : [];
  const commands = await Promise.all(
    ids.map(async (id) => {
      try {
        const cwd = await readlink(`/proc/${id}/cwd`);
        const isInside = cwd === folder || cwd.startsWith(`${folder}/`);
        return isInside ? [(await readFile(`/proc/${id}/cmdline`, 'utf8')).replaceAll('\0', ' ')] : [];
      } catch {
        // Not a process, another user's, or over.
        return [];
      }
    }),
  );
  return commands.flat();
}

export interface Sink {
  /** `127.0.0.1:…` */
  readonly host: string;
  /** How often anything connected to it, whatever it said. */
  readonly connections: number;
  dispose(): void;
}

/** An attacker's server: whoever connects has been led there. */
export async function startSink(): Promise<Sink> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    dispose: () => server.close(),
  };
}
