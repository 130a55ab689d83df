/** What the panel shows of tokens, money and limits, and how it offers another model. */

import assert from 'node:assert/strict';
import { accessibilityViolations } from './accessibility.ts';
import { composer, conversation, snapshot, turn, windowOf } from './samples.ts';
import { usePanel } from './usePanel.ts';

const usage = { inputTokens: 212, outputTokens: 1024, totalTokens: 1236 };

describe('tokens and money in the panel', () => {
  const panel = usePanel();

  it('stand below the answer, with the details behind them; an unknown cost is no number', async () => {
    const { send, page } = await panel.open();
    const usageDetails = '212 tokens in, 1,024 out\nCost: ¥0.0123';
    const priced = turn('a', { outcome: { status: 'done', usage, cost: '¥0.0123', usageDetails } });
    const unknown = turn('b', {
      outcome: { status: 'done', usage, usageDetails: '212 tokens in, 1,024 out\nCost: unknown' },
    });
    await send(snapshot({ conversation, ...windowOf([priced, unknown]) }));
    const shown = page.locator('.usage');
    assert.deepEqual(await shown.allTextContents(), ['1,236 tokens · ¥0.0123', '1,236 tokens']);
    assert.equal(await shown.first().getAttribute('title'), usageDetails);
    assert.match((await shown.last().getAttribute('title')) ?? '', /Cost: unknown/);
  });

  it('of the whole conversation stand in the box of the meter', async () => {
    const { send, page } = await panel.open();
    await send(snapshot({ conversation, ...windowOf([turn('a')]) }), {
      type: 'context-change',
      context: {
        tokens: 10,
        exact: true,
        omittedTurns: 0,
        summarising: false,
        spent: 'This chat so far: 1,236 tokens, ¥0.0123.',
      },
    });
    await page.click('.context-button');
    assert.equal(await page.textContent('.context-spent'), 'This chat so far: 1,236 tokens, ¥0.0123.');
  });

  it('an error says what is left, and a missing model is exchanged by its first button', async () => {
    const { send, page } = await panel.open();
    const error = {
      kind: 'model-not-found' as const,
      title: 'The platform does not know this model',
      advice: 'Choose another one.',
      limits: ['The platform asks to wait 12 s', 'Requests left: 0 of 60'],
      actions: ['switch-model', 'retry'] as const,
    };
    await send(
      snapshot({ conversation, ...windowOf([turn('a', { outcome: { status: 'failed', error } })]) }),
    );
    assert.equal(
      await page.textContent('.error-limits'),
      'The platform asks to wait 12 s · Requests left: 0 of 60',
    );
    assert.deepEqual(await accessibilityViolations(page), []);
    await page.locator('.error-card vscode-button').first().click();
    assert.deepEqual(await panel.postedOf('action-run'), [
      { type: 'action-run', action: 'switch-model', turnId: 'a' },
    ]);
  });

  it('an id that the catalog does not know says so where it is chosen', async () => {
    const { send, page } = await panel.open();
    await send(snapshot({ conversation, composer, ...windowOf([]) }));
    await page.click('.model-button');
    await page.fill('#model-filter', 'model-of-tomorrow');
    assert.match((await page.textContent('#model-list')) ?? '', /model-of-tomorrow.*not in the catalog/s);
  });
});
