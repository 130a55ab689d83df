import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { HostMessage } from '../../src/core/protocol.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { ChatSession } from '../../src/host/chatSession.ts';
import { createHistory, type History } from '../../src/host/history/history.ts';
import type { Models } from '../../src/host/models.ts';
import { findDashScopeModel } from '../../src/providers/dashscopeCatalog.ts';
import { createChatModel } from '../../src/providers/index.ts';

function createMemento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (name: string) => values.get(name) as never,
    update: async (name, value) => void values.set(name, value),
  };
}

describe('a chat session', () => {
  let emulator: Emulator;
  let folder: string;
  let state: vscode.Memento;
  let log: vscode.LogOutputChannel;
  let history: History;
  let session: ChatSession;
  let messages: HostMessage[];

  const models = (): Models => ({
    open: async (ref) =>
      createChatModel({ protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-session-secret' }, ref),
    describe: findDashScopeModel,
    normalize: () => 'qwen2-7b-instruct',
    normalizeTyped: () => 'qwen2-7b-instruct',
    profileOf: () => ({ id: 'dashscope', name: 'DashScope', provider: 'dashscope' }),
    groups: async () => [],
  });
  const open = async (): Promise<void> => {
    history = createHistory({ folder, workspace: null, memory: state, log });
    session = new ChatSession({ models: models(), history, log, stored: await history.openLast() });
    messages = [];
    session.onMessage((message) => messages.push(message));
  };
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
    state = createMemento();
    await open();
  });
  afterEach(async () => {
    await session.dispose();
    await history.flush();
    await emulator.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  after(() => log.dispose());

  it('tells of a turn from start to finish, and its deltas make the answer', async () => {
    const text = '你好，世界 🌏\n'.repeat(50);
    emulator.script({ text });
    const end = finished();
    session.submit('hi', []);
    await end;
    assert.equal(messages[0]?.type, 'turn-start');
    const deltas = messages.filter((message) => message.type === 'turn-delta');
    assert.equal(deltas.map((delta) => delta.text).join(''), text);
    assert.equal(session.conversation.turns[0]?.answer.text, text);
    assert.equal(session.conversation.turns[0]?.answer.status, 'done');
    assert.equal(session.busy, false);
  });

  it('has the question on disk before the request goes out', async () => {
    let onDisk: string[] = [];
    emulator.script();
    const arrived = emulator.nextRequest().then(async () => {
      onDisk = (await lines()).map(({ type }) => type);
    });
    const end = finished();
    session.submit('hi', []);
    await arrived;
    await end;
    assert.deepEqual(onDisk.slice(0, 2), ['conversation', 'turn']);
  });

  it('keeps a stopped answer, in memory and on disk', async () => {
    emulator.script({ pieces: ['kept ', 'never'], holdAfter: 1 });
    const end = finished();
    session.submit('hi', []);
    await new Promise<void>((resolve) => session.onMessage((m) => m.type === 'turn-delta' && resolve()));
    assert.equal(session.busy, true);
    session.stop();
    await end;
    await session.dispose();
    await open();
    const [turn] = session.conversation.turns;
    assert.deepEqual([turn?.answer.text, turn?.answer.status], ['kept ', 'stopped']);
  });

  it('opens the last conversation again, and sends it along', async () => {
    emulator.script({ text: 'One.' }, { text: 'Two.' });
    let end = finished();
    session.submit('one?', []);
    await end;
    await session.dispose();
    await open();
    end = finished();
    session.submit('two?', []);
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
    session.submit('hi', []);
    await end;
    await retry();
    assert.deepEqual(
      session.conversation.turns.map(({ answer }) => [answer.status, answer.text]),
      [['failed', 'half']],
    );
    await retry();
    assert.deepEqual(
      session.conversation.turns.map(({ answer }) => answer.text),
      ['half', 'whole'],
    );
  });

  it('goes on in memory when the disk fails', async () => {
    await rm(folder, { recursive: true, force: true });
    await writeFile(folder, 'a file where a folder should be');
    emulator.script({ text: 'ok' });
    const end = finished();
    session.submit('hi', []);
    await end;
    assert.equal(session.conversation.turns[0]?.answer.text, 'ok');
  });

  it('writes no key to disk', async () => {
    emulator.script({ error: { status: 401, code: 'InvalidApiKey', message: 'bad key sk-session-secret' } });
    const end = finished();
    session.submit('hi', []);
    await end;
    await session.dispose();
    assert.doesNotMatch(JSON.stringify(await lines()) + JSON.stringify(messages), /sk-session-secret/);
    await open();
  });
});
