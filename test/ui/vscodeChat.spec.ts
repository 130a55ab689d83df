// Qiao in VS Code's own chat, on a profile where nobody is signed in.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../scripts/host/freePort.ts';
import { isFullRun } from '../support/fullRun.ts';
import { openFile, panel, pressUntil, runCommand, takePicture } from './actions.ts';
import { askInPanel, lastAnswer } from './chat.ts';
import { expect, inFullRun, test } from './fixtures.ts';
import {
  allowInChat,
  attachInChat,
  enableQiao,
  lastResponse,
  modelPicker,
  openChat,
  sendInChat,
  undoEdits,
} from './vscodeChat.ts';

const before = {
  'price.ts': 'export function calc(n: number): number {\n  return n * 2;\n}\n',
  'main.ts': "import { calc } from './price';\n\nconsole.log(calc(3));\n",
};
const after = {
  'price.ts': before['price.ts'].replace('calc', 'double'),
  'main.ts': before['main.ts'].replaceAll('calc', 'double'),
};
const chatSettings = { 'chat.disableAIFeatures': false };
/** Below the ports that systems give out, and another one for each run of the tests. */
const port = await freePort(20_000 + (process.pid % 10_000));

test.use({
  environment: { DASHSCOPE_API_KEY: 'sk-0123456789abcdef' },
  settings: chatSettings,
  files: { ...before, '.env': 'TOKEN=sk-0123456789abcdef0123456789abcdef\n' },
  vscodeChat: true,
});

const userSettings = ({ userDataFolder }: { userDataFolder: string }): Promise<string> =>
  readFile(path.join(userDataFolder, 'User', 'settings.json'), 'utf8');

test('@qiao answers the very first message after start', async ({ page, emulator }) => {
  emulator.script({ text: 'Hello from the **platform**.' });
  await openChat(page);
  // At once: VS Code refuses every message, whoever it is for, until it knows a model.
  await sendInChat(page, '@qiao hello there');
  try {
    await expect(lastResponse(page)).toContainText('Hello from the platform.');
  } finally {
    await takePicture(page, 'participant');
  }
});

test('a conversation goes on in the panel, and comes back', async ({ page, emulator }) => {
  emulator.script({ text: 'First answer.' }, { text: 'Second answer.' }, { text: 'Third answer.' });
  await openChat(page);
  await modelPicker(page).waitFor();
  await sendInChat(page, '@qiao first question');
  await expect(lastResponse(page)).toContainText('First answer.');
  await takePicture(page, 'followups');
  await page.getByRole('button', { name: 'Continue in Qiao' }).click();
  await expect(lastAnswer(panel(page))).toHaveText('First answer.');
  await takePicture(page, 'in the panel');
  await askInPanel(panel(page), 'second question');
  await expect(lastAnswer(panel(page))).toHaveText('Second answer.');
  await runCommand(page, 'Qiao: Open in VS Code Chat');
  await expect(lastResponse(page)).toContainText('Second answer.');
  await takePicture(page, 'back');
  await sendInChat(page, '@qiao third question');
  await expect(lastResponse(page)).toContainText('Third answer.');
  expect(emulator.requests.at(-1)?.bodyText).toContain('Second answer.');
});

inFullRun(test, 'src/vscodeChat')(
  '@qiao takes slash commands and files, and asks before a secret goes along',
  async ({ page, emulator }) => {
    emulator.script({ text: 'It doubles.' }, { text: 'A key.' });
    await openChat(page);
    await modelPicker(page).waitFor();
    await attachInChat(page, 'price.ts');
    await sendInChat(page, '@qiao /explain ');
    await expect(lastResponse(page)).toContainText('It doubles.');
    expect(emulator.requests.at(-1)?.bodyText).toContain('return n * 2');
    await takePicture(page, 'slash');
    await attachInChat(page, '.env');
    await sendInChat(page, 'what is this?');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    await takePicture(page, 'secret');
    expect(emulator.requests).toHaveLength(1);
    await dialog.getByRole('button', { name: 'Send Anyway' }).click();
    await expect(lastResponse(page)).toContainText('A key.');
  },
);

test('after the command a plain message is answered', async ({ page, emulator, vscode }) => {
  emulator.script({ text: 'A plain answer.', times: 'always' });
  await enableQiao(page);
  expect(await userSettings(vscode)).not.toContain('byokUtilityModelDefault');
  await openChat(page);
  await modelPicker(page).waitFor();
  await takePicture(page, 'chat');
  await sendInChat(page, 'hello');
  try {
    await expect(lastResponse(page)).toContainText('A plain answer.');
  } finally {
    await takePicture(page, 'plain');
  }
});

inFullRun(test, 'src/vscodeChat')(
  'after the command inline chat asks the model too',
  async ({ page, emulator }) => {
    emulator.script({ text: 'Nothing to change.', times: 'always' });
    await enableQiao(page);
    await openFile(page, 'price.ts');
    const input = page.locator('.inline-chat-widget, .inline-chat, .inline-chat-overlay').first();
    await pressUntil(page, 'ControlOrMeta+I', input);
    await input.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.type('rename calc', { delay: 10 });
    await takePicture(page, 'inline input');
    await page.keyboard.press('Enter');
    try {
      const answer = page.locator('.editor-instance').getByText('Nothing to change.');
      await expect(answer.first()).toBeVisible();
      expect(emulator.requests[0]?.bodyText).toContain('rename calc');
    } finally {
      await takePicture(page, 'inline');
    }
  },
);

