import assert from 'node:assert/strict';
import { accessibilityViolations } from './accessibility.ts';
import { inspectMessage, sampleRecord } from './inspectSamples.ts';
import { mainThreadTime } from './mainThread.ts';
import type { OpenOptions } from './panelPage.ts';
import { themesToCheck } from './themes.ts';
import { usePanel } from './usePanel.ts';

const pictures = process.env.INSPECT_PICTURES;

describe('The inspector’s page', () => {
  const panel = usePanel();
  const open = async (options: OpenOptions = {}): Promise<void> => {
    await panel.open({ page: 'inspect.html', width: 900, height: 900, ...options });
  };
  const posted = async (type: string) =>
    (
      (await panel.posted()) as unknown as { type: string; text?: string; body?: string; number?: number }[]
    ).filter((message) => message.type === type);

  it('asks for its content, and shows both sides of the exchange', async () => {
    await open();
    assert.equal((await posted('ready')).length, 1);
    await panel.send(inspectMessage([sampleRecord(30)]));
    const text = (await panel.page.locator('main').textContent()) ?? '';
    for (const wanted of [
      'POST https://dashscope',
      'authorization: Bearer ***',
      '"temperature": 0.7',
      'x-request-id: r-1',
    ])
      assert.ok(text.includes(wanted), wanted);
    assert.equal(
      await panel.page.locator('.events [role=option]').first().getAttribute('aria-setsize'),
      '30',
    );
    await panel.page.locator('.attempt').first().click();
    assert.match((await panel.page.locator('.response').textContent()) ?? '', /ServiceUnavailable/);
  });

  it('goes through 20,000 events with the keyboard, with few of them in the page', async () => {
    await open();
    const rows = panel.page.locator('.events .rows');
    const milliseconds = await mainThreadTime(panel, async () => {
      await panel.send(inspectMessage([sampleRecord(20_000)]));
      await rows.focus();
      await rows.press('End');
    });
    assert.ok(milliseconds < 2500, `${milliseconds} ms`);
    assert.match((await panel.page.locator('.events .detail').textContent()) ?? '', /word 19999 /);
    assert.ok((await panel.page.locator('.events [role=option]').count()) < 60);
    const active = await rows.getAttribute('aria-activedescendant');
    assert.equal(await panel.page.locator(`[id="${active}"]`).getAttribute('aria-posinset'), '20000');
    await rows.press('ArrowUp');
    assert.match((await panel.page.locator('.events .detail').textContent()) ?? '', /word 19998 /);
  });

  it('marks events and members that were passed over', async () => {
    await open();
    const record = sampleRecord(1);
    const odd = JSON.stringify({ output: { choices: [{ message: { content: 5 } }] }, request_id: 'r' });
    record.attempts.at(-1)?.chunks.push({ atMs: 2000, text: `data: : keep-alive\n\ndata: ${odd}\n\n` });
    await panel.send(inspectMessage([record]));
    const rows = await panel.page.locator('.events [role=option]').allTextContents();
    assert.match(rows.find((row) => row.includes('keep-alive')) ?? '', /Passed over: /);
    assert.match(rows.find((row) => row.includes('"content":5')) ?? '', /Passed over content: /);
  });

  it('finds text in headers, and in events that are out of sight', async () => {
    await open();
    await panel.send(inspectMessage([sampleRecord(500)]));
    const field = panel.page.locator('.search-text');
    await field.fill('word 432 ');
    // The raw body, the event and the part.
    assert.equal(await panel.page.locator('.search-count').textContent(), '? of 3');
    await field.press('Enter');
    await field.press('Enter');
    assert.equal(await panel.page.locator('.search-count').textContent(), '2 of 3');
    assert.match((await panel.page.locator('.events .detail').textContent()) ?? '', /word 432 /);
    await field.press('Shift+Enter');
    assert.equal(await panel.page.locator('.search-count').textContent(), '1 of 3');
    await field.fill('BEARER');
    assert.equal(await panel.page.locator('.search-count').textContent(), '? of 1');
    await field.fill('no such thing');
    assert.equal(await panel.page.locator('.search-count').textContent(), 'No match');
  });

  it('copies sections and everything', async () => {
    await open();
    await panel.send(inspectMessage([sampleRecord(3)]));
    await panel.page.locator('.request button').click();
    await panel.page.getByText('Copy All').click();
    const [request, all] = await posted('copy');
    assert.match(request?.text ?? '', /^POST https:.*\nhost: /);
    assert.ok(all?.text?.includes(request?.text ?? '?'));
    assert.match(all?.text ?? '', /ServiceUnavailable[\s\S]*word 2 /);
  });

  it('replays as it was, or with a body that is JSON', async () => {
    await open();
    await panel.send(inspectMessage([sampleRecord(3)]));
    const button = (name: string) => panel.page.getByText(name, { exact: true });
    await button('Replay').click();
    await button('Edit and Replay').click();
    const field = panel.page.locator('textarea');
    assert.ok(await panel.hasFocus('textarea'));
    await button('Send').click();
    await button('Edit and Replay').click();
    const text = await field.inputValue();
    await field.fill(text.replace('0.7', '0.7.'));
    assert.match(
      (await panel.page.locator('.replay-editor [role=alert]').textContent()) ?? '',
      /no valid JSON/,
    );
    assert.notEqual(await button('Send').getAttribute('disabled'), null);
    await field.fill(text.replace('0.7', '0.1'));
    await button('Send').click();
    const replays = await posted('replay');
    assert.deepEqual(
      replays.map(({ number, body }) => [
        number,
        body === undefined ? body : JSON.parse(body).parameters.temperature,
      ]),
      [
        [3, undefined],
        [3, undefined],
        [3, 0.1],
      ],
    );
  });

  it('shows a replay beside its record, and stops one that is on its way', async () => {
    await open({ width: 1200 });
    const record = sampleRecord(3);
    await panel.send(inspectMessage([record], { replaying: true }));
    await panel.page.locator('.bar vscode-button').click();
    assert.equal((await posted('stop')).length, 1);
    await panel.send(inspectMessage([record, sampleRecord(4, { number: 4, replayOf: 3 })]));
    const boxes = await Promise.all(
      (await panel.page.locator('article').all()).map((article) => article.boundingBox()),
    );
    assert.equal(boxes.length, 2);
    assert.ok((boxes[1]?.x ?? 0) > 500);
    assert.equal(boxes[0]?.y, boxes[1]?.y);
  });

  it('says when there is no record, and offers to send the question again', async () => {
    await open();
    await panel.send(inspectMessage([], { note: { text: 'There is no record.', send: true } }));
    await panel.page.getByText('Send the Question Again').click();
    assert.equal((await posted('send')).length, 1);
  });

  for (const theme of themesToCheck(['dark', 'light', 'high-contrast']))
    for (const width of [200, 400, 900]) {
      it(`has no violations, ${theme}, ${width} px`, async () => {
        await open({ theme, width, language: width === 400 ? 'zh-cn' : 'en' });
        await panel.send(inspectMessage([sampleRecord(40)]));
        await panel.page.locator('.events .rows').focus();
        if (pictures)
          await panel.page.screenshot({ path: `${pictures}/${theme}-${width}.png`, fullPage: true });
        const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px too wide`);
        assert.deepEqual(await accessibilityViolations(panel.page), []);
      });
    }
});
