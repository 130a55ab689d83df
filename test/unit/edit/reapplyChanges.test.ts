import assert from 'node:assert/strict';
import { reapplyChanges } from '../../../src/edit/common/reapplyChanges.ts';

describe('changes carried over to a later version', () => {
  const before = 'a\nb\nc\nd\ne\nf\n';
  const after = 'a\nb\nC 你好\nd\ne\nf\n';

  it('are made where the lines have moved to, with the line ends there', () => {
    assert.equal(reapplyChanges({ before, after }, `new\n${before}`), `new\n${after}`);
    assert.equal(
      reapplyChanges({ before, after }, before.replaceAll('\n', '\r\n')),
      after.replaceAll('\n', '\r\n'),
    );
    assert.equal(reapplyChanges({ before: 'a', after: 'b' }, 'a'), 'b');
    assert.equal(reapplyChanges({ before, after: before }, 'anything'), 'anything');
  });

  it('are not made where the lines are others', () => {
    assert.equal(reapplyChanges({ before, after }, 'a\nb\nmine\nd\ne\nf\n'), undefined);
  });
});