const protocols = [
  ['DashScope', chatSettings, { port }, 'text-generation'],
  [
    'OpenAI',
    {
      ...chatSettings,
      'qiao.model': 'native/model-a',
      'qiao.connections': [
        {
          id: 'native',
          name: 'Emulated',
          provider: 'openai',
          baseUrl: `http://127.0.0.1:${port}/v1`,
          models: ['model-a'],
        },
      ],
    },
    { port, requireKey: false },
    '/v1/chat/completions',
  ],
] as const;

// The protocols differ in how a request carries tools, which the contract tests of each client check.
for (const [protocol, settings, emulatorOptions, service] of isFullRun([
  'src/vscodeChat',
  'src/providers/dashscope',
  'src/providers/openai',
  'src/providers/qianfanV1',
  'src/providers/catalog/modelHabits.ts',
  'src/providers/protocol.ts',
  'src/providers/registry.ts',
  'src/providers/messages/toolCallJoiner.ts',
])
  ? protocols
  : protocols.slice(0, 1)) {
  test.describe(`agent mode over ${protocol}`, () => {
    test.use({ settings, emulatorOptions });

    test('renames a function and its caller, and Undo brings every byte back', async ({
      page,
      emulator,
      folder,
    }) => {
      const edit = (name: keyof typeof before) => ({
        name: 'replace_string_in_file',
        arguments: JSON.stringify({
          filePath: path.join(folder, name),
          oldString: before[name],
          newString: after[name],
          explanation: 'Rename',
        }),
      });
      const match = { bodyIncludes: '"replace_string_in_file"' };
      emulator.script(
        {
          match,
          reasoning: ['Two files.'],
          text: 'I rename it.',
          toolCalls: [edit('price.ts'), edit('main.ts')],
        },
        { match, text: 'It is called double now.' },
        { text: 'Rename', times: 'always' },
      );
      const contents = async () => ({
        'price.ts': await readFile(path.join(folder, 'price.ts'), 'utf8'),
        'main.ts': await readFile(path.join(folder, 'main.ts'), 'utf8'),
      });
      await enableQiao(page);
      await openChat(page);
      await modelPicker(page).waitFor();
      await sendInChat(page, 'Rename calc to double and fix its callers');
      try {
        await expect(lastResponse(page)).toContainText('It is called double now.');
        await expect.poll(contents).toEqual(after);
        expect(emulator.requests.at(-1)?.path).toContain(service);
      } finally {
        await takePicture(page, 'agent');
      }
      await undoEdits(page);
      await expect.poll(contents).toEqual(before);
    });
  });
}

test.describe('while other requests ask the model too', () => {
  test.use({ ownWindow: true });

  inFullRun(test, 'src/vscodeChat')(
    'agent mode asks before it runs a command, and before another model is asked',
    async ({ page, emulator, vscode }) => {
      const call = (name: string, input: object) => ({ name, arguments: JSON.stringify(input) });
      const match = { bodyIncludes: '"run_in_terminal"' };
      emulator.script(
        {
          match,
          toolCalls: [
            call('run_in_terminal', {
              command: 'echo bridge-$((40 + 2)) > made.txt',
              explanation: 'Makes a file',
              goal: 'A file',
              mode: 'sync',
              isBackground: false,
              timeout: 10_000,
            }),
          ],
        },
        { match, toolCalls: [call('qiao_askModel', { question: 'Is 42 fine?', model: 'qwen3-max' })] },
        { match, text: 'Both done.' },
        // VS Code may ask a model first how much harm the call can do.
        { match: { bodyIncludes: 'Is 42 fine?' }, text: 'Fine, says the other.', times: 'always' },
        { text: 'Title', times: 'always' },
      );
      await enableQiao(page, 'Use It for These Too');
      await expect.poll(() => userSettings(vscode)).toContain('"chat.byokUtilityModelDefault": "mainAgent"');
      await openChat(page);
      await modelPicker(page).waitFor();
      await sendInChat(page, 'Make a file #askModel');
      const confirm = page.locator('.chat-confirmation-widget, .chat-confirmation-widget2').last();
      await confirm.waitFor();
      await takePicture(page, 'terminal confirmation');
      await allowInChat(confirm, 'made.txt');
      await expect(confirm).toContainText('Is 42 fine?');
      await takePicture(page, 'tool confirmation');
      await allowInChat(confirm, 'Is 42 fine?');
      await expect(lastResponse(page)).toContainText('Both done.');
      await takePicture(page, 'both');
      const last = emulator.requests.findLast(({ bodyText }) => bodyText.includes('"run_in_terminal"'));
      expect(last?.bodyText).toContain('Fine, says the other.');
    },
  );
});
