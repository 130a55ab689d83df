// Finds the extension hosts of a server, for tests that kill them.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Process ids of the extension hosts in this process group, oldest first. Needs `ps`. */
export async function findExtensionHosts(processGroup: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,pgid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => Number(match?.[2]) === processGroup && match?.[3]?.includes('--type=extensionHost'))
    .map((match) => Number(match?.[1]));
}
