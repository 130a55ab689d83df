import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { createDiskFiles, diskFiles } from '../../../src/base/host/files.ts';
import type { ConversationEvent } from '../../../src/chat/common/conversationLog.ts';
import { formatLine, parseLine } from '../../../src/chat/host/history/parseLine.ts';
import { createConversationReader } from '../../../src/chat/host/history/readConversation.ts';
import { answerText } from '../../../src/llm/answerParts.ts';
import { fuzzRuns } from '../../support/fullRun.ts';
import { textOf } from '../../support/textOf.ts';
import { until } from '../../support/until.ts';
import { asked, delta, done, failure, filesWith, header, useHistory, writeChat } from './historySupport.ts';

const { folder, window } = useHistory();
const fileOf = (id: string): string => path.join(folder(), `${id}.jsonl`);
const readState = (text: string): string => {
  const reader = createConversationReader();
  for (const line of text.split('\n')) reader.push(line);
  return reader.finish().state;
};
const line = (event: ConversationEvent): string => JSON.stringify(event);

const endsInGoodLine = (file: string): boolean => {
  try {
    JSON.parse(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '');
    return true;
  } catch {
    return false;
  }
};

describe('history files', () => {
  it('are lines of JSON behind a session line, in the order of the calls', async () => {
    const history = window();
    const events = [header('c'), asked('t', '问'), delta('t', '一'), delta('t', '二'), done('t')];
    await Promise.all(events.map((event) => history.append('c', event)));
    const lines = readFileSync(fileOf('c'), 'utf8').trimEnd().split('\n');
    assert.equal(JSON.parse(lines[0] ?? '').type, 'session');
    assert.deepEqual(lines.slice(1), events.map(line));
    assert.equal(textOf((await history.open('c'))?.turns[0]), '一二');
  });

  it('begin on a new line after a cut one, and only then', async () => {
    await writeChat(window(), { id: 'c', question: 'q', answer: 'a' });
    await window().append('c', { type: 'listing', pinned: true });
    assert.doesNotMatch(readFileSync(fileOf('c'), 'utf8'), /\n\n/);
    appendFileSync(fileOf('c'), '{"type":"delta","turnId":"c-t","te');
    const third = window();
    await third.append('c', { type: 'listing', title: 'T' });
    const conversation = await third.open('c');
    assert.deepEqual([conversation?.title, conversation?.pinned], ['T', true]);
    assert.deepEqual(
      (await third.list('')).map(({ state }) => state),
      ['ok'],
    );
  });

  it('lose nothing but cut lines when two windows write and crash at any byte', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ writer: fc.nat(1), text: fc.string({ unit: 'grapheme', maxLength: 12 }) }),
      },
      { weight: 1, arbitrary: fc.record({ cut: fc.integer({ min: 1, max: 90 }), writer: fc.nat(1) }) },
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const id = `p${++number}`;
        const file = fileOf(id);
        const writers = [window(), window()];
        await writers[0]?.append(id, header(id));
        await writers[0]?.append(id, asked('t0', 'q'));
        await writers[1]?.append(id, asked('t1', 'q'));
        const headerEnd = readFileSync(file).length;
        let excused = false;
        /** Bytes at which whole lines end, and what they say. */
        let written: { end: number; writer: number; text: string }[] = [];
        for (const one of steps) {
          if ('cut' in one) {
            const size = Math.max(headerEnd, readFileSync(file).length - one.cut);
            truncateSync(file, size);
            // Cut between a separator and the session behind it: nothing tells that from damage, and nothing is lost.
            excused ||= readFileSync(file, 'utf8').endsWith('\n') && !endsInGoodLine(file);
            written = written.filter(({ end }) => end <= size + 1); // Without its newline a line is whole.
            // This window died; another takes its place. The other one lives and knows nothing.
            writers[one.writer] = window();
          } else {
            await writers[one.writer]?.append(id, delta(`t${one.writer}`, one.text));
            written.push({ end: readFileSync(file).length, writer: one.writer, text: one.text });
          }
        }
        const stored = await window().read(id);
        if (!excused) assert.equal(stored?.state, 'ok');
        for (const writer of [0, 1]) {
          const expected = written
            .filter((entry) => entry.writer === writer)
            .map(({ text }) => text)
            .join('');
          assert.equal(textOf(stored?.conversation?.turns[writer]), expected);
        }
      }),
      {
        numRuns: fuzzRuns(150, ['src/chat/host/history']),
        // A line without its line break, and behind it one that was cut within its first characters.
        examples: [
          [
            [
              { writer: 0, text: ' ' },
              { cut: 1, writer: 1 },
              { writer: 0, text: '' },
              { cut: 48, writer: 0 },
            ],
          ],
        ],
      },
    );
  });

  it('hold tools in lines that are cut like any other, at every byte', () => {
    const call: ConversationEvent = {
      type: 'part',
      turnId: 't',
      part: { type: 'tool-call', id: 'c', name: 'read', arguments: '{"type":"x"}' },
    };
    const result: ConversationEvent = {
      type: 'part',
      turnId: 't',
      part: { type: 'tool-result', toolCallId: 'c', text: '{"type":"delta"' },
    };
    for (const event of [call, result]) {
      const whole = formatLine(event);
      assert.deepEqual(parseLine(whole).events, [event]);
      for (let length = 1; length < whole.length; length++)
        assert.equal(parseLine(whole.slice(0, length)).fault, 'cut', whole.slice(0, length));
      const cut = '{"type":"delta","turnId":"t","te';
      assert.deepEqual(parseLine(cut + whole).events, [event]);
    }
  });

  it('tell a crash from damage', () => {
    const good = [header('c'), asked('t', 'q'), delta('t', 'a')].map(line);
    const session = line({ type: 'session', at: 1 });
    const cut = '{"type":"delta","turnId":"t","te';
    const states: [string, string[]][] = [
      ['ok', good],
      ['ok', [...good, cut]],
      ['ok', [...good, cut, session, ...good.slice(2)]],
      ['ok', [...good, cut, '{"type":"sess']],
      ['ok', [...good, `${cut}${line(delta('t', 'b'))}`]],
      ['ok', [...good, `${line(delta('t', 'b'))}${line(delta('t', 'c'))}`]],
      ['ok', [...good, `${line(delta('t', 'b'))}{"type":`]],
      ['ok', [...good, '{"type":{"type":']],
      ['damaged', [...good, '{"type":{}']],
      ['ok', [...good, `{"ty${line(delta('t', 'b'))}`]],
      ['damaged', [...good, `rubbish${line(delta('t', 'b'))}`]],
      ['ok', [...good, '\0\0\0\0']],
      ['damaged', [...good, cut, line(delta('t', 'b'))]],
      ['damaged', [...good, 'rubbish', session]],
      ['damaged', [...good, '{"type":"turn","turn":5}', session]],
      ['damaged', [...good, '[1]']],
      ['damaged', good.slice(1)],
      ['newer', [...good, '{"type":"hologram","x":[{"type":"y"}]}']],
      ['newer', [line(header('c')).replace('"version":1', '"version":2'), ...good.slice(1)]],
      ['empty', [session]],
      ['empty', ['{"type":"sess']],
    ];
    for (const [state, lines] of states) assert.equal(readState(lines.join('\n')), state, lines.join('\n'));
  });

  it('that are damaged are set aside, listed, readable to the last good line, and never overwritten', async () => {
    const first = window();
    await writeChat(first, { id: 'c', question: 'kept', answer: 'answer' });
    const lines = readFileSync(fileOf('c'), 'utf8').split('\n');
    lines.splice(2, 0, '{"type":"delta","turnId":5}');
    writeFileSync(fileOf('c'), lines.join('\n'));
    const history = window();
    for (const name of ['damaged/c', 'damaged/c.2']) {
      const entries = await history.list('');
      assert.deepEqual(entries.find(({ id }) => id === name)?.state, 'damaged');
      assert.equal(existsSync(fileOf('c')), false);
      const stored = await history.read(name);
      assert.equal(textOf(stored?.conversation?.turns[0]), 'answer');
      assert.equal(await history.open(name), undefined);
      writeFileSync(fileOf('c'), lines.join('\n'));
    }
    assert.deepEqual(readdirSync(path.join(folder(), 'damaged')).sort(), ['c.2.jsonl', 'c.jsonl']);
    assert.equal(await history.open('c'), undefined);
    assert.equal(await history.open('gone'), undefined);
  });

  it('that are damaged and can’t be moved stay, and are listed all the same', async () => {
    writeFileSync(fileOf('c'), 'rubbish\n'.repeat(3));
    const move = async (): Promise<void> => Promise.reject(failure('EACCES'));
    const entries = await window({ files: filesWith({ move }) }).list('');
    assert.deepEqual(
      entries.map(({ id, state }) => [id, state]),
      [['c', 'damaged']],
    );
    assert.equal(existsSync(fileOf('c')), true);
  });

  it('of a newer Qiao are listed and left alone', async () => {
    const text = `${line(header('c'))}\n${line(asked('t', 'q'))}\n{"type":"hologram"}\n`;
    writeFileSync(fileOf('c'), text);
    const history = window();
    assert.deepEqual(
      (await history.list('')).map(({ title, state }) => [title, state]),
      [['q', 'newer']],
    );
    assert.equal(await history.open('c'), undefined);
    assert.equal(readFileSync(fileOf('c'), 'utf8'), text);
  });

  it('leave the folder to no name from outside', async () => {
    const history = window();
    assert.throws(() => history.append('../x', header('x')));
    assert.equal(await history.read('../x'), undefined);
    await assert.rejects(history.deleteFile('../../x'));
  });
});

