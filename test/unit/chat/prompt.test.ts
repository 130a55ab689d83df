import assert from 'node:assert/strict';
import { measureContext } from '../../../src/chat/common/contextUse.ts';
import type { Attachment, Turn } from '../../../src/chat/common/conversation.ts';
import { assemblePrompt, estimateTurn, formatQuestion } from '../../../src/chat/common/prompt.ts';
import { textParts } from '../../../src/llm/answerParts.ts';
import type { ModelInfo } from '../../../src/llm/chatModel.ts';
import { estimateImageTokens, estimateTokens } from '../../../src/llm/tokens.ts';

const info: ModelInfo = {
  id: 'm',
  name: 'M',
  family: 'F',
  providerId: 'dashscope',
  input: 'messages',
  toolCalling: false,
  parameters: {},
  maxInputTokens: 200,
};

const turn = (question: string, text: string, extra: Partial<Turn['answer']> = {}): Turn => ({
  id: question,
  parentId: null,
  question,
  attachments: [],
  model: 'dashscope/m',
  parameters: {},
  askedAt: 0,
  answer: { status: 'done', parts: textParts(text), ...extra },
});

const code = (text: string): Attachment => ({
  id: 'a',
  kind: 'selection',
  path: 'src/a.ts',
  uri: 'file:///a.ts',
  languageId: 'typescript',
  startLine: 3,
  endLine: 4,
  text,
});

const assemble = (history: Turn[], systemPrompt = '') =>
  assemblePrompt({
    history,
    question: { question: 'now?', attachments: [] },
    systemPrompt,
    info,
    outputTokens: 100,
  });

describe('assemblePrompt', () => {
  it('tells the model where something was cut', () => {
    const attachments = [{ ...code('const a'), cutCharacters: 12 }];
    assert.equal(
      formatQuestion({ question: 'Why?', attachments }, true),
      '```typescript src/a.ts:3-4\nconst a\n[… 12 more characters were cut here]\n```\n\nWhy?',
    );
  });

  it('sends a system text without what nobody sees in it', () => {
    assert.equal(
      assemble([], 'Be\u202e brief.\u{e0072}\u{e006d} 👩‍💻').messages[0]?.content,
      'Be brief. 👩‍💻',
    );
    assert.equal(assemble([], '\u{e0072}\u{e006d}').messages[0]?.role, 'user');
  });

  it('sends what tools brought to a model that calls some, each call with a result', () => {
    const parts: Turn['answer']['parts'] = [
      ...textParts('Let me look.', 'hm'),
      { type: 'tool-call', id: 'c', name: 'read', arguments: '{}' },
      { type: 'tool-call', id: 'd', name: 'list', arguments: '{}' },
      { type: 'tool-result', toolCallId: 'c', text: 'const a', isError: false },
      ...textParts('Done.'),
      { type: 'tool-call', id: 'c', name: 'read', arguments: '{"again":1}' },
    ];
    const asked = (answer: Turn['answer']['parts'], toolCalling: boolean) =>
      assemblePrompt({
        history: [turn('one?', '', { parts: answer })],
        question: { question: 'now?', attachments: [] },
        systemPrompt: '',
        info: { ...info, toolCalling },
        outputTokens: 100,
      }).messages.slice(1, -1);
    assert.deepEqual(
      asked(parts, true).map(({ role, content, toolCalls, toolCallId }) => [
        role,
        content,
        toolCalls?.map(({ id }) => id).join() ?? toolCallId,
      ]),
      [
        ['assistant', 'Let me look.', 'c,d'],
        ['tool', 'const a', 'c'],
        ['tool', 'This call was not run.', 'd'],
        ['assistant', 'Done.', 'c'],
        ['tool', 'This call was not run.', 'c'],
      ],
    );
    assert.deepEqual(asked(parts, false), [{ role: 'assistant', content: 'Let me look.\n\nDone.' }]);
    // Nothing ran them: nobody had asked for tools.
    const unasked = parts.filter(({ type }) => type !== 'tool-result');
    assert.deepEqual(asked(unasked, true), [{ role: 'assistant', content: 'Let me look.\n\nDone.' }]);
  });

  it('sends system text, earlier turns and the question, in order', () => {
    const { messages, omitted } = assemble([turn('one?', 'One.')], 'Be brief.');
    assert.deepEqual(messages, [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'one?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'now?' },
    ]);
    assert.equal(omitted.length, 0);
  });

  it('leaves out turns without an answer and those that moderation ended', () => {
    const { messages } = assemble([
      turn('failed?', '', { status: 'failed' }),
      turn('bad?', 'half', {
        status: 'failed',
        error: { kind: 'content-filtered', providerId: '', message: '' },
      }),
      turn('stopped?', 'part', { status: 'stopped' }),
    ]);
    assert.deepEqual(
      messages.map(({ content }) => content),
      ['stopped?', 'part', 'now?'],
    );
  });

  it('leaves out a turn that holds nothing but a result without its call', () => {
    const orphan: Turn = {
      ...turn('odd?', ''),
      answer: { status: 'done', parts: [{ type: 'tool-result', toolCallId: 'c', text: 'r' }] },
    };
    assert.deepEqual(
      assemble([orphan]).messages.map(({ content }) => content),
      ['now?'],
    );
  });

  it('drops the oldest turns first, keeps the question whatever it takes, and counts what it dropped', () => {
    const long = 'word '.repeat(90);
    const { messages, omitted } = assemble([turn('1?', long), turn('2?', long), turn('3?', 'short')]);
    assert.deepEqual(
      messages.map(({ content }) => content),
      ['2?', long, '3?', 'short', 'now?'],
    );
    assert.equal(omitted.length, 1);
    const tight = assemblePrompt({
      history: [turn('1?', 'x')],
      question: { question: long.repeat(9), attachments: [] },
      systemPrompt: '',
      info,
      outputTokens: 0,
    });
    assert.equal(tight.messages.length, 1);
    assert.equal(tight.omitted.length, 1);
  });
});

