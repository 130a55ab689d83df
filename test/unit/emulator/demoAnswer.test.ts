/** The demo answer: honest about itself, and true to what was received. */

import assert from 'node:assert/strict';
import { splitText } from '../../../src/emulator/answer.ts';
import { parseCodeBlocks } from '../../../src/emulator/codeBlocks.ts';
import { demoAnswer } from '../../../src/emulator/demoAnswer.ts';
import { startEmulator } from '../../../src/emulator/index.ts';
import { estimateTokens } from '../../../src/emulator/tokenEstimate.ts';
import { question, send } from './client.ts';

const request = {
  question: '```ts src/core/turn.ts:3-9\nconst bridge = 1;\n```\n\nWhat is this?',
  images: [],
  model: 'qwen2-72b-instruct',
  earlierTurns: 2,
  parameters: { temperature: 0.5 },
  stream: true,
};

describe('emulator: demo answer', () => {
  it('says in English that it is no model and plays back what it received', () => {
    const answer = demoAnswer(request);
    for (const part of [
      'This is Qiao’s emulator, not a model.',
      '> What is this?',
      '`src/core/turn.ts:3–9` (ts)',
      '`qwen2-72b-instruct`',
      '| Earlier turns | 2 |',
      '`temperature: 0.5`',
      '```ts\nconst bridge = 1;\n```',
      '🌉',
    ]) {
      assert.ok(answer.includes(part), part);
    }
  });

  it('takes no question about a task for an edit', () => {
    for (const question of ['这个任务：请解释', 'Where is "What to do: " used?'])
      assert.match(demoAnswer({ ...request, question }), /模拟器，不是模型|emulator, not a model/);
  });

  it('answers Chinese in Chinese', () => {
    assert.match(demoAnswer({ ...request, question: '这是什么？' }), /这里是 Qiao 的模拟器，不是模型。/);
  });

  it('says what images came, also without words', () => {
    const images = [
      { data: { mimeType: 'image/png', bytes: 68, width: 20, height: 30 }, tokens: 6 },
      { tokens: 1282 },
    ];
    const answer = demoAnswer({ ...request, images, question: '' });
    assert.match(answer, /`image\/png`, 20 × 30 pixels, 68 bytes/);
    assert.match(answer, /Image: an address/);
    assert.match(
      demoAnswer({ ...request, images, question: '这是什么？' }),
      /图片：`image\/png`，20 × 30 像素，68 字节/,
    );
  });

  it('is long only when asked', () => {
    const short = demoAnswer(request).length;
    assert.ok(short < 1000);
    for (const long of ['a long story', '写长一点']) {
      assert.ok(demoAnswer({ ...request, question: long }).length > 2000);
    }
  });

  it('fences code that holds fences, and quotes long questions in part', () => {
    const answer = demoAnswer({
      ...request,
      question: `${'line\n'.repeat(50)}\n\`\`\`\`md a.md:1-3\n\`\`\`\nx\n\`\`\`\n\`\`\`\``,
    });
    assert.ok(answer.includes('~~~~md\n```\nx\n```\n~~~~'));
    assert.equal(answer.match(/^> line$/gm)?.length, 6);
  });

  it('comes without a script, and shows reasoning when asked to think', async () => {
    const emulator = await startEmulator({ pace: 0 });
    const parameters = { enable_thinking: true, incremental_output: true, result_format: 'message' };
    const reply = await send(emulator, { stream: true, body: question('hi', parameters, 'qwen3-8b') });
    await emulator.dispose();
    assert.match(reply.text, /"reasoning_content":"An "/);
    assert.match(reply.text, /"finish_reason":"stop"/);
  });

  it('carries the faults of a step that leaves the words to it', async () => {
    const emulator = await startEmulator({ pace: 0, script: [{ cutAfter: 3 }] });
    const reply = await send(emulator, { stream: true });
    await emulator.dispose();
    assert.equal(reply.text.match(/^id:/gm)?.length, 3);
  });
});

describe('emulator: code blocks', () => {
  const where = (text: string) => {
    const [block] = parseCodeBlocks(text).blocks;
    return [block?.language, block?.path, block?.startLine, block?.endLine];
  };

  it('reads the form in which Qiao attaches code', () => {
    assert.deepEqual(where('```typescript my app/src/a b.ts:10-20\nx\n```'), [
      'typescript',
      'my app/src/a b.ts',
      10,
      20,
    ]);
    assert.deepEqual(where('```dockerfile Dockerfile:1-2\nx\n```'), ['dockerfile', 'Dockerfile', 1, 2]);
  });

  it('reads other forms', () => {
    assert.deepEqual(where('```python\nx\n```'), ['python', undefined, undefined, undefined]);
    assert.deepEqual(where('Code in `src/a.py`, lines 3-9:\n```python\nx\n```'), [
      'python',
      'src/a.py',
      3,
      9,
    ]);
    assert.deepEqual(where('src/a.go 第 3 至 9 行\n\n```go\nx\n```'), ['go', 'src/a.go', 3, 9]);
    assert.deepEqual(where('```ts title="src/a.ts" #L7\nx\n```'), ['ts', 'src/a.ts', 7, 7]);
  });

  it('keeps blocks and words apart, closed or not', () => {
    const { prose, blocks } = parseCodeBlocks('one\n````md\n```js\n```\n````\ntwo\n~~~\nopen');
    assert.equal(prose, 'one\ntwo');
    assert.deepEqual(
      blocks.map((block) => block.code),
      ['```js\n```', 'open'],
    );
  });
});

describe('emulator: text pieces and token estimates', () => {
  it('loses nothing and cuts no character', () => {
    const text = 'Hello,  world!\n\n桥让代码与模型相连 👩‍💻🌉 supercalifragilistic\tend\n';
    const pieces = splitText(text);
    assert.equal(pieces.join(''), text);
    assert.ok(pieces.length > 10);
    assert.ok(pieces.every((piece) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(piece)));
  });

  it('counts wide characters one each and others by four', () => {
    assert.deepEqual(['', 'a', 'abcdefgh', '你好', '🌉'].map(estimateTokens), [0, 1, 2, 2, 1]);
  });
});
