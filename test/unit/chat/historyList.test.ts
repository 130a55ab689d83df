import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diskFiles } from '../../../src/base/host/files.ts';
import type { Conversation } from '../../../src/chat/common/conversation.ts';
import { exportJson, fromExport } from '../../../src/chat/common/exportJson.ts';
import { exportMarkdown } from '../../../src/chat/common/exportMarkdown.ts';
import { conversationExportSchema } from '../../../src/chat/common/exportSchema.ts';
import { createLastConversation } from '../../../src/chat/host/chatState.ts';
import { keepMs } from '../../../src/chat/host/history/trash.ts';
import { createMemento } from '../../support/memento.ts';
import { until } from '../../support/until.ts';
import { asked, delta, filesWith, header, useHistory, writeChat } from './historySupport.ts';

const { folder, window } = useHistory();
const indexFile = (): string => path.join(folder(), 'index.json');

/** Files of the disk, and the names of those that were read. */
function counting(): { files: typeof diskFiles; reads: string[] } {
  const reads: string[] = [];
  const read: typeof diskFiles.read = (file, from) => {
    reads.push(path.basename(file));
    return diskFiles.read(file, from);
  };
  return { files: filesWith({ read }), reads };
}

describe('the list of conversations', () => {
  it('has the newest first, with title, place and number of questions', async () => {
    const history = window({ workspace: 'file:///home/me/my%20project' });
    await writeChat(history, { id: 'old', question: '## 旧的问题\n详情', askedAt: 10 });
    await history.append('new', header('new', 'file:///home/me/my%20project'));
    await history.append('new', asked('t1', 'first', 20));
    await history.append('new', asked('t2', 'second', 30));
    await history.append('new', { type: 'listing', title: 'Mine', pinned: true });
    await history.append('unasked', header('unasked'));
    assert.deepEqual(await history.list(''), [
      {
        id: 'new',
        title: 'Mine',
        updatedAt: 30,
        turns: 2,
        pinned: true,
        workspace: 'my project',
        here: true,
        state: 'ok',
      },
      {
        id: 'old',
        title: '旧的问题',
        updatedAt: 10,
        turns: 1,
        pinned: false,
        workspace: '',
        here: false,
        state: 'ok',
      },
    ]);
  });

  it('reads a file again only when it is different', async () => {
    const writer = window();
    for (let number = 0; number < 20; number++) await writeChat(writer, { id: `c${number}`, question: 'q' });
    const entries = await window().list('');
    const { files, reads } = counting();
    const history = window({ files });
    assert.deepEqual(await history.list(''), entries);
    assert.deepEqual(reads, ['index.json']);
    await writer.append('c7', { type: 'listing', title: 'Another' });
    assert.equal((await history.list('')).find(({ id }) => id === 'c7')?.title, 'Another');
    assert.deepEqual(reads, ['index.json', 'c7.jsonl']);
  });

  it('is made again from the files when the index is gone, stale, rubbish or a lie', async () => {
    await writeChat(window(), { id: 'c', question: 'q' });
    const entries = await window().list('');
    const good = readFileSync(indexFile(), 'utf8');
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":9,"records":[]}',
      good.replace('"size":', '"size":9'),
      good.slice(0, -9),
    ]) {
      writeFileSync(indexFile(), text);
      assert.deepEqual(await window().list(''), entries, text);
    }
    writeFileSync(indexFile(), good.replaceAll('"id":"c"', '"id":"ghost"'));
    assert.deepEqual(await window().list(''), entries);
    assert.equal(readFileSync(indexFile(), 'utf8'), good, 'and is written again');
  });

  it('survives two windows that write the index at once, and leaves no temporary files', async () => {
    const windows = [window(), window(), window()];
    await Promise.all(
      windows.map(async (history, number) => {
        for (let chat = 0; chat < 5; chat++) {
          await writeChat(history, { id: `w${number}c${chat}`, question: 'q' });
          await history.list('');
        }
      }),
    );
    assert.equal((await window().list('')).length, 15);
    assert.deepEqual(
      readdirSync(folder()).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('is there without an index when the folder can’t be written', async () => {
    await writeChat(window(), { id: 'c', question: 'q' });
    const replace = (): Promise<void> => Promise.reject(new Error('read-only'));
    assert.equal((await window({ files: filesWith({ replace }) }).list('')).length, 1);
  });

  it('tells of changes here and in other windows', async () => {
    const [one, other, reader] = [window(), window(), window()];
    let here = 0;
    const watching = one.watchList(() => here++);
    await writeChat(one, { id: 'c', question: 'q' });
    assert.ok(here > 0);
    watching.dispose();
    // From a window that writes nothing, and whose index is up to date.
    await reader.list('');
    let elsewhere = 0;
    const reading = reader.watchList(() => elsewhere++);
    await reader.list('');
    assert.equal(elsewhere, 0);
    await other.append('c', { type: 'listing', pinned: true });
    await until(() => elsewhere > 0);
    reading.dispose();
  });
});

describe('a deleted conversation', () => {
  const open = async (now: number): Promise<void> => {
    const history = window({ now: () => now });
    const { createTrash } = await import('../../../src/chat/host/history/trash.ts');
    const { createHistoryIndex } = await import('../../../src/chat/host/history/historyIndex.ts');
    const log = { info: () => {}, warn: () => {} };
    const records = await createHistoryIndex({ folder: folder(), files: diskFiles, log }).refresh();
    await createTrash({ folder: folder(), files: diskFiles, now: () => now, log }).empty(records);
    await history.list('');
  };

  it('is out of the list, can be brought back, and is removed after a while', async () => {
    const history = window();
    await writeChat(history, { id: 'c', question: 'q' });
    await history.append('c', { type: 'listing', deletedAt: 1000 });
    const last = createLastConversation(history, createMemento());
    last.set('c');
    assert.deepEqual(await history.list(''), []);
    assert.equal(await last.open(), undefined);
    await history.append('c', { type: 'listing', deletedAt: null });
    assert.equal((await history.list('')).length, 1);
    assert.equal((await last.open())?.id, 'c');
    await history.append('c', { type: 'listing', deletedAt: 1000 });
    await open(1000 + keepMs - 1);
    assert.ok(existsSync(path.join(folder(), 'c.jsonl')));
    await open(1001 + keepMs);
    assert.equal(existsSync(path.join(folder(), 'c.jsonl')), false);
  });

  it('comes back when another window goes on with it', async () => {
    const history = window();
    await writeChat(history, { id: 'c', question: 'q' });
    await history.append('c', { type: 'listing', deletedAt: 1000 });
    await history.append('c', asked('t2', 'more', 2000));
    assert.equal((await history.list('')).length, 1);
    await open(keepMs * 2);
    assert.ok(existsSync(path.join(folder(), 'c.jsonl')));
  });

  it('that is damaged is moved away and back as a file', async () => {
    writeFileSync(path.join(folder(), 'c.jsonl'), 'rubbish\n'.repeat(2));
    const history = window({ now: () => 1000 });
    const id = (await history.list(''))[0]?.id ?? '';
    await history.deleteFile(id);
    assert.deepEqual(await history.list(''), []);
    await history.undeleteFile(id);
    assert.deepEqual(
      (await history.list('')).map((entry) => entry.id),
      [id],
    );
    await history.deleteFile(id);
    await open(1001 + keepMs);
    assert.deepEqual(readdirSync(path.join(folder(), 'deleted')), []);
  });
});

describe('search over all conversations', () => {
  const found = async (query: string): Promise<(string | undefined)[]> =>
    (await window().list(query)).map(
      ({ id, match }) => match && `${id}: ${match.text.slice(match.start, match.end)}`,
    );

  beforeEach(async () => {
    const history = window();
    await writeChat(history, {
      id: 'a',
      question: '长度重复的字符串怎么处理？',
      answer: '用集合去重 𠮷，银行行长很快乐。',
      askedAt: 3,
    });
    await writeChat(history, {
      id: 'b',
      question: 'How do I sort?',
      answer: 'Use `Array.prototype.SORT`.\n\nİstanbul too',
      askedAt: 2,
    });
    await history.append('b', { type: 'listing', title: 'Ordnung (1+1)' });
  });

  it('finds parts of titles, questions and answers, whatever the case', async () => {
    assert.deepEqual(await found('ORDNUNG (1+'), ['b: Ordnung (1+']);
    assert.deepEqual(await found('how do'), ['b: How do']);
    assert.deepEqual(await found('array.PROTO'), ['b: Array.proto']);
    assert.deepEqual(await found('istanbul too'), []);
    assert.deepEqual(await found('TOO'), ['b: too']);
    assert.deepEqual(await found('集合'), ['a: 集合']);
    assert.deepEqual(await found('nowhere'), []);
  });

  it('finds Chinese by initials, full pinyin, both mixed, and by every reading of a character', async () => {
    for (const [query, text] of [
      ['cdcf', '长度重复'],
      ['changduchongfu', '长度重复'],
      ['zhangdu', '长度'],
      ['zfc', '字符串'],
      ['zifuchuan', '字符串'],
      ['zifch', '字符串'],
      ['yhhz', '银行行长'],
      ['yinhanghang', '银行行'],
      ['Yin Hang', '银行'],
      ['kuaile', '快乐'],
      ['qc', '去重'],
    ] as const)
      assert.deepEqual(await found(query), [`a: ${text}`], query);
    assert.deepEqual(await found('xqzz'), []);
    assert.deepEqual(await found('q'), [], 'one letter is no pinyin');
  });

  it('sees what was added since', async () => {
    const history = window();
    const watching = history.watchList(() => {});
    assert.deepEqual(await history.list('xinde'), []);
    await history.append('b', asked('t9', '新的', 9));
    assert.deepEqual(
      (await history.list('xinde')).map(({ id }) => id),
      ['b'],
    );
    watching.dispose();
  });
});

describe('export and import', () => {
  const write = async (): Promise<Conversation> => {
    const history = window();
    await writeChat(history, {
      id: 'c',
      question: '怎么写？',
      answer: '这样：\n\n```js\nlet x;\n```',
      askedAt: 5,
    });
    const attachment = {
      id: 'x',
      kind: 'file',
      path: 'a.md',
      uri: 'file:///a.md',
      languageId: 'markdown',
      startLine: 1,
      endLine: 3,
      text: '```\ncode\n```\n',
    } as const;
    const event = asked('branch', 'other', 6);
    if (event.type === 'turn') event.turn.attachments = [attachment];
    for (const each of [
      event,
      delta('branch', 'half'),
      { type: 'listing', title: 'T', pinned: true } as const,
    ])
      await history.append('c', each);
    await history.append('c', {
      type: 'outcome',
      turnId: 'branch',
      outcome: {
        status: 'failed',
        error: { kind: 'network', providerId: 'p', message: 'gone' },
        usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      },
    });
    await history.append('c', { type: 'summary', summary: { throughTurnId: 'c-t', text: 'S' } });
    await history.append('c', {
      type: 'settings',
      settings: { systemPrompt: 'P', parameters: { topP: 0.5, temperature: 1 } },
    });
    const stored = await history.read('c');
    assert.ok(stored?.conversation);
    return stored.conversation;
  };

  it('gives the same JSON after a round trip through a new conversation on disk', async () => {
    const original = await write();
    const text = exportJson([original]);
    const [copy] = fromExport(conversationExportSchema.parse(JSON.parse(text)), () => 'copy');
    assert.ok(copy);
    const history = window();
    await history.add(copy);
    const stored = await history.open('copy');
    assert.ok(stored);
    assert.equal(exportJson([stored]), text);
    assert.deepEqual({ ...stored, id: 'c' }, original);
    assert.deepEqual(
      (await history.list('')).map(({ title }) => title),
      ['T', 'T'],
    );
  });

  it('takes nothing from a file that is not sound', async () => {
    const sound = JSON.parse(exportJson([await write()]));
    const changes: ((file: typeof sound) => void)[] = [
      (file) => {
        file.version = 2;
      },
      (file) => {
        file.format = 'x';
      },
      (file) => {
        file.conversations = [];
      },
      (file) => {
        file.conversations[0].headId = 'nobody';
      },
      (file) => {
        file.conversations[0].turns[0].parentId = 'branch';
      },
      (file) => {
        file.conversations[0].turns[1].id = 'c-t';
      },
      (file) => {
        file.conversations[0].turns[0].answer.text = 5;
      },
    ];
    assert.equal(conversationExportSchema.safeParse(sound).success, true);
    for (const change of changes) {
      const file = structuredClone(sound);
      change(file);
      assert.equal(conversationExportSchema.safeParse(file).success, false, String(change));
    }
  });

  it('writes Markdown with the branch in sight, its code fenced safely', async () => {
    const text = exportMarkdown(await write(), {
      title: 'T',
      question: 'Question',
      answer: (model) => `Answer by ${model}`,
      time: (at) => `time ${at}`,
      tool: ({ type }) => type,
      attachment: (attachment) => attachment.path,
      ending: ({ error }) => error?.message ?? '',
    });
    assert.equal(
      text,
      '# T\n\n## Question · time 6\n\nother\n\n**a.md**\n\n````markdown\n```\ncode\n```\n````\n\n### Answer by dashscope/m\n\nhalf\n\n> gone\n',
    );
  });
});
