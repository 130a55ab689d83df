/** Places in files that an answer names are links, where the files are there. */

import assert from 'node:assert/strict';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import { snapshot, turn } from './samples.ts';
import { usePanel } from './usePanel.ts';

const answer = [
  'See `src/cart.ts:12`, src/cart.ts:3-5 and `lib/gone.ts`; `Node.js` and `and/or` are none.',
  '',
  '[The total](src/cart.ts#L10-L20), [lib/other.ts](src/cart.ts), [out](../secret.ts), [web](https://example.com).',
  '',
  '```ts',
  '// src/cart.ts:1',
  '```',
].join('\n');

describe('files that an answer names', () => {
  const panel = usePanel();
  const links = () =>
    panel.page
      .locator('.answer-text [data-file]')
      .evaluateAll((all) =>
        all.map((link) => `${link.tagName} ${link.textContent} → ${link.getAttribute('data-file')}`),
      );

  async function open(): Promise<void> {
    await panel.open();
    await panel.send(snapshot({ turns: [turn('t1', { text: answer })] }));
    await panel.settle();
  }
  const found: HostMessage = {
    type: 'files-found',
    asked: ['src/cart.ts:12', 'lib/gone.ts', 'src/cart.ts:3-5'],
    there: ['src/cart.ts:12', 'src/cart.ts:3-5'],
  };

  it('are asked about once, and become links when they are there', async () => {
    await open();
    assert.deepEqual(
      (await panel.postedOf('files-resolve')).map((message) =>
        message.type === 'files-resolve' ? [...message.references].sort() : [],
      ),
      [['and/or', 'lib/gone.ts', 'src/cart.ts:12', 'src/cart.ts:3-5'].filter((name) => name !== 'and/or')],
    );
    assert.deepEqual(await links(), ['A The total → src/cart.ts:10-20', 'A lib/other.ts → src/cart.ts']);
    await panel.send(found);
    assert.deepEqual(await links(), [
      'CODE src/cart.ts:12 → src/cart.ts:12',
      'A src/cart.ts:3-5 → src/cart.ts:3-5',
      'A The total → src/cart.ts:10-20',
      'A lib/other.ts → src/cart.ts',
    ]);
    // Words that name another file do not hide where the link leads.
    assert.match(
      (await panel.page.locator('.answer-text').textContent()) ?? '',
      /lib\/other\.ts \(src\/cart\.ts\)/,
    );
    await panel.send(found);
    assert.equal((await links()).length, 4);
  });

  it('open by a click, by Enter, and not by a selection', async () => {
    await open();
    await panel.send(found);
    const { page } = panel;
    await page.getByRole('link', { name: 'src/cart.ts:12' }).click();
    await page.getByRole('link', { name: 'The total' }).press('Enter');
    await page.getByRole('link', { name: 'src/cart.ts:3-5' }).click({ button: 'middle' });
    assert.deepEqual(
      (await panel.postedOf('file-open')).map((message) => message.type === 'file-open' && message.reference),
      ['src/cart.ts:12', 'src/cart.ts:10-20', 'src/cart.ts:3-5'],
    );
    assert.deepEqual(await panel.postedOf('link-open'), []);
  });
});
