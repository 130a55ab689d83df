// `#` by keyboard: everything that can be attached, what can be done with it, and that nothing else is sent.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from '@playwright/test';
import type { Emulator } from '../../src/emulator/index.ts';
import { estimateTokens } from '../../src/llm/tokens.ts';
import { runGit } from '../support/git.ts';
import {
  chooseFocusedRow,
  focusEditor,
  openFile,
  openPanel,
  pressUntil,
  quickInputField,
  quickPickRow,
  runCommand,
  selectLines,
  takePicture,
  waitForFile,
} from './actions.ts';
import { askInPanel, endedTurn, enterInPanel, questionField, setKey } from './chat.ts';
import {
  attachmentItem,
  attachmentItems,
  composerMessage,
  messagesSent,
  pickContext,
  questionsSent,
  runAttachmentAction,
  suggestions,
  typeContext,
} from './context.ts';
import { test as base, expect } from './fixtures.ts';

/** The folder is a repository with two commits, a staged change and one that is not. */
const test = base.extend({
  folder: async ({ folder }, use) => {
    runGit(folder, ['init'], ['add', '.'], ['commit', '-m', 'Begin']);
    await writeFile(path.join(folder, 'lib/one.txt'), 'one\nagain\n');
    runGit(folder, ['commit', '-am', 'Say one again']);
    await writeFile(path.join(folder, 'lib/one.txt'), 'one\nstaged\n');
    runGit(folder, ['add', '.']);
    await writeFile(path.join(folder, 'lib/two.txt'), 'two\nunstaged\n');
    await use(folder);
  },
});

const basket = '.basket {\n  colour: red;\n}\n';
const cart = 'def 总价(项):\n    return sum(项)\n';
const notes = 'First line.\nSecond line.\nThird line.\n';

test.use({
  settings: { 'git.enabled': true, 'git.openRepositoryInParentFolders': 'never' },
  files: {
    'styles/basket.css': basket,
    '购物车.py': cart,
    'notes.md': notes,
    'lib/one.txt': 'one\n',
    'lib/two.txt': 'two\n',
  },
});

/** Asks, and compares the whole request with what was asked before, the pieces attached and the question. */
function createTalk(panel: FrameLocator, emulator: Emulator) {
  const messages: { role: string; content: string }[] = [];
  return async (question: string, pieces: readonly (string | RegExp)[]): Promise<void> => {
    await askInPanel(panel, question);
    const sent = (await messagesSent(emulator, messages.length / 2)) as typeof messages;
    expect(sent.slice(0, -1)).toEqual(messages);
    const content = sent.at(-1)?.content ?? '';
    const wanted = [...pieces, question];
    const pattern = wanted
      .map((one) => (typeof one === 'string' ? escapeForPattern(one) : one.source))
      .join('\n\n');
    expect(content).toMatch(new RegExp(`^${pattern}$`));
    messages.push({ role: 'user', content }, { role: 'assistant', content: 'Good.' });
    await endedTurn(panel).waitFor();
  };
}

