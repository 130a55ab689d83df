import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GitRepository } from '../../src/base/host/gitApi.ts';
import { ChatSession } from '../../src/chat/host/chatSession.ts';
import { toAnswerMarkdown } from '../../src/edit/host/quickAsk/answerMarkdown.ts';
import { QuickThread } from '../../src/edit/host/quickAsk/quickThread.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { answerText } from '../../src/llm/answerParts.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { writeCommitMessage } from '../../src/scm/host/commitMessage.ts';
import { textOf } from '../support/textOf.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const code = 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n';

describe('what Qiao offers in editors', () => {
  const problems = vscode.languages.createDiagnosticCollection('offers');
  let symbols: vscode.Disposable;
  let document: vscode.TextDocument;

  before(async () => {
    document = await vscode.workspace.openTextDocument({ content: code, language: 'plaintext' });
    await vscode.window.showTextDocument(document);
    symbols = vscode.languages.registerDocumentSymbolProvider('plaintext', {
      provideDocumentSymbols: () =>
        [0, 4].map(
          (line) =>
            new vscode.DocumentSymbol(
              `f${line}`,
              '',
              vscode.SymbolKind.Function,
              new vscode.Range(line, 0, line + 2, 1),
              new vscode.Range(line, 9, line, 12),
            ),
        ),
    });
  });
  after(async () => {
    problems.dispose();
    symbols.dispose();
    await vscode.workspace.getConfiguration().update('qiao.codeLens', undefined, true);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const offered = async (range: vscode.Range, kind?: string): Promise<vscode.CodeAction[]> => {
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind,
    );
    return found.filter(({ command }) => command?.command.startsWith('qiao.'));
  };

  about('versions').it('explains and fixes problems, and each offer names its place', async () => {
    const at = new vscode.Range(1, 2, 1, 8);
    problems.set(document.uri, [new vscode.Diagnostic(at, 'One is wrong.')]);
    const actions = await offered(at, 'quickfix');
    assert.deepEqual(
      actions.map(({ command }) => command?.command),
      ['qiao.fixProblem', 'qiao.explainProblem'],
    );
    const [uri, range] = actions[0]?.command?.arguments ?? [];
    assert.equal(String(uri), document.uri.toString());
    assert.ok(at.isEqual(range));
    problems.clear();
    assert.deepEqual(await offered(at, 'quickfix'), []);
  });

  it('explains, tests and documents what is selected, and nothing on a blank line', async () => {
    const selected = await offered(new vscode.Range(0, 0, 2, 1), 'refactor');
    assert.deepEqual(
      selected.map(({ command }) => command?.command),
      ['qiao.explainCode', 'qiao.writeTests', 'qiao.writeDocumentation'],
    );
    assert.deepEqual(await offered(new vscode.Range(3, 0, 3, 0), 'refactor'), []);
  });

  about('versions').it('shows lenses only to those who want them', async () => {
    const lenses = async (): Promise<string[]> => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return found.map(({ command, range }) => `${range.start.line} ${command?.command}`);
    };
    assert.deepEqual(await lenses(), []);
    await vscode.workspace.getConfiguration().update('qiao.codeLens', true, true);
    let shown: string[] = [];
    await until(async () => {
      shown = await lenses();
      return shown.length > 0;
    });
    const commands = ['qiao.explainCode', 'qiao.writeTests', 'qiao.writeDocumentation'];
    assert.deepEqual(
      shown.sort(),
      [0, 4].flatMap((line) => commands.map((command) => `${line} ${command}`)).sort(),
    );
  });
});

