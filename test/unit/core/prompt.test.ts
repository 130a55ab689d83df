import assert from 'node:assert/strict';
import type { ModelInfo } from '../../../src/core/chatModel.ts';
import type { Attachment, Turn } from '../../../src/core/conversation.ts';
import { assemblePrompt, formatQuestion } from '../../../src/core/prompt.ts';
import { estimateTokens } from '../../../src/core/tokens.ts';

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
  answer: { status: 'done', text, reasoning: '', ...extra },
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

describe('formatQuestion', () => {
  it('fences code with its language, path and lines', () => {
    const text = formatQuestion({ question: 'Why?', attachments: [code('a();\nb();')] });
    assert.equal(text, '```typescript src/a.ts:3-4\na();\nb();\n```\n\nWhy?');
  });

  it('keeps code intact that holds fences itself', () => {
    const inner = '```js\nx\n```\n````\ny\n````\n';
    const text = formatQuestion({ question: 'Why?', attachments: [code(inner)] });
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
