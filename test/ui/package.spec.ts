// The very file that people install, in a VS Code Server that has never seen Qiao: it does the main job in both languages.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { requestedHost } from '../../scripts/host/hostVersions.ts';
import { installPackage } from '../../scripts/host/installPackage.ts';
import { launchBrowser } from '../../scripts/host/launchBrowser.ts';
import { repository, sampleWorkspace } from '../../scripts/host/paths.ts';
import { startServer } from '../../scripts/host/startServer.ts';
import { quietSettings, writeMachineSettings, writeUserSettings } from '../../scripts/host/userData.ts';
import { windowUrl } from '../../scripts/host/windowUrl.ts';
import { startEmulator } from '../../src/emulator/index.ts';
import { isFullRun } from '../support/fullRun.ts';
import { notification, openPanel, qiaoTab, quickInputField, runCommand, takePicture } from './actions.ts';
import { askInPanel, lastAnswer } from './chat.ts';

const languages = {
  en: { setKey: 'Qiao: Set API Key', stored: 'The API key is stored.' },
  'zh-cn': { setKey: 'Qiao: 设置 API 密钥', stored: 'API 密钥已保存' },
};
const allLanguages = isFullRun(['l10n', 'package.nls.zh-cn.json', 'scripts/package', 'scripts/package.ts']);
let scratch: string;
let file: string;

test.beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
  file = path.join(scratch, 'qiao.vsix');
  const made = spawnSync(process.execPath, ['scripts/package.ts', file], {
    cwd: repository,
    encoding: 'utf8',
  });
  expect(made.status, made.stdout + made.stderr).toBe(0);
});

test.afterAll(() => rm(scratch, { recursive: true, force: true, maxRetries: 5 }));

// `chinese.spec.ts` checks the Chinese texts; `checkInstalled` checks that the package has them.
for (const [language, words] of Object.entries(languages).slice(0, allLanguages ? undefined : 1)) {
  test(`installed, it answers (${language})`, async () => {
    const userDataFolder = path.join(scratch, language);
    const extensionsFolder = path.join(userDataFolder, 'extensions');
    const emulator = await startEmulator();
    await installPackage(file, { host: requestedHost(), userDataFolder, extensionsFolder });
    await checkInstalled(extensionsFolder);
    const settings = { 'qiao.dashscope.baseUrl': emulator.origin };
    await writeUserSettings(userDataFolder, { ...quietSettings, ...settings });
    await writeMachineSettings(userDataFolder, settings);
    const server = await startServer({
      host: requestedHost(),
      userDataFolder,
      extensionsFolder,
      locale: language,
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(120_000);
      await page.goto(windowUrl(server, { folder: sampleWorkspace }));
      await qiaoTab(page).waitFor();
      const panel = await openPanel(page);
      await runCommand(page, words.setKey);
      await quickInputField(page).fill('sk-0123456789abcdef');
      await page.keyboard.press('Enter');
      await notification(page, words.stored);
      // Colours, formulas and code stand in chunks of their own, all of which have to be in the package.
      emulator.script({ text: '好的 $x^2$:\n\n```js\nconst one = 1;\n```\n' });
      await askInPanel(panel, 'Hello 你好');
      await expect(lastAnswer(panel)).toContainText('const one = 1;');
      await expect(panel.locator('.code-block [class*=keyword]')).toHaveText('const');
      await expect(panel.locator('.formula math')).toBeVisible();
      expect(emulator.requests.at(-1)?.headers.authorization).toBe('Bearer sk-0123456789abcdef');
      await takePicture(page, language);
    } finally {
      await browser.close();
      await Promise.all([server.stop(), emulator.dispose()]);
    }
  });
}

/** What VS Code unpacked: the licences of all that is bundled, and nothing that only developers need. */
async function checkInstalled(extensionsFolder: string): Promise<void> {
  const name = (await readdir(extensionsFolder)).find((entry) => entry.startsWith('qiao.qiao-'));
  const folder = path.join(extensionsFolder, name ?? '');
  const files = await readdir(folder, { recursive: true });
  for (const file of ['ThirdPartyNotices.txt', 'package.nls.zh-cn.json', 'l10n/bundle.l10n.zh-cn.json'])
    expect(files).toContain(file);
  expect(
    files.filter((one) => /\.(map|ts)$|(^|[\\/])(node_modules|src|test|docs)([\\/]|$)/.test(one)),
  ).toEqual([]);
  const notices = await readFile(path.join(folder, 'ThirdPartyNotices.txt'), 'utf8');
  for (const one of ['undici', 'zod', 'markdown-it', 'highlight.js', 'katex', 'lit-html', 'mermaid'])
    expect(notices).toMatch(new RegExp(`^${one} \\d`, 'm'));
}
