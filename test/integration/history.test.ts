import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createConversation } from '../../src/chat/common/conversation.ts';
import { applyEvents } from '../../src/chat/common/conversationLog.ts';
import type { HistoryAction, HostMessage } from '../../src/chat/common/protocol.ts';
import { createLastConversation } from '../../src/chat/host/chatState.ts';
import { Chats } from '../../src/chat/host/chats.ts';
import type { ChatView } from '../../src/chat/host/chatView.ts';
import type { Composer } from '../../src/chat/host/composer/composer.ts';
import { createHistory, type History } from '../../src/chat/host/history/history.ts';
import { createHistoryPanel } from '../../src/chat/host/history/historyPanel.ts';
import { Sessions } from '../../src/chat/host/sessions.ts';
import type { Models } from '../../src/connections/host/models.ts';
import { findDashScopeModel } from '../../src/providers/dashscope/dashscopeCatalog.ts';
import { createMemento } from '../support/memento.ts';
import { about } from './tiers.ts';

type List = Extract<HostMessage, { type: 'history-list' }>;

describe('the list of conversations in a panel', () => {
  let folder: string;
  let log: vscode.LogOutputChannel;
  let history: History;
  let chats: Chats;
  let sessions: Sessions;
  let panel: ReturnType<typeof createHistoryPanel>;
  let lists: List[];

  before(() => {
    log = vscode.window.createOutputChannel('Qiao history test', { log: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
    const state = createMemento();
    history = createHistory({ folder, workspace: null, log });
    for (const [id, question, askedAt] of [
      ['one', '第一个问题', 10],
      ['two', 'second', 20],
    ] as const) {
      const turn = {
        id: `${id}-t`,
        parentId: null,
        question,
        attachments: [],
        model: 'm',
        parameters: {},
        askedAt,
      };
      const conversation = applyEvents(createConversation(id, 1, null), [
        { type: 'turn', turn },
        { type: 'delta', turnId: turn.id, text: 'answer', reasoning: '' },
        { type: 'outcome', turnId: turn.id, outcome: { status: 'done' } },
      ]);
      await history.add(conversation);
    }
    const models = {
      describe: findDashScopeModel,
      normalize: (ref: string) => ref,
      successorOf: () => undefined,
    } as Partial<Models> as Models;
    sessions = new Sessions({ models, history, log, state });
    chats = new Chats(
      { sessions, models, history, state },
      sessions.create(await createLastConversation(history, state).open()),
    );
    const view = { chats, composer: {} as Composer, post: () => {} } as unknown as ChatView;
    const views = {
      showing: (id: string) => (chats.current.conversation.id === id ? view : undefined),
      openConversation: async () => true,
    };
    lists = [];
    panel = createHistoryPanel({
      ...{ history, sessions, views, view, models },
      run: async () => {},
      post: (message) => lists.push(message),
    });
    await search('');
  });
  afterEach(async () => {
    panel.dispose();
    chats.dispose();
    await sessions.dispose();
    await history.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  after(() => log.dispose());

  const run = (action: HistoryAction, id: string) =>
    panel.handlers['history-run']({ type: 'history-run', action, id });
  const search = (query: string) => panel.handlers['history-search']({ type: 'history-search', query });
  const rename = (id: string, title: string) =>
    panel.handlers['history-rename']({ type: 'history-rename', id, title });
  const last = (): List => lists.at(-1) ?? assert.fail('no list');
  const titles = (): string[] => last().entries.map(({ title }) => title);

  about('words').it('comes, is searched, renamed and pinned', async () => {
    assert.deepEqual(titles(), ['second', '第一个问题']);
    await search('dygwt');
    assert.deepEqual(titles(), ['第一个问题']);
    await search('');
    await rename('one', ' Named ');
    await run('pin', 'one');
    assert.deepEqual(
      last().entries.map(({ title, pinned }) => [title, pinned]),
      [
        ['second', false],
        ['Named', true],
      ],
    );
    await rename('one', '');
    assert.deepEqual(titles(), ['second', '第一个问题']);
  });

  it('leaves the conversation alone that came into sight while another was deleted', async () => {
    await run('open', 'two');
    const { read } = history;
    history.read = async (id) => {
      await chats.open('one');
      return read(id);
    };
    await run('delete', 'two');
    assert.equal(chats.current.conversation.id, 'one');
  });

  it('changes the open conversation in memory and on disk alike', async () => {
    await run('open', 'two');
    await rename('two', 'Both');
    assert.equal(chats.current.view.title, 'Both');
    await history.flush();
    assert.match(await readFile(path.join(folder, 'two.jsonl'), 'utf8'), /"title":"Both"/);
  });

  it('deletes the open conversation, begins a new one, and takes it back', async () => {
    await run('open', 'two');
    await run('delete', 'two');
    assert.notEqual(chats.current.conversation.id, 'two');
    assert.deepEqual(titles(), ['第一个问题']);
    assert.deepEqual(last().deleted, { id: 'two', title: 'second' });
    await run('undelete', 'two');
    assert.deepEqual(titles(), ['second', '第一个问题']);
    assert.equal(last().deleted, undefined);
  });

  it('deletes a damaged file and takes it back', async () => {
    await writeFile(path.join(folder, 'bad.jsonl'), 'rubbish\nrubbish\n');
    await search('');
    const damaged = last().entries.find(({ state }) => state === 'damaged')?.id ?? '';
    await run('delete', damaged);
    assert.equal(last().entries.length, 2);
    await run('undelete', damaged);
    assert.equal(last().entries.length, 3);
  });

  about('versions').it('opens a conversation as Markdown beside', async () => {
    await run('open-markdown', 'one');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    assert.match(document?.getText() ?? '', /^# 第一个问题\n[\s\S]*\nanswer\n$/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
