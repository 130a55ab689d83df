import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/chat/common/conversation.ts';
import type { ConnectionKind } from '../../src/connections/host/connectionState.ts';
import { createConfirmSend } from '../../src/context/host/confirmSend.ts';
import { createContextSources } from '../../src/context/host/createContextSources.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { createBuiltIns } from '../../src/prompts/host/builtIns.ts';
import type { CommandContext } from '../../src/prompts/host/commandContext.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { createModelProvider } from '../../src/vscodeChat/host/modelProvider.ts';
import { answerInChat } from '../../src/vscodeChat/host/participant.ts';
import { createVscodeChat } from '../../src/vscodeChat/host/vscodeChatFeature.ts';
import { inEnglish } from './inEnglish.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/nowhere');
const folder = vscode.Uri.joinPath(root, 'vscodeChat-test');
const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
const none = new vscode.CancellationTokenSource().token;

about('versions', 'words').describe('VS Code’s chat: @qiao', () => {
  let emulator: Emulator;
  let agrees: boolean;
  let questions: string[];
  const log = { warn: () => {}, error: () => {}, info: () => {} };
  const sources = createContextSources({ lastEditor: { get: () => undefined }, log });

  before(async () => {
    for (const [name, text] of [
      ['one.ts', 'export const one = 1;\nexport const two = 2;\n'],
      ['.env', 'A=1\n'],
    ] as const)
      await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  });
  after(async () => {
    sources.dispose();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    agrees = false;
    questions = [];
  });
  afterEach(() => emulator.dispose());

  const loose = (kind: Attachment['kind'], text: string): Attachment => ({
    id: text,
    kind,
    path: text,
    uri: '',
    languageId: '',
    startLine: 0,
    endLine: 0,
    text,
  });
  const context: CommandContext = {
    code: async () => [{ ...loose('selection', 'code of the editor'), uri: 'untitled:other', startLine: 1 }],
    selection: async () => [],
    problems: async () => loose('problems', 'a problem'),
    changes: async (which) => (which === 'staged' ? loose('changes', 'a diff') : undefined),
    commitSubjects: async () => loose('changes', 'feat: earlier'),
    testFiles: async () => [],
    testFramework: async () => undefined,
  };
  const builtIns = createBuiltIns(context);
  const parts = () =>
    ({
      sources,
      log,
      confirmSend: createConfirmSend(
        {
          ask: async ({ text, choices }) => {
            questions.push(inEnglish(text));
            return agrees ? choices[0] : undefined;
          },
        },
        sources,
      ),
      commands: {
        load: async () => {},
        parse(draft: string) {
          const [, name, rest = ''] = /^\s*\/(\S+)\s*([\s\S]*)$/.exec(draft) ?? [];
          const command = builtIns.find((one) => one.name === name);
          return command && { command, rest };
        },
      },
      models: {
        normalize: (ref: string) => ref || 'dashscope/qwen-plus',
        describe: () => describeModel('dashscope', 'qwen-plus'),
        open: async (ref: string) =>
          createChatModel(
            { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-0123456789abcdef' },
            ref.replace(/^.*\//, ''),
          ),
      },
    }) as never;

  const ask = async (
    request: Partial<vscode.ChatRequest>,
    history: vscode.ChatContext['history'] = [],
  ): Promise<{ result: vscode.ChatResult; said: string; sent: string }> => {
    emulator.script({ text: 'An answer.' });
    let said = '';
    const stream = { markdown: (text: string) => (said += text), progress() {}, reference() {}, button() {} };
    const result = await answerInChat(
      parts(),
      { prompt: '', references: [], ...request } as never,
      { history } as never,
      stream as never,
      none,
    );
    return { result, said: inEnglish(said), sent: emulator.requests.at(-1)?.bodyText ?? '' };
  };
  const file = (name: string, id = name): vscode.ChatPromptReference => ({ id, value: at(name) });

  it('answers with the model of VS Code’s picker, and goes on with what was said', async () => {
    const model = { vendor: 'qiao', id: 'dashscope/qwen3-max' } as never;
    const first = await ask({ prompt: 'hello', model });
    assert.equal(first.said, 'An answer.');
    assert.equal(emulator.requests[0]?.model, 'qwen3-max');
    const second = await ask({ prompt: 'and then?' }, [{ result: first.result } as never]);
    assert.match(second.sent, /hello[\s\S]*An answer\.[\s\S]*and then\?/);
  });

  it('says below an answer that the platform broke it off, and sends that to no model', async () => {
    emulator.script({ text: 'Half of', finishReason: 'network_error' });
    const first = await ask({ prompt: 'hello' });
    assert.match(first.said, /^Half of\n\n.*network_error/);
    const second = await ask({ prompt: 'and then?' }, [{ result: first.result } as never]);
    assert.match(second.sent, /Half of/);
    assert.doesNotMatch(second.sent, /network_error/);
  });

  it('takes files and selections along, each once', async () => {
    const value = new vscode.Location(at('one.ts'), new vscode.Range(0, 0, 0, 21));
    const selection = { id: 'vscode.implicit.selection', value };
    const { sent } = await ask({ prompt: 'why?', references: [selection, { ...selection, id: 'chosen' }] });
    assert.equal(sent.split('const one').length, 2);
    assert.doesNotMatch(sent, /const two/);
    assert.match((await ask({ prompt: 'why?', references: [file('one.ts')] })).sent, /const two/);
  });

  it('asks before a file that may hold secrets goes along', async () => {
    const refused = await ask({ prompt: 'what is this?', references: [file('.env')] });
    assert.equal(emulator.requests.length, 0);
    assert.equal(refused.said, 'Nothing was sent.');
    assert.match(questions[0] ?? '', /\.env/);
    agrees = true;
    assert.match((await ask({ prompt: 'what is this?', references: [file('.env')] })).sent, /A=1/);
  });

  it('asks for what VS Code adds by itself too', async () => {
    await ask({ prompt: 'hello', references: [file('.env', 'vscode.implicit.file')] });
    assert.equal(questions.length, 1);
    assert.equal(emulator.requests.length, 0);
  });

  it('says when a file is gone, and sends nothing', async () => {
    const { result } = await ask({ prompt: 'why?', references: [file('gone.ts')] });
    assert.match(inEnglish(result.errorDetails?.message ?? ''), /gone\.ts.*no longer there/);
    assert.equal(emulator.requests.length, 0);
  });

  it('lets a slash command bring what it is about', async () => {
    const editor = await ask({ command: 'explain' });
    assert.match(editor.sent, /code of the editor/);
    const implicit = file('one.ts', 'vscode.implicit.file');
    const commit = await ask({ command: 'commit', references: [implicit] });
    assert.match(commit.sent, /a diff/);
    assert.doesNotMatch(commit.sent, /const one/);
  });

  it('lets what was named take the place of the code in the editor', async () => {
    const named = [file('one.ts')];
    const explain = await ask({ command: 'explain', references: named });
    assert.match(explain.sent, /const one/);
    assert.doesNotMatch(explain.sent, /code of the editor/);
    const review = await ask({ command: 'review', references: named });
    assert.doesNotMatch(review.sent, /a diff/);
    const commit = await ask({ command: 'commit', references: named });
    assert.match(commit.sent, /const one/);
    assert.match(commit.sent, /a diff/);
  });

  it('reads a slash command that VS Code does not know, and asks for a question where there is none', async () => {
    assert.match((await ask({ prompt: '/explain' })).sent, /code of the editor/);
    const { result } = await ask({ prompt: ' ' });
    assert.ok(result.errorDetails);
  });

  it('stops when VS Code says so', async () => {
    emulator.script({ pieces: ['one', 'two'], holdAfter: 1 });
    const source = new vscode.CancellationTokenSource();
    const request = { prompt: 'hello', references: [] } as never;
    const stream = { markdown() {}, progress() {}, reference() {}, button() {} } as never;
    const asking = answerInChat(parts(), request, { history: [] } as never, stream, source.token);
    const held = await emulator.nextHold();
    source.cancel();
    const { errorDetails, metadata } = await asking;
    await held.ended;
    assert.equal(errorDetails, undefined);
    assert.ok(metadata);
  });

  it('offers to go on in the panel, and tests for code', async () => {
    const chat = createVscodeChat(parts());
    const { result } = await ask({ prompt: 'why?', references: [file('one.ts')] });
    assert.deepEqual(
      chat.followups(result).map(({ command }) => command),
      ['panel', 'tests'],
    );
    assert.deepEqual(chat.followups({}), []);
  });
});

about('versions', 'words').describe('VS Code’s chat: the list of models', () => {
  const emitter = <Value>() => new vscode.EventEmitter<Value>();
  const setUp = (kind: ConnectionKind) => {
    const keys = emitter<void>();
    const connections = emitter<ConnectionKind>();
    const state = { shown: 0, changes: 0, loads: 0 };
    const provider = createModelProvider({
      keys: { onDidChange: keys.event },
      connectionState: { current: async () => kind, onDidChange: connections.event },
      manage: async () => {
        state.shown++;
      },
      load: async () => {
        state.loads++;
        if (state.loads === 1) throw new Error('Not this time.');
        return { list: async () => [], respond: async () => {}, countTokens: () => 1 };
      },
    });
    provider.onDidChangeLanguageModelChatInformation?.(() => {
      state.changes++;
    });
    return { provider, state, keys, connections };
  };
  const list = (provider: vscode.LanguageModelChatProvider, silent: boolean) =>
    Promise.resolve(provider.provideLanguageModelChatInformation({ silent }, none)).catch(() => undefined);

  it('asks nothing when it is to be silent, and shows the way where nothing is set up', async () => {
    const { provider, state } = setUp('none');
    await list(provider, true);
    assert.equal(state.shown, 0);
    await list(provider, false);
    assert.equal(state.shown, 1);
    const ready = setUp('key');
    await list(ready.provider, false);
    assert.equal(ready.state.shown, 0);
    provider.dispose();
    ready.provider.dispose();
  });

  it('is new at once when a key, a connection or a setting is', async () => {
    const { provider, state, keys, connections } = setUp('key');
    keys.fire();
    assert.equal(state.changes, 1);
    connections.fire('demo');
    assert.equal(state.changes, 2);
    const settings = vscode.workspace.getConfiguration('qiao');
    await settings.update('model', 'dashscope/qwen-max', vscode.ConfigurationTarget.Global);
    await until(() => state.changes > 2);
    await settings.update('model', undefined, vscode.ConfigurationTarget.Global);
    provider.dispose();
    const before = state.changes;
    keys.fire();
    assert.equal(state.changes, before);
  });

  it('is tried again when it could not be loaded', async () => {
    const { provider } = setUp('key');
    assert.equal(await list(provider, true), undefined);
    assert.deepEqual(await list(provider, true), []);
    provider.dispose();
  });
});
