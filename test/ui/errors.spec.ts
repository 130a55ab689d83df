// Each way to fail has its own card, with the partial text and the draft kept; the report says more.
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { ScriptStep } from '../../src/emulator/index.ts';
import { notification, openPanel, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn, errorCard, lastAnswer, questionField, setKey } from './chat.ts';
import { expect, test } from './fixtures.ts';

const key = 'sk-0123456789abcdef';
const report = (page: Page): Locator => page.locator('.editor-instance .view-lines').last();

/** The report as it would be pasted into an issue. */
async function copyReport(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.locator('.editor-actions').getByRole('button', { name: 'Copy Report' }).last().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
  return page.evaluate(() => navigator.clipboard.readText());
}

interface Case {
  name: string;
  step: ScriptStep;
  title: string;
  /** What had come before it went wrong. */
  text?: string;
  facts?: RegExp;
}

const half = ['The first ', 'half. ', 'never'];
const cases: Case[] = [
  {
    name: 'unknown-key',
    step: { error: { status: 401, code: 'InvalidApiKey', message: 'Invalid API-key provided.' } },
    title: 'The platform does not accept this key',
    facts: /401[\s\S]*InvalidApiKey/,
  },
  {
    name: 'throttled',
    step: { error: { status: 429, code: 'Throttling.RateQuota', message: 'Requests rate limit exceeded.' } },
    title: 'Too many requests at the moment',
    facts: /429[\s\S]*Throttling\.RateQuota/,
  },
  {
    name: 'content-filter',
    step: {
      pieces: half,
      error: {
        status: 400,
        code: 'DataInspectionFailed',
        message: 'Output data may contain inappropriate content.',
        afterPieces: 2,
      },
    },
    title: 'The platform’s content filter stepped in',
    text: 'The first half.',
    facts: /DataInspectionFailed/,
  },
  {
    name: 'cut',
    step: { pieces: half, cutAfter: 2 },
    title: 'The connection ended before the answer was complete',
    text: 'The first half.',
  },
  {
    name: 'reset',
    step: { pieces: half, resetAfter: 2 },
    title: 'The platform cannot be reached',
    text: 'The first half.',
  },
  { name: 'web-page', step: { html: 200 }, title: 'A web page came instead of an answer' },
  { name: 'empty-body', step: { empty: true }, title: 'The platform sent an empty answer' },
];

async function fail(panel: FrameLocator, { name, title, text, facts }: Case): Promise<void> {
  const question = `Question that fails: ${name}`;
  await askInPanel(panel, question);
  await questionField(panel).fill('a draft');
  await expect(errorCard(panel)).toContainText(title);
  await expect(endedTurn(panel)).toContainText(question);
  if (text) await expect(lastAnswer(panel)).toHaveText(text);
  if (facts) await expect(errorCard(panel)).toContainText(facts);
  await expect(errorCard(panel)).not.toContainText('<html');
  await expect(questionField(panel)).toHaveValue('a draft');
}

// What passes by itself is tried again, which `mainJob.spec.ts` looks at.
test.use({ settings: { 'qiao.retry.maxAttempts': 1 } });

// First: the window has no key yet.
test('without a key the card and the report ask for one, and nothing is asked of the model', async ({
  page,
  emulator,
}) => {
  emulator.script({ text: 'Now it works.' });
  const panel = await openPanel(page);
  await askInPanel(panel, 'Anyone there?');
  await expect(errorCard(panel)).toContainText('No API key is set');
  await takePicture(page, 'no-key');
  await runCommand(page, 'Qiao: Diagnose');
  await expect(report(page)).toContainText('Next steps');
  await expect(report(page)).toContainText('No key is set.');
  await expect(page.locator('.codelens-decoration').getByText('Set API Key').first()).toBeVisible();
  await takePicture(page, 'no-key-report');

  await errorCard(panel).getByText('Set API Key').click();
  await page.locator('.quick-input-widget input[type=password]').fill(key);
  await page.keyboard.press('Enter');
  await notification(page, 'The API key is stored.');
  await page.locator('.codelens-decoration').getByText('Diagnose Again').click();
  await expect(report(page)).toContainText('None: everything that could be checked is in order.');
  const text = await copyReport(page);
  expect(text).toMatch(/✓ Key accepted: Yes/);
  expect(text).not.toContain(key);
  expect(emulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  await takePicture(page, 'in-order');

  await panel
    .locator('.turn')
    .last()
    .getByRole('button', { name: /Ask Again|Retry/ })
    .click();
  await expect(lastAnswer(panel)).toHaveText('Now it works.');
  await expect(panel.locator('.turn')).toHaveCount(1);
});

test('each failure has its own card; question, partial answer and draft stay', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, key);
  for (const one of cases) {
    emulator.script(one.step);
    await fail(panel, one);
    await takePicture(page, one.name);
  }
  const titles = await panel.locator('.error-title').allTextContents();
  expect(new Set(titles).size).toBe(cases.length);

  await test.step('the platform is not there', async () => {
    await emulator.dispose();
    await fail(panel, {
      name: 'no-network',
      step: {},
      title: 'The platform cannot be reached',
      facts: /ECONNREFUSED/,
    });
    await takePicture(page, 'no-network');
  });
});

test('a platform that is not there: the error card leads to the report', async ({ page, emulator }) => {
  const panel = await openPanel(page);
  await setKey(page, key);
  await emulator.dispose();
  await askInPanel(panel, 'Anyone there?');
  await errorCard(panel).getByText('Diagnose', { exact: true }).click();
  await expect(report(page)).toContainText('ECONNREFUSED');
  await notification(page, /Problems: 1/);
  expect(await copyReport(page)).toMatch(/✗ Connection \(TCP\): /);
  await takePicture(page, 'not-there');
});
