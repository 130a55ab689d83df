// The slash commands, in Chinese: chosen by keys, seen as chips, and sent with a prompt in the user's language.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Page } from '@playwright/test';
import type { Emulator } from '../../src/emulator/index.ts';
import { runGit } from '../support/git.ts';
import {
  notification,
  openFile,
  openPanel,
  quickInputField,
  quickPickRow,
  runCommand,
  selectLines,
  takePicture,
} from './actions.ts';
import { askInPanel, endedTurn, enterInPanel, questionField } from './chat.ts';
import { attachmentItems, messagesSent, questionsSent, suggestions } from './context.ts';
import { test as base, expect } from './fixtures.ts';

const test = base.extend({
  folder: async ({ folder }, use) => {
    runGit(folder, ['init'], ['add', '.'], ['commit', '-m', '功能：开始']);
    await writeFile(path.join(folder, 'note.txt'), 'staged-word\n');
    runGit(folder, ['add', '.']);
    await writeFile(path.join(folder, 'note.txt'), 'loose-word\n');
    await use(folder);
  },
});

const code = '.basket {\n  colour: red;\n}\n';

test.use({
  language: 'zh-cn',
  settings: { 'git.enabled': true },
  files: {
    'basket.css': code,
    'cart.py': 'def total(items):\n    return sum(items)\n',
    'tests/test_cart.py': 'def test_total():\n    assert total([1]) == 1\n',
    'pyproject.toml': '[tool.pytest.ini_options]\n',
    'note.txt': 'first\n',
    '.qiao/prompts/提问.md':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: these are the library's own.
      '---\ndescription: 用自己的话提问\n---\n请看 ${selection}，回答：${input:想知道什么？}\n',
  },
});

/** Types the slash, chooses the command by keys, and sees these chips then. */
async function chooseCommand(panel: FrameLocator, name: string, names: readonly string[]): Promise<void> {
  const field = questionField(panel);
  await field.fill('');
  await field.pressSequentially(`/${name.slice(0, Math.min(4, name.length - 1))}`);
  const line = suggestions(panel).filter({ hasText: `/${name}` });
  await expect(line).toBeVisible();
  while (!(await line.and(panel.locator('.active')).count())) await field.press('ArrowDown');
  await field.press('Enter');
  await expect(field).toHaveValue(`/${name} `);
  await expect(attachmentItems(panel).locator('.chip-name')).toHaveText(names);
}

/** Sends what stands in the field, and gives the text of the newest question as the platform got it. */
async function send(panel: FrameLocator, emulator: Emulator): Promise<string> {
  const index = questionsSent(emulator).length;
  await questionField(panel).press('Enter');
  const messages = (await messagesSent(emulator, index)) as { content: string }[];
  await endedTurn(panel).waitFor();
  return messages.at(-1)?.content ?? '';
}

async function storeKey(page: Page): Promise<void> {
  await runCommand(page, '设置 API 密钥');
  await quickInputField(page).fill('sk-0123456789abcdef');
  await page.keyboard.press('Enter');
  await notification(page, 'API 密钥已保存');
}

