// A disk that takes nothing: the panel says so, the chat goes on in memory, and is saved whole when the disk is back.
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from '@playwright/test';
import { openPanel, reloadWindow, runCommand, takePicture } from './actions.ts';
import { askInPanel, endedTurn, lastAnswer, setKey } from './chat.ts';
import { conversationsFolder } from './disk.ts';
import { expect, inFullRun, test } from './fixtures.ts';

const notice = (panel: FrameLocator) => panel.locator('.composer-notice');

/** The one conversation's file. */
async function fileIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  expect(names).toHaveLength(1);
  return path.join(folder, names[0] ?? '');
}

async function expectTurns(panel: FrameLocator, questions: string[], answers: string[]): Promise<void> {
  await expect(panel.locator('.question-text')).toHaveText(questions);
  await expect(panel.locator('.turn .answer-text')).toHaveText(answers);
}

test.skip(process.platform !== 'linux', 'Only Linux has /sys and /dev/full.');

// Both are chosen because they refuse the administrator too, as whom tests often run.
test('a disk that is full', async ({ page, emulator, vscode }) => {
  emulator.script({ text: 'On disk.' }, { text: 'No room.' }, { text: 'No room either.' });
  let panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await askInPanel(panel, 'one');
  await expect(lastAnswer(panel)).toHaveText('On disk.');
  await endedTurn(panel).waitFor();
  const file = await fileIn(conversationsFolder(vscode));
  await expect.poll(() => readFile(file, 'utf8')).toContain('"type":"outcome"');
  const before = await readFile(file, 'utf8');
  await rename(file, `${file}.kept`);
  await symlink('/dev/full', file);

  await askInPanel(panel, 'two');
  await expect(lastAnswer(panel)).toHaveText('No room.');
  await expect(notice(panel)).toContainText('The disk is full');
  await expect(notice(panel)).toContainText('kept in memory only');
  await expect(notice(panel)).toContainText('Free some space');
  await askInPanel(panel, 'three');
  await expect(lastAnswer(panel)).toHaveText('No room either.');
  await endedTurn(panel).waitFor();
  await takePicture(page, 'full');

  await rename(`${file}.kept`, file);
  await expect(notice(panel)).toBeEmpty();
  const after = await readFile(file, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  await reloadWindow(page);
  panel = await openPanel(page);
  await expectTurns(panel, ['one', 'two', 'three'], ['On disk.', 'No room.', 'No room either.']);
});

inFullRun(test, 'src/chat/host/history')(
  'a storage that may not be written to',
  async ({ page, emulator, vscode }) => {
    const folder = conversationsFolder(vscode);
    await rm(folder, { recursive: true, force: true });
    await mkdir(path.dirname(folder), { recursive: true });
    await symlink('/sys', folder);
    emulator.script({ text: 'From memory.' }, { text: 'Still from memory.' });
    let panel = await openPanel(page);
    await setKey(page, 'sk-0123456789abcdef');
    await askInPanel(panel, 'Can you hear me?');
    await expect(lastAnswer(panel)).toHaveText('From memory.');
    await expect(notice(panel)).toContainText(`Qiao may not write to ${folder}`);
    await expect(notice(panel)).toContainText('kept in memory only');
    await expect(notice(panel)).toContainText('Make this folder writable');
    await askInPanel(panel, 'And now?');
    await expect(lastAnswer(panel)).toHaveText('Still from memory.');
    await endedTurn(panel).waitFor();
    await takePicture(page, 'may-not-write');
    await runCommand(page, 'Qiao: Show Chats');
    await expect(panel.locator('.history-entry')).toHaveText(/Can you hear me\?/);
    await takePicture(page, 'list-from-memory');
    await panel.locator('.history-back').click();

    await rm(folder);
    await expect(notice(panel)).toBeEmpty();
    await reloadWindow(page);
    panel = await openPanel(page);
    await expectTurns(panel, ['Can you hear me?', 'And now?'], ['From memory.', 'Still from memory.']);
    await expect(endedTurn(panel)).not.toContainText('Interrupted');
  },
);
