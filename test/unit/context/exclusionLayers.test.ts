import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinExclusions } from '../../../src/context/host/exclusionLayers.ts';
import { compileGlobs } from '../../../src/context/host/globs.ts';

describe('exclusions of several scopes', () => {
  const user = { defaultValue: { '**/.git': true }, globalValue: { '**/secret': true, '**/kept': false } };

  it('are added to by a workspace, never lifted', () => {
    const joined = joinExclusions({
      ...user,
      workspaceValue: { '**/secret': false, '**/.git': { when: '$(basename).never' }, '**/more': true },
      workspaceFolderValue: { '**/secret': null, '**/.git': false, '**/kept': true },
    });
    assert.deepEqual(joined, { '**/.git': true, '**/secret': true, '**/more': true, '**/kept': true });
  });

  it('are lifted by the user', () => {
    const joined = joinExclusions({ defaultValue: { a: true, b: true }, globalValue: { a: false } });
    assert.deepEqual(joined, { b: true });
  });

  it('may be taken back by a folder where its own workspace set them', () => {
    assert.deepEqual(joinExclusions({ workspaceValue: { a: true }, workspaceFolderValue: { a: false } }), {});
  });

  it('hold back at least what the user’s own do, whatever a workspace says', () => {
    const globs = fc.dictionary(
      fc.constantFrom('**/secret', '**/.git', '**/kept', '__proto__', 'constructor'),
      fc.oneof(fc.boolean(), fc.constant(null), fc.constant({ when: 'x' }), fc.string()),
    );
    const value = fc.oneof(globs, fc.anything());
    const alone = compileGlobs(joinExclusions(user));
    const paths = ['a/secret', '.git/config', 'a/kept', 'b.ts'];
    fc.assert(
      fc.property(value, value, (workspaceValue, workspaceFolderValue) => {
        const test = compileGlobs(joinExclusions({ ...user, workspaceValue, workspaceFolderValue }));
        for (const path of paths) assert.ok(test(path) || !alone(path), path);
      }),
    );
    assert.equal(alone('a/secret'), true);
    assert.equal(alone('a/kept'), false);
  });
});