const picture = (path: string, width = 280, height = 560): Attachment => ({
  ...code(''),
  kind: 'image',
  path,
  image: { mimeType: 'image/png', data: 'QUJD', width, height },
});

describe('images in a prompt', () => {
  const asked = { ...turn('what?', 'A bridge.'), attachments: [picture('a.png'), code('x();')] };
  const question = { question: 'and now?', attachments: [code('y();'), picture('docs/b [1]\n.png')] };
  const assembleFor = (imageInput: boolean | undefined, maxInputTokens?: number) =>
    assemblePrompt({
      history: [asked],
      question,
      systemPrompt: '',
      info: { ...info, imageInput, maxInputTokens },
      outputTokens: 0,
    });

  it('go to models that see, and to those of which it is not known', () => {
    for (const imageInput of [true, undefined]) {
      const { messages } = assembleFor(imageInput);
      assert.deepEqual(
        messages.map(({ images = [] }) => images.length),
        [1, 0, 1],
      );
      assert.equal(messages[0]?.content, '```typescript src/a.ts:3-4\nx();\n```\n\nwhat?');
    }
  });

  it('are named in their place for models that do not see', () => {
    const { messages } = assembleFor(false);
    assert.ok(messages.every(({ images }) => images === undefined));
    assert.equal(messages[0]?.content, '[image: a.png]\n\n```typescript src/a.ts:3-4\nx();\n```\n\nwhat?');
    assert.match(messages[2]?.content ?? '', /```\n\n\[image: docs\/b {2}1 {2}\.png\]\n\nand now\?$/);
  });

  it('count where they are sent, and trimming goes by it', () => {
    const [seen, named] = [assembleFor(true).estimatedTokens, assembleFor(false).estimatedTokens];
    const names = estimateTokens('[image: a.png]') + estimateTokens('[image: docs/b  1  .png]');
    assert.ok(Math.abs(seen - named - 2 * 202 + names) <= 8, `${seen} and ${named}`);
    assert.equal(assembleFor(true, 300).omitted.length, 1);
    assert.equal(assembleFor(false, 300).omitted.length, 0);
    assert.equal(assembleFor(true, 600).omitted.length, 0);
  });

  it('count the same for the meter as for the request', () => {
    for (const imageInput of [true, false]) {
      const model = { ...info, imageInput, maxInputTokens: 300 };
      const use = measureContext({
        history: [asked],
        question: { ...question, model: 'dashscope/other', parameters: {} },
        systemPrompt: '',
        summaries: [],
        info: model,
      });
      const prompt = assembleFor(imageInput, 300);
      assert.equal(use.tokens, prompt.estimatedTokens);
      assert.equal(use.omittedTurns, prompt.omitted.length);
      const omitted = prompt.omitted.reduce((sum, one) => sum + estimateTurn(one, model), 0);
      assert.equal(use.wantedTokens, use.tokens + omitted);
    }
  });

  it('count on top of what the platform counted', () => {
    const usage = { inputTokens: 1000, outputTokens: 50, totalTokens: 1050 };
    const answered = turn('what?', 'A bridge.', { usage });
    const measure = (attachments: Attachment[], imageInput: boolean) =>
      measureContext({
        history: [answered],
        question: { question: '', attachments, model: answered.model, parameters: {} },
        systemPrompt: '',
        summaries: [],
        info: { ...info, imageInput, maxInputTokens: 10_000 },
      });
    assert.deepEqual([measure([], true).tokens, measure([], true).exact], [1050, true]);
    const withImage = measure([picture('a.png')], true);
    assert.deepEqual([withImage.tokens, withImage.exact], [1252, false]);
    const named = measure([picture('a.png')], false);
    assert.equal(named.tokens, 1050 + estimateTokens('[image: a.png]'));
  });
});

describe('estimateImageTokens', () => {
  const sizes: [width: number | undefined, height: number | undefined, tokens: number][] = [
    // Rounded to whole squares: 10 × 20, 35 × 35 for what is a little too large, 41 × 30.
    [280, 560, 202],
    [285, 566, 202],
    [1000, 1000, 1227],
    [4000, 3000, 1232],
    // At least four: 2 × 2, 1 × 5.
    [11, 11, 6],
    [56, 56, 6],
    [14, 60, 7],
    // A line of pixels is one square wide.
    [100_000, 10, 1282],
    [undefined, undefined, 1282],
    [0, 5, 1282],
  ];
  for (const [width, height, tokens] of sizes) {
    it(`is ${tokens} for ${width} × ${height}`, () =>
      assert.equal(estimateImageTokens({ width, height }), tokens));
  }
});

describe('formatQuestion', () => {
  it('fences code with its language, path and lines', () => {
    const text = formatQuestion({ question: 'Why?', attachments: [code('a();\nb();')] }, true);
    assert.equal(text, '```typescript src/a.ts:3-4\na();\nb();\n```\n\nWhy?');
  });

  it('keeps code intact that holds fences itself', () => {
    const inner = '```js\nx\n```\n````\ny\n````\n';
    const text = formatQuestion({ question: 'Why?', attachments: [code(inner)] }, true);
    assert.ok(text.startsWith('`````typescript'));
    assert.ok(text.includes(`\n${inner}\`\`\`\`\`\n`));
  });
});

describe('estimateTokens', () => {
  it('counts Chinese by the character and English by the word', () => {
    assert.ok(estimateTokens('故宫位于北京') >= 3 && estimateTokens('故宫位于北京') <= 6);
    assert.ok(
      estimateTokens('the quick brown fox jumps') >= 5 && estimateTokens('the quick brown fox jumps') <= 9,
    );
    assert.equal(estimateTokens(''), 0);
  });
});