describe('a disk that fails', () => {
  for (const [code, kind] of [
    ['ENOSPC', 'full'],
    ['EROFS', 'denied'],
    ['EIO', 'other'],
  ] as const) {
    it(`with ${code}: is told, keeps what was said in order, and writes it when it works again`, async () => {
      let broken = false;
      const append = async (file: string, text: string): Promise<void> => {
        if (!broken) return diskFiles.append(file, text);
        if (code === 'ENOSPC') await diskFiles.append(file, text.slice(0, 20));
        throw failure(code);
      };
      const history = window({ files: filesWith({ append }), retryMs: 20 });
      const told: (string | undefined)[] = [];
      history.onTrouble((trouble) => told.push(trouble?.kind));
      await history.append('c', header('c'));
      await history.append('c', asked('t', 'q'));
      broken = true;
      await history.append('c', delta('t', '一'));
      await history.append('c', delta('t', '二'));
      await history.append('d', header('d'));
      await history.append('d', asked('u', 'only in memory'));
      assert.equal(history.trouble?.kind, kind);
      assert.equal(textOf((await history.open('c'))?.turns[0]), '一二', 'opened again, it has all of it');
      assert.deepEqual((await history.list('')).map(({ id }) => id).sort(), ['c', 'd']);
      broken = false;
      await until(() => history.trouble === undefined);
      assert.deepEqual(told, [kind, undefined]);
      const other = window();
      assert.equal(textOf((await other.open('c'))?.turns[0]), '一二');
      assert.equal((await other.open('d'))?.turns[0]?.question, 'only in memory');
      assert.deepEqual(
        (await other.list('')).map(({ state }) => state),
        ['ok', 'ok'],
      );
    });
  }

  it('that has something else in the place of the folder is told, and left as it is', async () => {
    const inTheWay = path.join(folder(), 'in-the-way');
    writeFileSync(inTheWay, 'mine');
    const history = window({ folder: inTheWay, retryMs: 20 });
    await history.append('c', header('c'));
    await history.append('c', asked('t', 'q'));
    assert.equal(history.trouble?.kind, 'other');
    assert.deepEqual(
      (await history.list('')).map(({ id, turns }) => [id, turns]),
      [['c', 1]],
    );
    assert.equal(readFileSync(inTheWay, 'utf8'), 'mine');
    rmSync(inTheWay);
    await until(() => history.trouble === undefined);
    assert.equal((await window({ folder: inTheWay }).open('c'))?.turns.length, 1);
  });

  it('and only closes badly has the line once', async () => {
    const openBadly: typeof open = async (file, flags) => {
      const handle = await open(file, flags);
      const { close } = handle;
      // Reading goes on well.
      if (flags !== undefined)
        handle.close = async () => {
          await close();
          throw failure('EIO');
        };
      return handle;
    };
    const history = window({ files: createDiskFiles({ open: openBadly }), retryMs: 20 });
    await writeChat(history, { id: 'c', question: 'q' });
    await history.append('c', asked('t', 'again'));
    await history.append('c', delta('t', 'once'));
    assert.equal(history.trouble, undefined);
    assert.equal(readFileSync(fileOf('c'), 'utf8').split('once').length, 2);
  });

  it('is tried again with the next line', async () => {
    let broken = true;
    const append = (file: string, text: string): Promise<void> =>
      broken ? Promise.reject(failure('ENOSPC')) : diskFiles.append(file, text);
    const history = window({ files: filesWith({ append }), retryMs: 1_000_000 });
    await history.append('c', header('c'));
    broken = false;
    await history.append('c', asked('t', 'q'));
    assert.equal(history.trouble, undefined);
    assert.equal((await window().open('c'))?.turns.length, 1);
  });
});

