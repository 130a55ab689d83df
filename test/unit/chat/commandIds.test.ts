import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commandIds } from '../../../src/base/host/commandIds.ts';

const root = path.join(import.meta.dirname, '../../..');
const ids: readonly string[] = Object.values(commandIds).flat();

describe('the list of commands', () => {
  it('names each once, so that no two features claim one', () => {
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it('holds every command that the manifest contributes', () => {
    const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const contributed: string[] = contributes.commands.map(({ command }: { command: string }) => command);
    assert.ok(contributed.length > 50);
    assert.deepEqual(
      contributed.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('has one handler for each', () => {
    const sources = globSync('src/**/*Feature.ts', { cwd: root }).map((file) =>
      readFileSync(path.join(root, file), 'utf8'),
    );
    const handled = sources.flatMap((text) =>
      [...text.matchAll(/^ +'(qiao\.\w+)': /gm)].map((match) => match[1] ?? ''),
    );
    assert.deepEqual(handled.toSorted(), ids.toSorted());
  });
});
