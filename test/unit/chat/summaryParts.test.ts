import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Turn } from '../../../src/chat/common/conversation.ts';
import { assemblePrompt, measureTurn, roomForTurns } from '../../../src/chat/common/prompt.ts';
import { nextPart } from '../../../src/chat/common/summaryParts.ts';
import { textParts } from '../../../src/llm/answerParts.ts';
import type { ModelInfo } from '../../../src/llm/chatModel.ts';

const info: ModelInfo = {
  id: 'm',
  name: 'M',
  family: 'F',
  providerId: 'dashscope',
  input: 'messages',
  toolCalling: false,
  parameters: {},
  maxInputTokens: 1000,
};
const turn = (id: string, question: string, text: string, code = ''): Turn => ({
  id,
  parentId: null,
  question,
  attachments:
    code === ''
      ? []
      : [
          {
            id: `${id}-code`,
            kind: 'file',
            path: 'a.ts',
            uri: 'file:///a.ts',
            languageId: 'typescript',
            startLine: 1,
            endLine: 9,
            text: code,
          },
        ],
  model: 'dashscope/m',
  parameters: {},
  askedAt: 0,
  answer: { status: 'done', parts: textParts(text) },
});

/** What the requests for a summary hold, part by part. */
function ask(turns: readonly Turn[], model: ModelInfo): { sent: Turn[]; omitted: number; texts: string[] } {
  const sent: Turn[] = [];
  const texts: string[] = [];
  let omitted = 0;
  for (let done = 0; done < turns.length; ) {
    const fixed = {
      systemPrompt: done === 0 ? '' : 'What was said before: this and that.',
      question: { question: 'Summarise our conversation so far.', attachments: [] },
      info: model,
      outputTokens: 100,
      scale: 1.2,
    };
    const part = nextPart(turns.slice(done), roomForTurns(fixed), model);
    const prompt = assemblePrompt({ ...fixed, history: part });
    sent.push(...prompt.sent);
    omitted += prompt.omitted.length;
    texts.push(prompt.messages.map(({ content }) => content).join('\n'));
    done += part.length;
  }
  return { sent, omitted, texts };
}

describe('parts for a summary', () => {
  it('hold a turn that is larger than the model’s input, cut: its beginning and its end', () => {
    const long = turn(
      'big',
      'BEGIN what is this?',
      `FIRST ${'word '.repeat(4000)} LAST`,
      'x = 1;\n'.repeat(3000),
    );
    const { sent, omitted, texts } = ask([turn('a', 'one', 'One.'), long, turn('b', 'two', 'Two.')], info);
    assert.deepEqual([sent.map(({ id }) => id), omitted], [['a', 'big', 'b'], 0]);
    const [text = ''] = texts.filter((one) => one.includes('BEGIN'));
    for (const word of ['FIRST', 'LAST', '[…]']) assert.ok(text.includes(word), word);
  });

  it('hold a turn that fits to the token', () => {
    // 33 tokens are 25 of ours: the room is a whole number, and fractions would miss it by their last digit.
    for (let limit = 330; limit < 1000; limit += 33) {
      const model = { ...info, maxInputTokens: limit };
      const fixed = {
        systemPrompt: '',
        question: { question: 'Summarise.', attachments: [] },
        info: model,
        outputTokens: 100,
        scale: 1.2,
      };
      const room = roomForTurns(fixed);
      let exact = turn('exact', '', 'x');
      for (let length = 1; ; length++) {
        const longer = turn('exact', '', `x${' .'.repeat(length)}`);
        if (measureTurn(longer, model).tokens > room.tokens) break;
        exact = longer;
      }
      const part = nextPart([exact], room, model);
      assert.deepEqual(part, [exact]);
      assert.equal(assemblePrompt({ ...fixed, history: part }).omitted.length, 0, `${limit}`);
    }
  });

  it('leave nothing out, whatever the model takes', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 4000, unit: 'grapheme' }),
      fc.nat({ max: 5000 }).map((count) => '字 '.repeat(count)),
    );
    const turns = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(turns, fc.integer({ min: 500, max: 4000 }), fc.boolean(), (made, limit, byCharacters) => {
        const all = made.map(([question, answer, code], index) =>
          turn(String(index), question, `${answer} end`, code),
        );
        const model = byCharacters
          ? { ...info, maxInputTokens: undefined, maxInputCharacters: limit }
          : { ...info, maxInputTokens: limit };
        const { sent, omitted } = ask(all, model);
        assert.deepEqual([sent.map(({ id }) => id), omitted], [all.map(({ id }) => id), 0]);
      }),
      { numRuns: 60 },
    );
  });
});