test('what the chips show is sent, and nothing else', async ({ page, emulator, folder }) => {
  emulator.script({ text: 'Good.', times: 'always' });
  const panel = await openPanel(page);
  await setKey(page, 'sk-0123456789abcdef');
  await openPanel(page);
  const ask = createTalk(panel, emulator);

  await test.step('files by fuzzy name and by pinyin', async () => {
    await typeContext(panel, 'bskt');
    await expect(suggestions(panel).first()).toContainText('basket.css');
    await takePicture(page, 'list');
    await questionField(panel).press('Enter');
    await expect(attachmentItems(panel)).toHaveCount(1);
    await pickContext(panel, 'gouwuche', '购物车.py');
    await expect(attachmentItems(panel)).toHaveText([/basket\.css:1-\d\s*≈\d+/, /购物车\.py:1-\d\s*≈\d+/]);
    await takePicture(page, 'chips');
    await ask('What are these?', [
      `\`\`\`css styles/basket.css:1-3\n${basket}\`\`\``,
      `\`\`\`python 购物车.py:1-2\n${cart}\`\`\``,
    ]);
    await expect(attachmentItems(panel)).toHaveCount(0);
  });

  await test.step('a selection follows the editor until it is pinned', async () => {
    await openFile(page, 'notes.md');
    await selectLines(page, 1, 2);
    await pickContext(panel, '', 'Selection');
    await expect(attachmentItem(panel, 'notes.md')).toContainText(':1-2');
    await expect(attachmentItem(panel, 'notes.md')).toContainClass('live');
    await selectLines(page, 2, 3);
    await expect(attachmentItem(panel, 'notes.md')).toContainText(':2-3');
    await runAttachmentAction(panel, 'notes.md', 'Pin as It Is Now');
    await selectLines(page, 1, 1);
    await expect(attachmentItem(panel, 'notes.md')).not.toContainClass('live');
    await expect(attachmentItem(panel, 'notes.md')).toContainText(':2-3');
    await ask('And this?', ['```markdown notes.md:2-3\nSecond line.\nThird line.\n```']);
  });

  await test.step('a folder with chosen files', async () => {
    await pickContext(panel, 'folder', 'Folder…');
    await quickInputField(page).fill('lib');
    await chooseFocusedRow(page, 'lib');
    await expect(quickPickRow(page, 'two.txt')).toBeVisible();
    await takePicture(page, 'folder');
    await quickInputField(page).fill('two');
    await expect(quickPickRow(page, 'one.txt')).toHaveCount(0);
    const two = quickPickRow(page, 'two.txt');
    await pressUntil(page, 'ArrowDown', two.and(page.locator('.focused')));
    await page.keyboard.press('Space');
    await expect(two.locator('[aria-checked=true], input:checked').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(attachmentItems(panel)).toHaveText([/^\s*lib/, /two\.txt/]);
    await ask('What is in it?', [
      /``` lib\/\nlib\/\n[^`]*one\.txt\n[^`]*two\.txt\n```/,
      '```plaintext lib/two.txt:1-2\ntwo\nunstaged\n```',
    ]);
  });

  await test.step('a symbol, problems and open editors', async () => {
    await openFile(page, 'basket.css');
    await pickContext(panel, '.bask', /\.basket/);
    await expect(attachmentItems(panel)).toHaveCount(1);
    await pickContext(panel, 'problems', 'Problems in This File');
    await expect(attachmentItems(panel)).toHaveCount(2);
    await ask('What is wrong?', [
      '```css styles/basket.css:1-3\n.basket {\n  colour: red;\n}\n```',
      /```\w* [^\n]*\n[^`]*Unknown property: 'colour'[^`]*\n```/,
    ]);
    await pickContext(panel, 'editors', 'Open Editors');
    await expect(attachmentItems(panel)).toHaveCount(2);
    await ask('And all that is open?', [
      `\`\`\`markdown notes.md:1-3\n${notes}\`\`\``,
      `\`\`\`css styles/basket.css:1-3\n${basket}\`\`\``,
    ]);
  });

  await test.step('changes of Git', async () => {
    await pickContext(panel, 'staged', /^\s*Staged Changes/);
    await pickContext(panel, 'unstaged', 'Unstaged Changes');
    await pickContext(panel, 'commit', 'Commit…');
    await chooseFocusedRow(page, 'Say one again');
    await expect(attachmentItems(panel)).toHaveCount(3);
    await takePicture(page, 'changes');
    await ask('What changed?', [
      /```diff Staged changes\ndiff --git a\/lib\/one\.txt [^`]*\+staged\n```/,
      /```diff Unstaged changes\ndiff --git a\/lib\/two\.txt [^`]*\+unstaged\n```/,
      /```diff Commit \w{8}: Say one again\ncommit \w+\n\nSay one again\n\ndiff --git a\/lib\/one\.txt [^`]*\+again\n```/,
    ]);
  });

  await test.step('the clipboard', async () => {
    await focusEditor(page);
    await page.evaluate(() => navigator.clipboard.writeText('copied words'));
    await pickContext(panel, 'clip', 'Clipboard');
    await expect(attachmentItems(panel)).toHaveCount(1);
    await ask('And this text?', [/```\w* Clipboard\ncopied words\n```/]);
  });

  await test.step('a chip is opened, read again and removed', async () => {
    await pickContext(panel, 'notes', 'notes.md');
    await attachmentItem(panel, 'notes.md').locator('.chip-open').press('Enter');
    await waitForFile(page, 'notes.md');
    await writeFile(path.join(folder, 'notes.md'), `${notes}A fourth line that is a good deal longer.\n`);
    await expect(page.locator('.editor-group-container.active .view-lines')).toContainText('fourth');
    const size = await attachmentItem(panel, 'notes.md').locator('.chip-tokens').textContent();
    await runAttachmentAction(panel, 'notes.md', 'Read Again');
    await expect(attachmentItem(panel, 'notes.md').locator('.chip-tokens')).not.toHaveText(size ?? '');
    await pickContext(panel, 'two.txt', 'two.txt');
    await expect(attachmentItems(panel)).toHaveCount(2);
    await attachmentItem(panel, 'two.txt').locator('.chip-open').press('Delete');
    await expect(attachmentItems(panel)).toHaveCount(1);
    await ask('Once more?', [
      `\`\`\`markdown notes.md:1-4\n${notes}A fourth line that is a good deal longer.\n\`\`\``,
    ]);
  });

  await test.step('a picture is refused for a model that does not see', async () => {
    await questionField(panel).evaluate(async (area) => {
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext('2d')?.fillRect(8, 8, 32, 32);
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], 'shot.png', { type: 'image/png' }));
      area.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(attachmentItem(panel, 'shot.png')).toBeVisible();
    await enterInPanel(panel, 'What does it show?');
    await expect(composerMessage(panel)).toContainText('does not see images');
    await takePicture(page, 'unseen');
    await expect(questionField(panel)).toHaveValue('What does it show?');
    const count = questionsSent(emulator).length;
    await runCommand(page, 'Qiao: Select Model');
    await quickInputField(page).fill('Qwen3 VL Plus');
    await chooseFocusedRow(page, 'Qwen3 VL Plus');
    await expect(composerMessage(panel)).toHaveText('');
    await questionField(panel).press('Enter');
    const sent = (await messagesSent(emulator, count)) as { content: Record<string, string>[] }[];
    const parts = sent.at(-1)?.content ?? [];
    expect(parts.flatMap(({ text }) => text ?? [])).toEqual(['What does it show?']);
    expect(parts.flatMap((part) => part.image ?? [])).toEqual([
      expect.stringMatching(/^data:image\/png;base64,iVBOR/),
    ]);
    expect(parts).toHaveLength(2);
  });
});

