// Kills the extension host, and now and then the whole server, while an answer comes; `CRASHES=200` for a long run.
import type { FrameLocator, Page } from '@playwright/test';
import fc from 'fast-check';
import { findExtensionHosts } from '../../scripts/host/extensionHosts.ts';
import { requestedHost } from '../../scripts/host/hostVersions.ts';
import type { ServerProcess } from '../../scripts/host/serverProcess.ts';
import { startServer } from '../../scripts/host/startServer.ts';
import { windowUrl } from '../../scripts/host/windowUrl.ts';
import { lossOf, type Shown } from '../crash/loss.ts';
import { scriptPacedAnswer } from '../crash/stage/pacedAnswer.ts';
import { isFullRun } from '../support/fullRun.ts';
import { openPanel, qiaoTab, takePicture } from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, setKey } from './chat.ts';
import { expect, inFullRun, test } from './fixtures.ts';

const count = Number(process.env.CRASHES ?? (isFullRun() ? 8 : 2));
const seed = Number(process.env.CRASH_SEED ?? 20_240_917);
/** Every so many kills it is the server. */
const serverEvery = 2;

// Tests with other options have another server: this one is killed.
test.use({ ownWindow: true, environment: { QIAO_TEST_SERVER: 'to be killed' } });
test.skip(process.platform === 'win32', 'Windows has no process groups.');

// Every run kills processes without a window (`test/crash`); this also needs a real VS Code.
const whenAsked = process.env.CRASHES
  ? test
  : inFullRun(
      test,
      'src/chat/host/history',
      'src/chat/common/conversationLog.ts',
      'src/chat/host/conversationStore.ts',
      'src/chat/host/chats.ts',
    );

whenAsked(
  `nothing is lost in ${count} crashes but the last second`,
  async ({ page, vscode, folder, emulator }) => {
    test.setTimeout(Math.max(600_000, count * 20_000));
    const plan = fc.sample(fc.noBias(fc.integer({ min: 100, max: 2000 })), { seed, numRuns: count });
    const { userDataFolder, extensionsFolder } = vscode;
    let server: ServerProcess = vscode.server;
    const questions: string[] = [];
    const losses: number[] = [];
    const kills = { 'extension host': 0, server: 0 };
    try {
      let panel = await openPanel(page);
      await setKey(page, 'sk-0123456789abcdef');
      for (const [index, afterMs] of plan.entries()) {
        const question = `Question ${index + 1}`;
        questions.push(question);
        const answer = scriptPacedAnswer(emulator, { name: `w${index}`, thoughts: 0 });
        await askInPanel(panel, question);
        await answer.arrived;
        await watchAnswer(panel);
        // A moment that nothing tells: that is what a crash is.
        await page.waitForTimeout(afterMs);

        const victim = index % serverEvery === serverEvery - 1 ? 'server' : 'extension host';
        kills[victim] += 1;
        const [hostId] = await findExtensionHosts(server.processGroup);
        expect(hostId).toBeDefined();
        const shown = await answerShown(panel);
        const killedAt = Date.now();
        if (victim === 'server') {
          await server.kill();
          server = await startServer({
            host: requestedHost(),
            userDataFolder,
            extensionsFolder,
            locale: 'en',
            port: server.port,
          });
        } else if (hostId) process.kill(hostId, 'SIGKILL');

        await reopen(page, windowUrl(server, { folder }));
        panel = await openPanel(page);
        await expect(endedTurn(panel)).toContainText(
          'Interrupted: VS Code closed while the answer was coming.',
        );
        await expect(panel.locator('.question-text').last()).toHaveText(question);
        const asked = await panel.locator('.question-text').allTextContents();
        expect(asked.map((text) => text.trim())).toEqual(questions.slice(-asked.length));
        const text = (await lastAnswer(panel).textContent()) ?? '';
        losses.push(lossOf(text.trim(), answer, shown, killedAt));
        const continueButton = endedTurn(panel).getByRole('button', { name: 'Continue' });
        if (text.trim() !== '') await expect(continueButton).toBeVisible();
        if (index === count - 1) await takePicture(page, 'after-a-crash');
      }
    } finally {
      await server.stop();
    }
    const longest = Math.max(...losses);
    console.log(
      `    ${losses.length} kills (${kills['extension host']} extension hosts, ${kills.server} servers): ${questions.length} turns, none lost; longest loss ${Math.round(longest)} ms (seed ${seed})`,
    );
    expect(longest).toBeLessThanOrEqual(1000);
  },
);

/** From now on the panel's page remembers how long the newest answer was, and since when. */
async function watchAnswer(panel: FrameLocator): Promise<void> {
  await panel.locator('body').evaluate((body) => {
    const shown: Shown[] = [];
    const look = (): void => {
      const answer = [...body.querySelectorAll('.turn .answer-text')].at(-1);
      const characters = answer?.textContent?.trim().length ?? 0;
      if (characters > (shown.at(-1)?.characters ?? 0)) shown.push({ characters, at: Date.now() });
    };
    setInterval(look, 20);
    Object.assign(window, { answerShown: shown });
  });
}

async function answerShown(panel: FrameLocator): Promise<readonly Shown[]> {
  return panel
    .locator('body')
    .evaluate(() => (window as unknown as { answerShown: readonly Shown[] }).answerShown);
}

/** Loads the window again; nothing of the page that knew the dead process stays. */
async function reopen(page: Page, url: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url);
  await qiaoTab(page).waitFor();
}