describe('where the cursor is, the model', () => {
  let emulator: Emulator;
  const settings = { model: 'dashscope/qwen-plus', parameters: {}, systemPrompt: '' };
  const parts = () =>
    ({
      models: {
        open: async () =>
          createChatModel({ protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-a' }, 'qwen-plus'),
        describe: () => describeModel('dashscope', 'qwen-plus'),
        successorOf: () => undefined,
        normalize: (ref: string) => ref,
      },
      views: { active: { chats: { current: { settings } } } },
      media: vscode.Uri.file('/media'),
      confirmSend: async () => true,
      sources: { remember: (made: unknown) => made },
    }) as never;

  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  const lastSent = (): { role: string; content: string }[] =>
    JSON.parse(emulator.requests.at(-1)?.bodyText ?? '').input.messages;

  describe('writes a commit message', () => {
    const repositoryWith = (value: string, diffs: { staged: string; unstaged: string }): GitRepository => ({
      inputBox: { value },
      rootUri: vscode.Uri.file('/repository'),
      state: { indexChanges: [], workingTreeChanges: [] },
      status: async () => {},
      diff: async (cached) => (cached ? diffs.staged : diffs.unstaged),
      log: async () => [{ hash: '', message: 'fix: a thing\n\nbody', parents: [] }],
      diffBetween: async (): Promise<never> => assert.fail(),
    });
    const both = { staged: 'diff --git a/s b/s\n+staged', unstaged: 'diff --git a/u b/u\n+unstaged' };
    const running = new AbortController().signal;

    it('of the staged changes, in the style of the last ones, with the wish that stood in the box', async () => {
      const repository = repositoryWith('about speed', both);
      emulator.script({ text: '```\nfeat: be quick\n\nBecause.\n```' });
      await writeCommitMessage(parts(), repository, running);
      assert.equal(repository.inputBox.value, 'feat: be quick\n\nBecause.');
      const sent = lastSent().at(-1)?.content ?? '';
      assert.match(sent, /\+staged/);
      assert.doesNotMatch(sent, /\+unstaged/);
      assert.match(sent, /fix: a thing/);
      assert.match(sent, /about speed/);
    });

    it('of the others when nothing is staged', async () => {
      const repository = repositoryWith('', { ...both, staged: '' });
      emulator.script({ text: 'feat: plain' });
      await writeCommitMessage(parts(), repository, running);
      assert.equal(repository.inputBox.value, 'feat: plain');
      assert.match(lastSent().at(-1)?.content ?? '', /\+unstaged/);
    });

    it('and puts back what was typed when it fails or is cancelled', async () => {
      const failing = repositoryWith('mine', both);
      emulator.script({ error: { status: 400, code: 'InvalidParameter', message: 'No.' } });
      await assert.rejects(writeCommitMessage(parts(), failing, running));
      assert.equal(failing.inputBox.value, 'mine');

      const cancelled = repositoryWith('mine', both);
      const controller = new AbortController();
      emulator.script({ pieces: ['```\nfeat: half\n', 'more\n```'], holdAfter: 1 });
      const writing = writeCommitMessage(parts(), cancelled, controller.signal);
      await emulator.nextHold();
      await until(() => cancelled.inputBox.value === 'feat: half');
      controller.abort();
      await writing;
      assert.equal(cancelled.inputBox.value, 'mine');
    });

    it('and leaves alone what the user types meanwhile', async () => {
      const repository = repositoryWith('', both);
      emulator.script({ pieces: ['```\nfeat: half\n', 'more\n', 'end\n```'], holdAfter: 1 });
      const writing = writeCommitMessage(parts(), repository, running);
      await emulator.nextHold();
      await until(() => repository.inputBox.value === 'feat: half');
      repository.inputBox.value = 'my own words';
      emulator.release();
      await writing;
      assert.equal(repository.inputBox.value, 'my own words');
    });

    it('and sends nothing that the user did not confirm', async () => {
      const repository = repositoryWith('mine', both);
      await writeCommitMessage(
        { ...(parts() as object), confirmSend: async () => false } as never,
        repository,
        running,
      );
      assert.equal(emulator.requests.length, 0);
      assert.equal(repository.inputBox.value, 'mine');
    });
  });

  describe('answers a quick ask', () => {
    const threadAt = (controller: vscode.CommentController): vscode.CommentThread =>
      controller.createCommentThread(vscode.Uri.parse('untitled:q'), new vscode.Range(0, 0, 0, 0), []);

    about('versions').it(
      'with what came before, and its turns become a conversation without asking again',
      async () => {
        const controller = vscode.comments.createCommentController('test.quick', 'Test');
        const thread = threadAt(controller);
        const quick = new QuickThread(thread, parts());
        emulator.script({ text: 'Four.' }, { text: 'Five.' });
        await quick.ask('Two and two?');
        await quick.ask('And one?');
        assert.deepEqual(
          lastSent()
            .map(({ content }) => content)
            .slice(-3),
          ['Two and two?', 'Four.', 'And one?'],
        );
        await until(() => thread.comments.length === 4);
        const written: unknown[] = [];
        const session = new ChatSession({
          ...(parts() as object),
          log: { info() {}, warn() {}, error() {} },
          history: { append: async (_id: string, event: unknown) => void written.push(event) },
          stored: undefined,
        } as never);
        await session.adopt(quick.turns);
        const { turns, headId } = session.conversation;
        assert.deepEqual(
          turns.map(({ question, answer }) => [question, answerText(answer), answer.status]),
          [
            ['Two and two?', 'Four.', 'done'],
            ['And one?', 'Five.', 'done'],
          ],
        );
        assert.equal(turns[1]?.parentId, turns[0]?.id);
        assert.equal(headId, turns[1]?.id);
        assert.equal(written.length, 8);
        assert.equal(emulator.requests.length, 2);
        await session.dispose();
        quick.close();
        controller.dispose();
      },
    );

    it('and says that the platform broke the answer off', async () => {
      const controller = vscode.comments.createCommentController('test.quick', 'Test');
      const thread = threadAt(controller);
      const quick = new QuickThread(thread, parts());
      emulator.script({ text: 'Half of', finishReason: 'network_error' });
      await quick.ask('Why?');
      const shown = (): string => {
        const body = thread.comments[1]?.body ?? '';
        return typeof body === 'string' ? body : body.value;
      };
      await until(() => /^Half of\n\n.*network/.test(shown()));
      quick.close();
      controller.dispose();
    });

    it('and keeps what came when it is stopped', async () => {
      const controller = vscode.comments.createCommentController('test.quick', 'Test');
      const quick = new QuickThread(threadAt(controller), parts());
      emulator.script({ pieces: ['Half', ' more'], holdAfter: 1 });
      const asking = quick.ask('Why?');
      await emulator.nextHold();
      await until(() => textOf(quick.turns[0]) === 'Half');
      await quick.stop();
      await asking;
      assert.equal(quick.turns[0]?.answer.status, 'stopped');
      assert.equal(textOf(quick.turns[0]), 'Half');
      quick.close();
      controller.dispose();
    });
  });
});

describe('an answer in VS Code’s own Markdown', () => {
  it('loads no picture, and leaves code as it is', () => {
    const { value, isTrusted, supportHtml } = toAnswerMarkdown(
      'See ![a](http://x/a.png) and\n\n- b\n  ```\n  c\n  ```\n  ![d][e]\n\n```rust\n#![allow(x)]\n```\n\n![f](http://x/f)',
    );
    assert.ok(!isTrusted && !supportHtml);
    assert.ok(value.includes('```rust\n#![allow(x)]\n```'));
    assert.equal(value.replace('#![', '').includes('!['), false);
  });

  it('closes a fence that the answer leaves open', () => {
    assert.match(toAnswerMarkdown('```ts\na();').value, /```ts\na\(\);\n```/);
  });
});
