import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { createBench, type EditBench } from './editBench.ts';

interface Case {
  name: string;
  before: string;
  /** UTF-8 unless given. */
  encoding?: string;
  /** Lines from 0, the last one included. */
  lines: [number, number];
  answer: string;
  cut?: boolean;
  after: string;
}

const many = Array.from({ length: 20_000 }, (_, index) => `\tline ${index} 行`);
const middle = many.with(10_000, '\tX 🌉').join('\r\n');

const cases: Case[] = [
  { name: 'LF', before: 'a\nb\nc\n', lines: [1, 1], answer: '```\nB\n```', after: 'a\nB\nc\n' },
  {
    name: 'CRLF',
    before: 'a\r\nb\r\nc\r\n',
    lines: [1, 1],
    answer: '```\nB\nB2\n```',
    after: 'a\r\nB\r\nB2\r\nc\r\n',
  },
  {
    name: 'LF from an answer in CRLF',
    before: 'a\nb\n',
    lines: [0, 0],
    answer: '```\r\nA\r\nB\r\n```',
    after: 'A\nB\nb\n',
  },
  { name: 'no last line end', before: 'a\nb', lines: [1, 1], answer: '```\nB\n```', after: 'a\nB' },
  {
    name: 'tabs',
    before: 'if a:\n\tb\n\t\tc\n',
    lines: [1, 2],
    answer: '```\n\tB\n\t\tc\n```',
    after: 'if a:\n\tB\n\t\tc\n',
  },
  {
    name: 'byte order mark',
    before: '\ufeff一\r\nb\r\n',
    lines: [0, 0],
    answer: '```\n二\n```',
    after: '\ufeff二\r\nb\r\n',
  },
  {
    name: 'GBK',
    before: '你好\n再见\n',
    encoding: 'gbk',
    lines: [1, 1],
    answer: '```\n谢谢\n```',
    after: '你好\n谢谢\n',
  },
  {
    name: 'emoji',
    before: '👩‍👩‍👧 a\n🌉\n',
    lines: [1, 1],
    answer: '```\n🌉🌉 é\n```',
    after: '👩‍👩‍👧 a\n🌉🌉 é\n',
  },
  {
    name: 'Chinese',
    before: '// 求和\nsum();\n',
    lines: [0, 0],
    answer: '```\n// 求总和：含税\n```',
    after: '// 求总和：含税\nsum();\n',
  },
  {
    name: 'spaces at line ends',
    before: 'a  \n  \nb\t\n',
    lines: [2, 2],
    answer: '```\nB\t\n```',
    after: 'a  \n  \nB\t\n',
  },
  {
    name: '20,000 lines',
    before: many.join('\r\n'),
    lines: [10_000, 10_000],
    answer: '```\n\tX 🌉\n```',
    after: middle,
  },
  {
    name: 'prose around the fence',
    before: 'a();\nb();\n',
    lines: [0, 0],
    answer: 'Sure, here it is:\n\n```ts\nA();\n```\n\nI hope this helps!',
    after: 'A();\nb();\n',
  },
  { name: 'no fence', before: 'a();\nb();\n', lines: [0, 0], answer: 'A();', after: 'A();\nb();\n' },
  {
    name: 'a truncated answer',
    before: 'a();\nb();\nc();\n',
    lines: [0, 2],
    answer: '```\na();\nNEW();\nb();\nc(',
    cut: true,
    after: 'a();\nNEW();\nb();\nc();\n',
  },
  { name: 'an empty answer', before: 'a();\n', lines: [0, 0], answer: '', after: 'a();\n' },
  { name: 'an empty fence', before: 'a();\n', lines: [0, 0], answer: '```\n```', after: 'a();\n' },
  {
    name: 'talk only',
    before: 'a();\n',
    lines: [0, 0],
    answer: 'I am sorry, I cannot do that.',
    after: 'a();\n',
  },
];

describe('the bytes of an inline edit', () => {
  let bench: EditBench;

  beforeEach(async () => {
    bench = await createBench();
  });
  afterEach(() => bench.dispose());

  for (const { name, before: old, encoding = 'utf8', lines, answer, cut, after: wanted } of cases) {
    it(`are right on the disk: ${name}`, async () => {
      const bytesOf = async (text: string): Promise<Buffer> =>
        Buffer.from(encoding === 'utf8' ? text : await vscode.workspace.encode(text, { encoding }));
      const step = { text: answer, finishReason: cut ? 'length' : 'stop' };
      bench.emulator.script(step, step);
      const document = await bench.open(
        'bytes.ts',
        await bytesOf(old),
        encoding === 'utf8' ? undefined : encoding,
      );
      await bench.edit(document, ...lines);
      await document.save();
      assert.deepEqual(await readFile(document.fileName), await bytesOf(old), 'pending');
      await bench.edits.decide('reject', document.uri);
      await document.save();
      assert.deepEqual(await readFile(document.fileName), await bytesOf(old), 'rejected');
      await bench.edit(document, ...lines);
      await bench.edits.decide('accept', document.uri);
      await document.save();
      assert.deepEqual(await readFile(document.fileName), await bytesOf(wanted), 'accepted');
    });
  }
});