test('each command shows what it takes along, and asks in the language of the user', async ({
  page,
  emulator,
}) => {
  emulator.script({ text: '好。', times: 'always' });
  const panel = await openPanel(page);
  await storeKey(page);
  await openFile(page, 'basket.css');
  await openPanel(page);
  await expect(page.locator('.editor-group-container.active .squiggly-warning').first()).toBeVisible();
  const fenced = `\`\`\`css basket.css:1-3\n${code}\`\`\``;

  await test.step('about the open file', async () => {
    await questionField(panel).pressSequentially('/');
    await expect(suggestions(panel)).toHaveCount(13);
    await takePicture(page, 'list');
    const wanted = {
      explain: '请解释这段代码。',
      doc: '请按该语言的惯用格式为这段代码编写文档注释',
      refactor: '请在不改变行为的前提下重构这段代码。',
      translate: '请翻译成下面指定的语言',
      simplify: '请在不改变行为的前提下简化这段代码',
    };
    for (const [name, prompt] of Object.entries(wanted)) {
      await chooseCommand(panel, name, ['basket.css']);
      const text = await send(panel, emulator);
      expect(text.startsWith(`${fenced}\n\n${prompt}`), text).toBe(true);
      expect(text.slice(fenced.length).replace(/Markdown/g, '')).not.toMatch(/[a-z]{3}/i);
    }
  });

  await test.step('/fix takes the problems', async () => {
    await chooseCommand(panel, 'fix', ['basket.css', 'basket.css']);
    await takePicture(page, 'fix');
    const text = await send(panel, emulator);
    expect(text).toContain("warning 2:3 css (unknownProperties): Unknown property: 'colour'");
    expect(text).toContain('请修复所列出的问题。');
  });

  await test.step('/tests takes a test of the project', async () => {
    await openFile(page, 'cart.py');
    await chooseCommand(panel, 'tests', ['cart.py', 'test_cart.py']);
    const text = await send(panel, emulator);
    expect(text).toContain('assert total([1]) == 1');
    expect(text).toContain('测试框架为 pytest。');
  });

  await test.step('/review and /commit take the changes', async () => {
    await chooseCommand(panel, 'review', ['暂存的更改', '未暂存的更改']);
    expect(await send(panel, emulator)).toContain('请评审这些更改');
    await chooseCommand(panel, 'commit', ['暂存的更改', '最近的提交']);
    await takePicture(page, 'commit');
    const text = await send(panel, emulator);
    expect(text).toContain('+staged-word');
    expect(text).not.toContain('loose-word');
    expect(text).toContain('功能：开始');
    expect(text).toContain('请为这些更改编写提交信息。');
  });

  await test.step('a prompt of the library asks for its inputs', async () => {
    await selectLines(page, 1, 1);
    await chooseCommand(panel, '提问', ['cart.py']);
    const index = questionsSent(emulator).length;
    await questionField(panel).press('Enter');
    await expect(page.locator('.quick-input-widget')).toContainText('想知道什么？');
    await takePicture(page, 'input');
    await page.keyboard.press('Escape');
    await expect(questionField(panel)).toHaveValue('/提问 ');
    await expect(attachmentItems(panel)).toHaveCount(1);
    expect(questionsSent(emulator)).toHaveLength(index);
    await questionField(panel).press('Enter');
    await expect(page.locator('.quick-input-widget')).toContainText('想知道什么？');
    await quickInputField(page).fill('总数从何而来');
    await page.keyboard.press('Enter');
    const messages = (await messagesSent(emulator, index)) as { content: string }[];
    expect(messages.at(-1)?.content).toBe(
      '```python cart.py:1-1\ndef total(items):\n```\n\n请看 `cart.py:1-1`，回答：总数从何而来',
    );
    await endedTurn(panel).waitFor();
  });

  await test.step('asked again, and reworded', async () => {
    const before = (await messagesSent(emulator, questionsSent(emulator).length - 1)) as unknown[];
    const index = questionsSent(emulator).length;
    await panel.locator('.turn').last().hover();
    await panel.locator('.turn').last().locator('[data-action="retry"]').click();
    expect(await messagesSent(emulator, index)).toEqual(before);
    await endedTurn(panel).waitFor();
    await panel.locator('.turn').last().locator('[data-action="edit"]').click();
    const editor = panel.locator('.question-editor textarea');
    await editor.fill('/explain 用一句话');
    await editor.press('Enter');
    const messages = (await messagesSent(emulator, index + 1)) as { content: string }[];
    expect(messages.at(-1)?.content).toMatch(
      /^```python cart\.py:1-1\ndef total\(items\):\n```\n\n请解释这段代码。[\s\S]*\n\n用一句话$/,
    );
    await endedTurn(panel).waitFor();
  });

  await test.step('/compact, /export and /clear run at once', async () => {
    const index = questionsSent(emulator).length;
    await runInPanel(panel, '/compact');
    await expect.poll(() => questionsSent(emulator).length).toBe(index + 1);
    await expect(questionField(panel)).toHaveValue('');
    await runInPanel(panel, '/export');
    await expect(page.locator('.quick-input-title')).toHaveText('导出对话');
    await expect(quickPickRow(page, 'Markdown')).toBeVisible();
    await page.keyboard.press('Escape');
    await runInPanel(panel, '/clear');
    await expect(panel.locator('.turn')).toHaveCount(0);
    expect(questionsSent(emulator)).toHaveLength(index + 1);
  });
});

test('a command waits with its prompt while an answer is running', async ({ page, emulator }) => {
  emulator.script({ pieces: ['一', '二'], holdAfter: 1 }, { text: '好。' });
  const panel = await openPanel(page);
  await storeKey(page);
  await openFile(page, 'basket.css');
  await askInPanel(panel, '你好');
  await emulator.nextHold();
  await chooseCommand(panel, 'explain', ['basket.css']);
  await questionField(panel).press('Enter');
  await expect(panel.locator('.queue-row')).toContainText('/explain');
  await takePicture(page, 'queued');
  emulator.release();
  const messages = (await messagesSent(emulator, 1)) as { content: string }[];
  expect(messages.at(-1)?.content).toMatch(/^```css basket\.css:1-3\n[\s\S]*\n\n请解释这段代码。/);
});

/** The first Enter completes the command, the second runs it. */
async function runInPanel(panel: FrameLocator, command: string): Promise<void> {
  await enterInPanel(panel, command);
  await expect(questionField(panel)).toHaveValue(`${command} `);
  await questionField(panel).press('Enter');
}
