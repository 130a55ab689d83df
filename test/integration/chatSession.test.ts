import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { activeTurns, type Turn } from '../../src/chat/common/conversation.ts';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import { ChatSession } from '../../src/chat/host/chatSession.ts';
import { createHistory, type History } from '../../src/chat/host/history/history.ts';
import type { Models } from '../../src/connections/host/models.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { answerText } from '../../src/llm/answerParts.ts';
import { findDashScopeModel } from '../../src/providers/dashscope/dashscopeCatalog.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { textOf } from '../support/textOf.ts';
import { about } from './tiers.ts';

describe('a chat session', () => {
  let emulator: Emulator;
  let folder: string;
  let log: vscode.LogOutputChannel;
  let history: History;
  let session: ChatSession;
  let messages: HostMessage[];

  const models = (): Models => ({
    open: async (ref) =>
      createChatModel({ protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-session-secret' }, ref),
    describe: findDashScopeModel,
    successorOf: () => undefined,
    normalize: () => 'qwen2-7b-instruct',
    normalizeTyped: () => 'qwen2-7b-instruct',
    profileOf: () => ({ id: 'dashscope', name: 'DashScope', provider: 'dashscope' }),
    groups: async () => [],
  });
  /** A new window: nothing but the disk is left. `last`: the conversation that is opened. */
  const open = async (last?: string): Promise<void> => {
    history = createHistory({ folder, workspace: null, log });
    session = new ChatSession({
      models: models(),
      history,
      log,
      stored: last === undefined ? undefined : await history.open(last),
    });
    messages = [];
    session.onMessage((message) => messages.push(message));
  };
  const reopen = async (): Promise<void> => {
    await session.dispose();
    await history.flush();
    await open(session.conversation.id);
  };
  const ask = async (question: string): Promise<Turn> => {
    const end = finished();
    session.submit({ question: question, attachments: [] });
    await end;
    const turn = session.conversation.turns.at(-1);
    assert.ok(turn);
    return turn;
  };
  const inSight = (): string[] =>
    activeTurns(session.conversation).map(({ question, answer }) => `${question} ${answerText(answer)}`);
  const sent = (index: number): string[] =>
    JSON.parse(emulator.requests[index]?.bodyText ?? '').input.messages.map(
      ({ content }: { content: string }) => content,
    );
  const answering = (): Promise<void> =>
    new Promise((resolve) => session.onMessage(({ type }) => type === 'turn-delta' && resolve()));
  const finished = (): Promise<HostMessage> =>
    new Promise((resolve) => {
      const subscription = session.onMessage((message) => {
        if (message.type !== 'turn-finish') return;
        subscription.dispose();
        setImmediate(() => resolve(message));
      });
    });
  const lines = async (): Promise<{ type: string }[]> => {
    const text = await readFile(path.join(folder, `${session.conversation.id}.jsonl`), 'utf8');
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  before(() => {
    log = vscode.window.createOutputChannel('Qiao test', { log: true });
  });
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
    await open();
  });
  afterEach(async () => {
    await session.dispose();
    await history.flush();
    await emulator.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  after(() => log.dispose());

  it('keeps a call of a tool that nobody asked for, tells of it, and sends the text alone again', async () => {
    emulator.script({ text: 'Let me look.', toolCalls: [{ id: 'c', name: 'read', arguments: '{}' }] });
    emulator.script({ text: 'Fine.' });
    await ask('one');
    assert.deepEqual(
      messages.find(({ type }) => type === 'turn-tools'),
      {
        type: 'turn-tools',
        turnId: session.conversation.turns[0]?.id,
        tools: [{ name: 'read', arguments: '{}', result: undefined }],
      },
    );
    const { answer } = session.conversation.turns[0] ?? {};
    await reopen();
    assert.ok((await lines()).some(({ type }) => type === 'part'));
    assert.deepEqual(session.conversation.turns[0]?.answer.parts, answer?.parts);
    assert.equal(textOf(session.conversation.turns[0]), 'Let me look.');
    await ask('two');
    assert.deepEqual(sent(1).slice(-3), ['one', 'Let me look.', 'two']);
  });

  about('versions', 'words').it(
    'tells of a turn from start to finish, and its deltas make the answer',
    async () => {
      const text = '你好，世界 🌏\n'.repeat(50);
      emulator.script({ text });
      const end = finished();
      session.submit({ question: 'hi', attachments: [] });
      await end;
      assert.equal(messages[0]?.type, 'turn-start');
      const deltas = messages.filter((message) => message.type === 'turn-delta');
      assert.equal(deltas.map((delta) => delta.text).join(''), text);
      assert.equal(textOf(session.conversation.turns[0]), text);
      assert.equal(session.conversation.turns[0]?.answer.status, 'done');
      assert.equal(session.busy, false);
    },
  );

  it('takes no question when it is disposed', async () => {
    await session.dispose();
    assert.equal(session.submit({ question: 'hi', attachments: [] }), 'refused');
    assert.deepEqual(session.conversation.turns, []);
  });

  it('has the question on disk before the request goes out', async () => {
    let onDisk: string[] = [];
    emulator.script();
    const arrived = emulator.nextRequest().then(async () => {
      onDisk = (await lines()).map(({ type }) => type);
    });
    const end = finished();
    session.submit({ question: 'hi', attachments: [] });
    await arrived;
    await end;
    assert.deepEqual(onDisk.slice(0, 4), ['session', 'conversation', 'settings', 'turn']);
  });

  it('keeps a stopped answer, in memory and on disk', async () => {
    emulator.script({ pieces: ['kept ', 'never'], holdAfter: 1 });
    const end = finished();
    session.submit({ question: 'hi', attachments: [] });
    await answering();
    assert.equal(session.busy, true);
    session.stop();
    await end;
    await reopen();
    const [turn] = session.conversation.turns;
    assert.deepEqual([textOf(turn), turn?.answer.status], ['kept ', 'stopped']);
  });

  about('versions').it('opens the last conversation again, and sends it along', async () => {
    emulator.script({ text: 'One.' }, { text: 'Two.' });
    let end = finished();
    session.submit({ question: 'one?', attachments: [] });
    await end;
    await reopen();
    end = finished();
    session.submit({ question: 'two?', attachments: [] });
    await end;
    assert.deepEqual(JSON.parse(emulator.requests[1]?.bodyText ?? '').input.messages, [
      { role: 'user', content: 'one?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'two?' },
    ]);
  });

  it('asks again: a failed turn without text gives way, one with text stays', async () => {
    emulator.script(
      { error: { status: 503, code: 'ModelUnavailable', message: 'x' } },
      { pieces: ['half', 'rest'], cutAfter: 1 },
      { text: 'whole' },
    );
    const retry = async (): Promise<void> => {
      const end = finished();
      session.retry(session.conversation.turns.at(-1)?.id ?? '');
      await end;
    };
    const end = finished();
    session.submit({ question: 'hi', attachments: [] });
    await end;
    await retry();
    assert.deepEqual(
      session.conversation.turns.map(({ answer }) => [answer.status, answerText(answer)]),
      [['failed', 'half']],
    );
    await retry();
    assert.deepEqual(
      session.conversation.turns.map(({ answer }) => answerText(answer)),
      ['half', 'whole'],
    );
  });

  it('asks an edited question as a branch, and the branch in sight is what is sent', async () => {
    emulator.script({ text: 'One.' }, { text: 'Two.' }, { text: 'Other.' }, { text: 'Three.' });
    await ask('one?');
    const second = await ask('two?');
    let end = finished();
    session.edit(second.id, { question: 'other?' });
    await end;
    assert.deepEqual(inSight(), ['one? One.', 'other? Other.']);
    assert.deepEqual(sent(2), ['one?', 'One.', 'other?']);
    session.selectBranch(second.id);
    assert.deepEqual(inSight(), ['one? One.', 'two? Two.']);
    await reopen();
    assert.deepEqual(inSight(), ['one? One.', 'two? Two.']);
    end = finished();
    session.submit({ question: 'three?', attachments: [] });
    await end;
    assert.deepEqual(sent(3), ['one?', 'One.', 'two?', 'Two.', 'three?']);
  });

  it('asks the same question again beside the first answer', async () => {
    emulator.script({ text: 'One.' }, { text: 'Another.' });
    const { id } = await ask('one?');
    const end = finished();
    session.retry(id);
    await end;
    assert.deepEqual(inSight(), ['one? Another.']);
    const shown = messages.findLast((message) => message.type === 'conversation-change');
    assert.deepEqual(shown?.turns[0]?.branch, { index: 1, count: 2, previousId: id, nextId: undefined });
  });

  it('goes on with an answer that was cut', async () => {
    emulator.script({ text: 'half', finishReason: 'length' }, { text: ' and half' });
    const { id } = await ask('long?');
    const end = finished();
    session.resume(id, 'Go on.');
    await end;
    assert.deepEqual(inSight(), ['long? half and half']);
    assert.deepEqual(sent(1), ['long?', 'half', 'Go on.']);
    await reopen();
    assert.deepEqual(inSight(), ['long? half and half']);
    assert.equal(session.conversation.turns[0]?.answer.status, 'done');
  });

  it('asks a queued question when the answer before it is done', async () => {
    emulator.script({ pieces: ['One', '.'], holdAfter: 1 }, { text: 'Two.' });
    const first = finished();
    assert.equal(session.submit({ question: 'one?', attachments: [] }), 'asked');
    assert.equal(session.submit({ question: 'two?', attachments: [] }), 'queued');
    assert.equal(session.submit({ question: 'three?', attachments: [] }), 'refused');
    assert.deepEqual([session.view.running, session.view.queued?.text], [true, 'two?']);
    await answering();
    emulator.release();
    await first;
    await finished();
    assert.deepEqual(inSight(), ['one? One.', 'two? Two.']);
    assert.equal(session.queued, undefined);
  });

  it('holds a queued question back when the answer before it did not end well', async () => {
    emulator.script({ pieces: ['One', '.'], holdAfter: 1 }, { text: 'Two.' });
    session.submit({ question: 'one?', attachments: [] });
    session.submit({ question: 'two?', attachments: [] });
    await answering();
    await session.stopAndSettle();
    assert.equal(session.queued?.held, true);
    const end = finished();
    await session.sendQueued();
    await end;
    assert.equal(inSight().at(-1), 'two? Two.');
  });

  it('says in its messages whether an answer is coming', async () => {
    emulator.script({ text: 'One.' });
    await ask('one?');
    const updates = messages.filter((message) => message.type === 'conversation-update');
    assert.ok(updates.length > 0);
    assert.ok(updates.every(({ conversation }) => conversation.running));
    assert.equal(session.view.running, false);
  });

  it('takes over the finished turns of another window, and only those', async () => {
    emulator.script({ text: 'One.' });
    const { id: parentId } = await ask('one?');
    const turn = {
      id: 'f',
      parentId,
      question: 'far?',
      attachments: [],
      model: 'm',
      parameters: {},
      askedAt: 1,
    };
    session.receive([
      { type: 'turn', turn },
      { type: 'delta', turnId: 'f', text: 'Far.', reasoning: '' },
    ]);
    assert.deepEqual(inSight(), ['one? One.']);
    session.receive([{ type: 'outcome', turnId: 'f', outcome: { status: 'done' } }]);
    assert.deepEqual(inSight(), ['one? One.', 'far? Far.']);
  });

  it('goes on in memory when the disk fails', async () => {
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'a file where a folder should be');
    emulator.script({ text: 'ok' });
    const end = finished();
    session.submit({ question: 'hi', attachments: [] });
    await end;
    assert.equal(textOf(session.conversation.turns[0]), 'ok');
  });

  it('writes no key to disk', async () => {
    emulator.script({ error: { status: 401, code: 'InvalidApiKey', message: 'bad key sk-session-secret' } });
    const end = finished();
    session.submit({ question: 'hi', attachments: [] });
    await end;
    await history.flush();
    assert.doesNotMatch(JSON.stringify(await lines()) + JSON.stringify(messages), /sk-session-secret/);
  });
});
