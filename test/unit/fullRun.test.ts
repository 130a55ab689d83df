/** The long form of a test runs when what it tests has changed, and else only where it is asked for. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { hasChanged } from '../support/fullRun.ts';
import { runGit } from '../support/git.ts';

describe('a change of what is tested', () => {
  let scratch: string;
  let folder: string;
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  const commit = (file: string, text: string): void => {
    write(file, text);
    runGit(folder, ['add', '.'], ['commit', '-q', '-m', file]);
  };
  const changed = (...paths: readonly string[]): boolean => hasChanged(paths, folder);

  beforeEach(() => {
    scratch = mkdtempSync(path.join(os.tmpdir(), 'qiao-full-'));
    folder = path.join(scratch, 'work');
    mkdirSync(path.join(folder, 'src'), { recursive: true });
    runGit(folder, ['init', '-q']);
    commit('src/a.ts', '1');
    commit('b.ts', '1');
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));

  it('is one of the last commit, not one before', () => {
    assert.deepEqual([changed('src'), changed('b.ts'), changed('src', 'b.ts')], [false, true, true]);
  });

  it('is one that is not committed yet, of a new file too', () => {
    write('src/a.ts', '2');
    assert.equal(changed('src/a.ts'), true);
    runGit(folder, ['checkout', '-q', 'src']);
    assert.equal(changed('src'), false);
    write('src/new.ts', '1');
    assert.equal(changed('src'), true);
  });

  it('is one of any commit that the upstream does not have', () => {
    runGit(scratch, ['clone', '-q', '--bare', 'work', 'upstream']);
    runGit(
      folder,
      ['remote', 'add', 'origin', '../upstream'],
      ['fetch', '-q', 'origin'],
      ['branch', '-q', '--set-upstream-to=origin/main'],
    );
    commit('src/a.ts', '2');
    commit('b.ts', '2');
    assert.equal(changed('src'), true);
    runGit(folder, ['push', '-q', 'origin', 'main']);
    assert.equal(changed('src'), false);
  });

  it('is none without a commit before, or without Git', () => {
    runGit(scratch, ['clone', '-q', '--depth=1', pathToFileURL(folder).href, 'shallow']);
    assert.equal(hasChanged(['b.ts'], path.join(scratch, 'shallow')), false);
    rmSync(path.join(folder, '.git'), { recursive: true });
    assert.equal(changed('b.ts'), false);
  });
});
