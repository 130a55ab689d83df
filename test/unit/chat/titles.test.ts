import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toFileName } from '../../../src/base/common/fileName.ts';
import { findHidden } from '../../../src/base/common/hiddenText.ts';
import { proposeTitle, titleOf } from '../../../src/chat/common/conversationTitle.ts';

const hidden = '\u202e\u{e0072}\u{e006d}\u3164\ufe0f\u2800';

describe('titles', () => {
  it('hold no hidden characters, whoever gave them', () => {
    assert.equal(titleOf({ title: `Tax${hidden} 税率`, turns: [] }), 'Tax 税率');
    assert.equal(titleOf({ title: hidden, turns: [] }), '');
    assert.equal(proposeTitle(`${hidden}\n# ${hidden}Why ${hidden}👩‍💻?`), 'Why 👩‍💻?');
  });

  it('become names that every file system takes', () => {
    assert.equal(toFileName(`a/b: c${hidden}?`), 'a b c');
    assert.equal(toFileName('..'), 'qiao');
    assert.equal(toFileName(hidden), 'qiao');
    assert.equal(toFileName('👍'.repeat(100)).length, 120);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = toFileName(title);
        assert.ok(name !== '' && name.length <= 120);
        assert.doesNotMatch(name, /[\p{Cc}\\/:*?"<>|]|^[.\s]|[.\s]$/u);
        assert.deepEqual(findHidden(name), []);
      }),
    );
  });
});
