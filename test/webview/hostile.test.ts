/** Answers that try to run, load or open something, in the panel's real page: nothing does. */

import assert from 'node:assert/strict';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import { isFullRun } from '../support/fullRun.ts';
import { hostileAnswers, hostilePayloads } from '../support/hostileCorpus.ts';
import type { PanelPage } from './panelPage.ts';
import { snapshot, turn } from './samples.ts';
import { usePanelBrowser } from './usePanel.ts';

/** Payloads that are shown at once. */
const batchSize = 8;

describe('hostile answers in a browser', function () {
  this.timeout(300_000);
  const browser = usePanelBrowser();

  it('would run where they are taken for HTML', async () => {
    const page = await browser.newPage();
    await page.route('**', (route) => route.abort());
    let ran = 0;
    page.on('dialog', (dialog) => {
      ran++;
      // What comes next may have taken it away.
      dialog.dismiss().catch(() => {});
    });
    // Some take the page elsewhere while it loads.
    for (const payload of hostilePayloads.slice(0, 150))
      await page.setContent(payload, { waitUntil: 'commit', timeout: 2000 }).catch(() => {});
    await page.close();
    assert.ok(ran > 10, `${ran} ran`);
  });

  it('run no script, load nothing, open nothing, and leave only known elements', async () => {
    assert.ok(hostilePayloads.length >= 300, `${hostilePayloads.length} payloads`);
    const panel = await browser.open();
    const { page } = panel;
    const events: string[] = [];
    const origin = new URL(page.url()).origin;
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) events.push(`asked for ${request.url()}`);
    });
    page.on('dialog', (dialog) => {
      events.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    page.on('popup', () => events.push('a window opened'));
    page.on('framenavigated', (frame) => events.push(`went to ${frame.url()}`));
    await page.evaluate(plantCanary);

    const isFull = isFullRun([
      'src/ui',
      'src/chat/webview',
      'src/base/common/nestedFences.ts',
      'test/support/hostileCorpus.ts',
    ]);
    const payloads = hostilePayloads.filter((_, place) => isFull || place % 3 === 0);
    const answers = payloads.map(hostileAnswers);
    let shown = 0;
    for (let start = 0; start < answers.length; start += batchSize) {
      const texts = answers.slice(start, start + batchSize).flat();
      const isLast = start + batchSize >= answers.length;
      await stream(panel, isLast ? [...texts, harmless] : texts);
      if (isLast) await coloursAndFormulas(panel);
      const found = await page.evaluate(inspect);
      assert.deepEqual(found, [], `payloads from ${start}: ${found.join('\n')}`);
      assert.deepEqual(events, [], `payloads from ${start}`);
      shown += texts.length;
    }
    assert.deepEqual([...events, ...panel.complaints], []);
    const kinds = new Set((await panel.posted()).map(({ type }) => type));
    assert.deepEqual([...kinds].sort(), ['link-open', 'view-ready']);
    console.log(`      ${payloads.length} payloads in ${shown} answers`);
  });

  it('turn round nothing that stands behind a link', async () => {
    const { page, send } = await browser.open();
    const text = '[\u202emoc.knab](https://evil.example) and more';
    await send(snapshot({ turns: [turn('t1', { text })] }));
    const shown = page.locator('.link-host');
    assert.equal(await shown.textContent(), ' (evil.example)');
    // In the order in which it is read, not turned round by the mark before it.
    const lefts = await shown.evaluate((element) => {
      const node = element.firstChild;
      if (!node) return [];
      return [2, 3, 4].map((start) => {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + 1);
        return range.getBoundingClientRect().left;
      });
    });
    assert.deepEqual(
      lefts,
      [...lefts].sort((a, b) => a - b),
    );
  });
});

const harmless = 'And $x$.\n\n```js\nconst a = 1;\n```';

/** What is done when there is time for it is part of it: code and formulas have their turn from first to last. */
async function coloursAndFormulas({ page, settle }: PanelPage): Promise<void> {
  const last = page.locator('.turn').last();
  await last.locator('.typeset').waitFor();
  await last.locator('pre span').first().waitFor();
  await settle();
}

/** Shows the texts as answers that stream, each cut at a place of its own. */
async function stream(panel: PanelPage, texts: readonly string[]): Promise<void> {
  const turns = texts.map((_, index) => turn(`t${index}`, { outcome: { status: 'running' } }));
  const parts = texts.flatMap((text, index): HostMessage[] => {
    const at = (index * 7 + text.length) % Math.max(text.length, 1);
    return [text.slice(0, at), text.slice(at)].map((part) => ({
      type: 'turn-delta',
      turnId: `t${index}`,
      text: part,
      reasoning: '',
    }));
  });
  const ends = turns.map(
    ({ id }): HostMessage => ({ type: 'turn-finish', turnId: id, outcome: { status: 'done' } }),
  );
  const firsts = parts.filter((_, index) => index % 2 === 0);
  const seconds = parts.filter((_, index) => index % 2 === 1);
  await panel.send(snapshot({ turns }), ...firsts);
  await panel.send(...seconds, ...ends);
}

/** Runs in the page: every way of a payload to say that it ran leaves a mark. */
function plantCanary(): void {
  const ran: string[] = [];
  Object.assign(window, { ran });
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
    Object.assign(window, { [name]: (...values: unknown[]) => ran.push(`${name}(${values.join()})`) });
}

/** Runs in the page: clicks every link, and says what should not be there. */
function inspect(): string[] {
  const names = new Set(
    'DIV SPAN BUTTON P PRE CODE A H1 H2 H3 H4 H5 H6 UL OL LI BLOCKQUOTE HR TABLE THEAD TBODY TR TH TD EM STRONG DEL BR INPUT'.split(
      ' ',
    ),
  );
  const mathNames = /^(?:math|semantics|annotation|m[a-z]+)$/;
  const attributes =
    /^(?:class|type|title|role|tabindex|href|start|align|checked|disabled|hidden|aria-[a-z]+|data-[a-z-]+)$/;
  const wrong: string[] = [...(window as unknown as { ran: string[] }).ran];
  const answers = document.querySelectorAll('.answer-text');
  if (answers.length === 0) wrong.push('no answers');
  for (const answer of answers) {
    if (answer.textContent.trim() === '' && answer.querySelector('a, hr, input') === null) continue;
    for (const element of answer.querySelectorAll('*')) {
      const isMath = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML';
      if (isMath ? !mathNames.test(element.localName) : !names.has(element.tagName))
        wrong.push(`<${element.tagName}>`);
      for (const { name, value } of element.attributes) {
        if (!isMath && !attributes.test(name)) wrong.push(`${element.tagName} ${name}`);
        if (isMath && /^(?:on|href|src|style|id|xlink)/.test(name)) wrong.push(`${element.tagName} ${name}`);
        if (name === 'href' && !/^(?:https?|mailto):/i.test(value)) wrong.push(`href ${value}`);
      }
      if (element instanceof HTMLAnchorElement) element.click();
    }
  }
  for (const element of document.querySelectorAll(
    'iframe, object, embed, img, svg, base, form, video, audio, style',
  ))
    if (element.closest('.turns')) wrong.push(`a ${element.tagName}`);
  return wrong;
}
