/** Formulas and diagrams in a real browser under the pages' policies: drawn on demand, with the source a click away. */

import assert from 'node:assert/strict';
import type { DiagramMessage } from '../../src/ui/common/diagramMessage.ts';
import { diagramSamples } from '../support/diagramSamples.ts';
import { eventually } from './eventually.ts';
import { snapshot, turn } from './samples.ts';
import { usePanelBrowser } from './usePanel.ts';

const answer = `The area is $A = \\pi r^2$, not \\(2 \\pi r\\); it costs $5 or $6.

$$
\\int_0^1 x^2 \\, dx
= \\frac{1}{3}
$$

- in a list \\[ \\sum_{i=1}^n i \\]

\`\`\`math
\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}
\`\`\`

And $\\notacommand{x}$ stays.`;

describe('formulas and diagrams in a browser', () => {
  const browser = usePanelBrowser();

  it('load the typesetter with the first formula, and never before', async () => {
    const panel = await browser.open();
    const asked: string[] = [];
    panel.page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname);
    });
    await panel.send(snapshot({ turns: [turn('t0', { text: 'No formula: $5 and $6, `$x$`.' })] }));
    await panel.settle();
    assert.deepEqual(asked, []);
    await panel.send(snapshot({ turns: [turn('t1', { text: answer })] }));
    await panel.page.locator('.formula math').nth(4).waitFor();
    assert.deepEqual(asked, ['/math.js']);
    assert.equal(await panel.page.locator('.answer-text math').count(), 5);
    assert.match((await panel.page.locator('.answer-text').textContent()) ?? '', /it costs \$5 or \$6/);
    assert.match(
      (await panel.page.locator('.answer-text').textContent()) ?? '',
      /And \$\\notacommand\{x\}\$ stays/,
    );
    assert.deepEqual(panel.complaints, []);
  });

  it('show the source of a formula by click and by Enter, and copy it with what surrounds it', async () => {
    const { page, send, complaints } = await browser.open();
    await send(snapshot({ turns: [turn('t1', { text: answer })] }));
    const formula = page.locator('.formula.typeset').first();
    await page.locator('.code-block .formula.typeset').waitFor();
    const copied = await page.evaluate(() => {
      const paragraph = document.querySelector('.answer-text p');
      if (paragraph) getSelection()?.selectAllChildren(paragraph);
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true }));
      getSelection()?.removeAllRanges();
      return data.getData('text/plain');
    });
    assert.equal(copied, 'The area is $A = \\pi r^2$, not \\(2 \\pi r\\); it costs $5 or $6.');
    await formula.click();
    assert.equal(await formula.locator('math').isVisible(), false);
    assert.equal(await page.evaluate(() => getSelection()?.toString()), '$A = \\pi r^2$');
    await formula.press('Enter');
    assert.ok(await formula.locator('math').isVisible());
    const block = page.locator('.code-block');
    assert.equal(await block.locator('pre').isVisible(), false);
    await block.locator('.formula').press('Enter');
    assert.ok(await block.locator('pre').isVisible());
    assert.deepEqual(complaints, []);
  });

  it('ask the host to draw a diagram', async () => {
    const { page, send, posted } = await browser.open();
    await send(snapshot({ turns: [turn('t1', { text: '```mermaid\ngraph TD; A-->B\n```' })] }));
    await page.getByRole('button', { name: 'Show Diagram' }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'diagram-show', source: 'graph TD; A-->B\n' });
  });

  it('offer to draw no diagram that is too long', async () => {
    const { page, send } = await browser.open();
    await send(snapshot({ turns: [turn('t1', { text: `\`\`\`mermaid\n${'a-->b\n'.repeat(9000)}\`\`\`` })] }));
    const button = page.getByRole('button', { name: 'Show Diagram' });
    assert.ok(await button.isDisabled());
    assert.equal(
      await button.getAttribute('title'),
      'This diagram is too long to draw; its source is shown.',
    );
  });

  it('draw a diagram in its own page, say what is wrong with another, and show the source', async () => {
    const { page } = await browser.open({ width: 700 });
    const requests: string[] = [];
    await page.goto(new URL('/diagram.html', page.url()).href);
    page.on('request', (request) => requests.push(request.url()));
    let id = 0;
    const show = (source: string) =>
      page.evaluate((message) => window.postMessage(message, '*'), {
        type: 'diagram',
        id: ++id,
        source,
        limit: 30_000,
      });
    assert.deepEqual(await page.evaluate('window.posted'), [{ type: 'ready' }]);
    await show(
      'graph TD; A["<img src=https://example.invalid/x onerror=alert(1)>"] --> B; click A "javascript:alert(1)"',
    );
    await page.locator('.drawing svg').waitFor();
    assert.equal(await page.locator('.drawing :is(a, img, image, script, foreignObject)').count(), 0);
    await show('sequenceDiagram\n  Alice->>Bob: Hello');
    await page.locator('.drawing').getByText('Hello').waitFor();
    await page.getByRole('button', { name: 'Show Source' }).click();
    assert.match((await page.locator('.source').textContent()) ?? '', /Alice->>Bob/);
    await page.getByRole('button', { name: 'Show Source' }).click();
    await show('graph TD; A--');
    await page.getByRole('alert').filter({ hasText: 'Parse error' }).waitFor();
    // The scripts of the frame that draws, from the page's own server.
    assert.deepEqual(requests.map((url) => new URL(url).pathname).sort(), [
      '/diagramFrame.js',
      '/mermaid.js',
    ]);
  });

  it('draw a diagram of every type, and name no error', async () => {
    const { page } = await browser.open({ width: 700, page: 'diagram.html' });
    const problem = page.locator('.problem');
    for (const [index, [type, source]] of Object.entries(diagramSamples).entries()) {
      const id = index + 1;
      const message: DiagramMessage = { type: 'diagram', id, source, limit: 30_000 };
      await page.evaluate((data) => window.postMessage(data, '*'), message);
      const drawn = page.locator(`.drawing svg#diagram-${id}`);
      await drawn.or(problem.filter({ visible: true })).waitFor();
      assert.equal(await problem.isVisible(), false, `${type}: ${await problem.textContent()}`);
      assert.ok((await drawn.locator('text').count()) > 0, type);
    }
  });

  it('say of a diagram that Mermaid cannot read what is wrong, and of an unknown type that it is unknown', async () => {
    const { page } = await browser.open({ width: 700, page: 'diagram.html' });
    const wrong = ['pie\n  "a" : x', 'mindmap\n  root\n    a', 'architecture-beta\n  group api(cloud)[API]'];
    const problems = [
      /Parse error on line 2.*NUMBER_PIE/,
      /No diagram type detected/,
      /No diagram type detected/,
    ];
    for (const [index, source] of wrong.entries()) {
      const message: DiagramMessage = { type: 'diagram', id: index + 1, source, limit: 30_000 };
      await page.evaluate((data) => window.postMessage(data, '*'), message);
      await page.locator('.problem', { hasText: problems[index] }).waitFor();
      assert.equal(await page.locator('.source').textContent(), source);
    }
  });

  it('say that a diagram is on the screen, and draw nothing unasked', async () => {
    const { page } = await browser.open({ width: 700, page: 'diagram.html' });
    const tell = (message: DiagramMessage) => page.evaluate((data) => window.postMessage(data, '*'), message);
    const posted = () => page.evaluate<unknown[]>('window.posted');
    const postedCount = (count: number) => eventually(async () => (await posted()).length === count);
    await tell({ type: 'diagram', id: 7, source: 'graph TD; A-->B', limit: 30_000 });
    await postedCount(2);
    assert.deepEqual(await posted(), [{ type: 'ready' }, { type: 'done', id: 7 }]);
    assert.ok(await page.locator('.drawing svg').isVisible());
    // A change of theme: the host is asked, since it watches each drawing.
    const before = await page.locator('.drawing svg').getAttribute('id');
    await page.evaluate(() => document.body.classList.add('vscode-high-contrast'));
    await postedCount(3);
    assert.deepEqual(await posted(), [{ type: 'ready' }, { type: 'done', id: 7 }, { type: 'ready' }]);
    assert.equal(await page.locator('.drawing svg').getAttribute('id'), before);
    await tell({ type: 'diagram', id: 8, source: 'graph TD; A--', limit: 30_000 });
    await postedCount(4);
    assert.deepEqual((await posted())[3], { type: 'done', id: 8 });
  });

  it('show the source of a diagram that was stopped, and ask for another try', async () => {
    const { page } = await browser.open({ width: 700, page: 'diagram.html' });
    const tell = (message: DiagramMessage) => page.evaluate((data) => window.postMessage(data, '*'), message);
    await tell({ type: 'diagram-stopped', source: 'graph TD; A-->B' });
    await page.getByRole('alert').filter({ hasText: 'Drawing this diagram was stopped' }).waitFor();
    assert.equal(await page.locator('.source').textContent(), 'graph TD; A-->B');
    assert.ok(await page.locator('.source').isVisible());
    await page.getByRole('button', { name: 'Try Again' }).click();
    assert.deepEqual(await page.evaluate('window.posted'), [{ type: 'ready' }, { type: 'again' }]);
    await tell({ type: 'diagram', id: 1, source: 'graph TD; A-->B', limit: 30_000 });
    await page.locator('.drawing svg').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  const endless = `block-beta\ncolumns 3\nspace:1000000 b`;

  it('stop a diagram at its limit or by a click, and draw the next one', async () => {
    const { page } = await browser.open({ width: 700, page: 'diagram.html' });
    const tell = (message: DiagramMessage) => page.evaluate((data) => window.postMessage(data, '*'), message);
    await tell({ type: 'diagram', id: 1, source: endless, limit: 500 });
    await page.getByRole('alert').filter({ hasText: 'Drawing this diagram was stopped' }).waitFor();
    assert.equal(await page.locator('.source').textContent(), endless);
    await tell({ type: 'diagram', id: 2, source: endless, limit: 600_000 });
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('alert').filter({ hasText: 'Drawing this diagram was stopped' }).waitFor();
    assert.equal(await page.locator('iframe').count(), 0);
    // One that comes while another is drawn takes its place.
    await tell({ type: 'diagram', id: 3, source: endless, limit: 600_000 });
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await tell({ type: 'diagram', id: 4, source: 'graph TD; A-->B', limit: 30_000 });
    await page.locator('.drawing svg').waitFor();
  });
});
