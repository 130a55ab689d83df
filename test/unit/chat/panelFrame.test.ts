import assert from 'node:assert/strict';
import { parseHTML } from 'linkedom';
import { panelFrame } from '../../../src/chat/common/panelFrame.ts';

describe('the parts of the panel in its HTML', () => {
  it('hold a field with its texts, whatever characters those have', () => {
    const texts = { placeholder: 'Ask "a" <b>&amp;', label: '<Question>', waiting: '{0} & "more"' };
    const { document } = parseHTML(`<body>${panelFrame(texts)}</body>`);
    const field = document.querySelector('.composer textarea');
    assert.equal(field?.getAttribute('placeholder'), texts.placeholder);
    assert.equal(field?.getAttribute('aria-label'), texts.label);
    assert.equal(document.querySelector('.composer-message')?.getAttribute('data-waiting'), texts.waiting);
    assert.equal(document.querySelector('b'), null);
  });
});
