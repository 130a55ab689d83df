// The key goes into the Authorization header and nowhere else.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import {
  notification,
  openPanel,
  pressUntil,
  quickInputField,
  quickPickRow,
  runCommand,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, errorCard, lastAnswer, setKey } from './chat.ts';
import { expect, inFullRun, test } from './fixtures.ts';

// One test looks into all that passes in the page, the other begins without a key.
test.use({ ownWindow: true });

const key = 'sk-9f8e7d6c5b4a3f2e1d0c';

/** Every file below the folder that holds the text. */
async function filesWith(text: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if ((await readFile(file).catch(() => Buffer.of())).includes(text)) found.push(file);
  }
  return found;
}

/** What the browser keeps for VS Code: global state, workspace state, settings, the encrypted secrets. */
function readBrowserStorage(): Promise<string> {
  const readStore = (database: IDBDatabase, name: string): Promise<unknown> =>
    new Promise((resolve) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(undefined);
    });
  const readDatabase = ({ name }: IDBDatabaseInfo): Promise<unknown> =>
    new Promise((resolve) => {
      const request = indexedDB.open(name ?? '');
      request.onerror = () => resolve(undefined);
      request.onsuccess = async () => {
        const database = request.result;
        resolve(await Promise.all([...database.objectStoreNames].map((store) => readStore(database, store))));
        database.close();
      };
    });
  return indexedDB
    .databases()
    .then((all) => Promise.all(all.map(readDatabase)))
    .then((values) => JSON.stringify([values, { ...localStorage }, { ...sessionStorage }]));
}

/** Everything that passes between the workbench and its webviews, in both directions. */
const messages: string[] = [];

async function recordMessages(page: Page): Promise<void> {
  await page.exposeFunction('recordMessage', (text: string) => messages.push(text));
  await page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: []) {
      const { recordMessage } = window as unknown as { recordMessage(text: string): void };
      recordMessage(JSON.stringify(message) ?? '');
      post.call(this, message, ...rest);
    };
  });
}

test.describe('in a page that records all messages', () => {
  test.use({ pageBefore: { prepare: recordMessages } });

  test('the key appears nowhere but in the Authorization header', async ({
    page,
    emulator,
    vscode,
    folder,
  }) => {
    emulator.script(
      { text: 'Fine.' },
      {
        error: {
          status: 401,
          code: 'InvalidApiKey',
          message: `Incorrect API key provided: ${key}. Or ${key}`,
        },
      },
    );
    const panel = await openPanel(page);
    await setKey(page, ` Bearer ${key} `);
    await askInPanel(panel, 'one');
    await expect(lastAnswer(panel)).toHaveText('Fine.');
    await askInPanel(panel, 'two');
    await expect(errorCard(panel)).toContainText('Incorrect API key provided: ***');
    await endedTurn(panel).waitFor();
    await runCommand(page, 'Qiao: Show Log');
    await expect(page.locator('.output-view-content, .part.panel')).toContainText('InvalidApiKey');

    for (const { headers, bodyText, path: requestPath, query } of emulator.requests) {
      const { authorization, ...others } = headers;
      expect(authorization).toBe(`Bearer ${key}`);
      expect(JSON.stringify([others, bodyText, requestPath, query])).not.toContain(key);
    }
    expect(messages.some((text) => text.includes('turn-finish'))).toBe(true);
    expect(messages.filter((text) => text.includes(key))).toEqual([]);
    expect(await page.evaluate(readBrowserStorage)).not.toContain(key);
    expect(await filesWith(key, vscode.userDataFolder)).toEqual([]);
    expect(await filesWith(key, folder)).toEqual([]);
    expect(await filesWith('Incorrect API key provided', vscode.userDataFolder)).not.toEqual([]);
    expect(await page.content()).not.toContain(key);
  });
});

inFullRun(
  test,
  'src/connections/host/keyCommands.ts',
  'src/connections/host/keyStore.ts',
  'package.json',
)(
  'a key can be tested and removed; commands that cannot work are not offered',
  async ({ page, emulator }) => {
    emulator.script(
      { text: 'h' },
      { error: { status: 403, code: 'AccessDenied.Unpurchased', message: 'Access to model denied.' } },
    );
    const panel = await openPanel(page);
    await expect(panel.getByText('Try Without a Key')).toBeVisible();
    await pressUntil(page, 'F1', quickInputField(page));
    for (const title of ['Remove API Key', 'Test Connection', 'Stop', 'Leave the Demo']) {
      // A command that is there and has nothing in common with the next, so that the list is seen to follow the typing.
      await quickInputField(page).fill('>Qiao: Export Chat');
      await expect(quickPickRow(page, 'Qiao: Export Chat')).toBeVisible();
      await quickInputField(page).fill(`>Qiao: ${title}`);
      await expect(quickPickRow(page, 'Qiao: Export Chat')).toHaveCount(0);
      await expect(quickPickRow(page, `Qiao: ${title}`)).toHaveCount(0);
    }
    await page.keyboard.press('Escape');

    await runCommand(page, 'Qiao: Set API Key');
    await quickInputField(page).fill('sk-has spaces');
    await expect(page.locator('.quick-input-message')).toContainText('This is no key');
    await takePicture(page, 'bad-key');
    await quickInputField(page).fill(key);
    await page.keyboard.press('Enter');
    await (await notification(page, 'The API key is stored.'))
      .getByRole('button', { name: 'Test Connection' })
      .click();
    await notification(page, /The connection works: Qwen Plus answered after \d+ ms/);
    await takePicture(page, 'connection-works');
    await runCommand(page, 'Qiao: Test Connection');
    await notification(page, /This key may not use this model[\s\S]*AccessDenied\.Unpurchased/);
    await takePicture(page, 'connection-fails');

    await runCommand(page, 'Qiao: Remove API Key');
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
    await expect(panel.getByText('Try Without a Key')).toBeVisible();
  },
);