test.describe('a model with little room', () => {
  test.use({
    settings: { 'qiao.model': 'dashscope/baichuan2-7b-chat-v1' },
    files: { 'long.txt': 'A line of the long file.\n'.repeat(170), 'lib/one.txt': '', 'lib/two.txt': '' },
  });

  test('what the meter says is what is sent', async ({ page, emulator }) => {
    emulator.script({ text: 'Good.', usage: null, times: 'always' });
    const panel = await openPanel(page);
    await setKey(page, 'sk-0123456789abcdef');
    await openFile(page, 'long.txt');
    await openPanel(page);
    const meter = panel.locator('.context-button');
    const counted: number[] = [];
    let atRest = '';
    for (const question of ['One?', 'Two?', 'Three?', '/explain in short']) {
      if (question.startsWith('/')) {
        await questionField(panel).fill('');
        await questionField(panel).pressSequentially(question);
      } else {
        await pickContext(panel, 'long', 'long.txt');
        await questionField(panel).fill(question);
      }
      await expect(attachmentItems(panel)).toHaveCount(1);
      // The meter follows at some distance; it has come to rest when it says the same twice, and not what it said before.
      let label = atRest;
      await expect
        .poll(
          async () => {
            const before = label;
            label = (await meter.getAttribute('aria-label')) ?? '';
            return label !== atRest && label === before;
          },
          { intervals: [700] },
        )
        .toBe(true);
      atRest = label;
      const index = counted.length;
      await questionField(panel).press('Enter');
      const sent = (await messagesSent(emulator, index)) as { content: string }[];
      const tokens = sent.reduce((sum, { content }) => sum + estimateTokens(content) + 4, 0);
      counted.push(tokens);
      expect(label).toContain(`≈ ${tokens.toLocaleString('en')} `);
      const omitted = index - (sent.length - 1) / 2;
      if (omitted === 0) expect(label).not.toContain('left out');
      else
        expect(label).toMatch(omitted === 1 ? /The oldest turn/ : new RegExp(`The ${omitted} oldest turns`));
      await endedTurn(panel).waitFor();
    }
    // Three such files do not fit.
    expect(Math.max(...counted)).toBeLessThan(4096);
    await takePicture(page, 'meter');
  });
});

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
