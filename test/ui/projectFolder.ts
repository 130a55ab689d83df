// The folder that a window shows, as each test finds it.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleWorkspace } from '../../scripts/host/paths.ts';

/** Empties the folder and fills it with these files by name, or else with the sample project that the demo shows. */
export async function fillFolder(
  folder: string,
  files: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  for (const name of await readdir(folder)) {
    await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
  if (!files) return cp(sampleWorkspace, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
