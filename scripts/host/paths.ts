// The paths of this repository and of the cache folder for downloads.
import path from 'node:path';

/** The repository's root. */
export const repository = path.resolve(import.meta.dirname, '../..');

/** Downloaded hosts, browsers and the demo's profile. Safe to delete; set QIAO_TEST_CACHE to share it between clones. */
export const cacheFolder = process.env.QIAO_TEST_CACHE ?? path.join(repository, '.vscode-test');

/** A small project; tests and the demo work on a copy of it. */
export const sampleWorkspace = path.join(repository, 'scripts/sample-workspace');