describe('a conversation in two windows', () => {
  it('tells each window what the other writes, once, and nothing of its own', async () => {
    const [one, other] = [window(), window()];
    await writeChat(one, { id: 'c', question: 'first' });
    await one.open('c');
    await other.open('c');
    const heard: [string[], string[]] = [[], []];
    const following = [one, other].map((history, index) =>
      history.follow('c', (events) => heard[index === 0 ? 0 : 1].push(...events.map(line))),
    );
    const ours = [asked('t1', '一'), delta('t1', 'a'), { type: 'listing', pinned: true } as const];
    const theirs = [asked('t2', '二'), delta('t2', 'b'), { type: 'listing', pinned: true } as const];
    for (const index of [0, 1, 2]) {
      await Promise.all([
        one.append('c', ours[index] ?? header('')),
        other.append('c', theirs[index] ?? header('')),
      ]);
    }
    const notSession = (text: string): boolean => !text.startsWith('{"type":"session"');
    await until(() => heard.every((lines) => lines.filter(notSession).length >= 3));
    // What would be told once more is told before what is written now.
    const last: [ConversationEvent, ConversationEvent] = [
      { type: 'listing', title: 'ours' },
      { type: 'listing', title: 'theirs' },
    ];
    await Promise.all([one.append('c', last[0]), other.append('c', last[1])]);
    await until(() => heard[0].includes(line(last[1])) && heard[1].includes(line(last[0])));
    assert.deepEqual(heard[0].filter(notSession), [...theirs, last[1]].map(line));
    assert.deepEqual(heard[1].filter(notSession), [...ours, last[0]].map(line));
    for (const each of following) each.dispose();
    assert.deepEqual(
      (await window().open('c'))?.turns.map(({ answer }) => answerText(answer)),
      ['', 'a', 'b'],
    );
  });

  it('tells again what the listener threw at, and keeps for the next one what nobody heard', async () => {
    const [one, other] = [window(), window()];
    await writeChat(one, { id: 'c', question: 'first' });
    await one.open('c');
    const titles: string[] = [];
    let throws = true;
    const hear = (events: readonly ConversationEvent[]): void => {
      for (const event of events) {
        if (event.type !== 'listing') continue;
        if (event.title === 'Two' && throws) {
          throws = false;
          throw new Error('not now');
        }
        if (event.title) titles.push(event.title);
      }
    };
    const first = one.follow('c', hear);
    for (const title of ['One', 'Two', 'Three']) await other.append('c', { type: 'listing', title });
    await until(() => !throws);
    first.dispose();
    const second = one.follow('c', hear);
    await until(() => titles.length === 3);
    assert.deepEqual(titles, ['One', 'Two', 'Three']);
    second.dispose();
  });

  it('is not kept from what comes later by an event that is always thrown at', async () => {
    const [one, other] = [window(), window()];
    await writeChat(one, { id: 'c', question: 'first' });
    await one.open('c');
    const titles: (string | undefined)[] = [];
    let thrown = 0;
    const following = one.follow('c', ([event]) => {
      if (event?.type !== 'listing') return;
      if (event.title === 'Poison') {
        thrown++;
        throw new Error('never');
      }
      titles.push(event.title);
    });
    await other.append('c', { type: 'listing', title: 'Poison' });
    for (const count of [1, 2, 3]) {
      await until(() => thrown >= count);
      await other.append('c', { type: 'listing', title: `Later ${count}` });
    }
    await until(() => titles.length === 3);
    assert.deepEqual([thrown, titles], [3, ['Later 1', 'Later 2', 'Later 3']]);
    following.dispose();
  });

  it('tells what came while nobody followed, and waits for whole lines', async () => {
    const [one, other] = [window(), window()];
    await writeChat(one, { id: 'c', question: 'first' });
    await one.open('c');
    await other.append('c', { type: 'listing', title: 'Between' });
    const half = line({ type: 'listing', title: 'Halves' });
    appendFileSync(fileOf('c'), half.slice(0, 20));
    const titles: unknown[] = [];
    const following = one.follow('c', (events) => {
      for (const event of events) if (event.type === 'listing') titles.push(event.title);
    });
    await until(() => titles.length === 1);
    appendFileSync(fileOf('c'), `${half.slice(20)}\n`);
    await until(() => titles.length === 2);
    assert.deepEqual(titles, ['Between', 'Halves']);
    following.dispose();
  });
});
