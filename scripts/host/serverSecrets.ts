// Writes the server's token and encryption key to files that only this user can read.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface ServerSecrets {
  /** 64 hexadecimal digits, others at each start. */
  readonly token: string;
  /** Holds the token. A command line would show it to every user of this machine. */
  readonly tokenFile: string;
  /** 32 bytes, the same at each start: with another key VS Code could not read the secrets it kept. */
  readonly secretKeyFile: string;
}

/** Makes the folder, or makes it this user's alone, and puts the secrets of the next start into it. */
export async function writeServerSecrets(userDataFolder: string): Promise<ServerSecrets> {
  await makePrivateFolder(userDataFolder);
  const token = randomBytes(32).toString('hex');
  const tokenFile = path.join(userDataFolder, 'connection-token');
  // A file that is there keeps its mode.
  await rm(tokenFile, { force: true });
  await writeFile(tokenFile, token, { mode: 0o600, flag: 'wx' });

  const secretKeyFile = path.join(userDataFolder, 'serve-web-key-half');
  await writeFile(secretKeyFile, randomBytes(32), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  await chmod(secretKeyFile, 0o600);
  return { token, tokenFile, secretKeyFile };
}

/**
 * A folder for the sockets of a VS Code with this user data, for this user alone. A socket's path may have only about 100
 * characters. `remove` takes it away where it is not inside the user data.
 */
export async function makeSocketFolder(
  userDataFolder: string,
): Promise<{ folder: string; remove(): Promise<void> }> {
  const near = path.join(userDataFolder, 't');
  const stays = async () => {};
  if (near.length < 60) {
    await makePrivateFolder(near);
    return { folder: near, remove: stays };
  }
  // macOS and Windows give each user a temporary folder of their own.
  if (process.platform !== 'linux') return { folder: os.tmpdir(), remove: stays };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // One from an earlier version may be open to all. Windows knows no modes: a user's folders are theirs there.
  await chmod(folder, 0o700);
}
