import assert from 'node:assert/strict';
import {
  type ContextUseOptions,
  createContextMeasure,
  isRepeated,
  measureContext,
} from '../../../src/chat/common/contextUse.ts';
import type { Attachment, Turn } from '../../../src/chat/common/conversation.ts';
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
  maxInputTokens: 400,
};
const selection: Attachment = {
  id: 'a',
  kind: 'selection',
  path: 'src/a.ts',
  uri: 'file:///a.ts',
  languageId: 'typescript',
  startLine: 3,
  endLine: 4,
  text: 'const a = 1;',
};
const turn = (
  id: string,
  answer: Partial<Turn['answer']> = {},
  attachments: readonly Attachment[] = [],
): Turn => ({
  id,
  parentId: null,
  question: id,
  attachments,
  model: 'dashscope/m',
  parameters: {},
  askedAt: 0,
  answer: { status: 'done', parts: textParts('Yes.'), ...answer },
});
const holder = turn('one', {}, [{ ...selection, id: 'sent' }]);
const check = (history: Turn[], more: Partial<ContextUseOptions> = {}, of = selection): boolean =>
  isRepeated(of, {
    history,
    question: { question: '', attachments: [], model: 'dashscope/m', parameters: {} },
    systemPrompt: '',
    info,
    ...more,
  });

describe('what a request holds already', () => {
  it('is the same text of the same place in a turn that is sent again', () => {
    assert.equal(check([holder, turn('two')]), true);
    assert.equal(check([turn('two')]), false);
    for (const changed of [{ text: 'const a = 2;' }, { startLine: 4 }, { uri: 'file:///b.ts' }])
      assert.equal(check([holder], {}, { ...selection, ...changed }), false);
  });

  it('goes along with the answer that is coming, and not with one that never came', () => {
    const answered = (answer: Partial<Turn['answer']>) => turn('one', answer, [selection]);
    assert.equal(check([answered({ status: 'running', parts: [] })]), true);
    assert.equal(check([answered({ status: 'failed', parts: [] })]), false);
    assert.equal(check([answered({ finishReason: 'content-filter' })]), false);
    assert.equal(check([answered({ status: 'failed', parts: [] }), turn('two')]), false);
  });

  it('is not what was left out, or what a summary stands for', () => {
    const long = turn('long', { parts: textParts('word '.repeat(380)) });
    assert.equal(check([holder, long]), false);
    assert.equal(
      check([holder, turn('two')], { summaries: [{ throughTurnId: 'one', text: 'Said.' }] }),
      false,
    );
  });
});

describe('how full a request is', () => {
  it('is counted once for whoever asks, and again when anything is different', () => {
    const measure = createContextMeasure();
    const history = [holder, turn('two')];
    const request = (more: Partial<ContextUseOptions> = {}): ContextUseOptions => ({
      history: [...history],
      question: { question: 'Why?', attachments: [], model: 'dashscope/m', parameters: {} },
      systemPrompt: '',
      info: { ...info },
      ...more,
    });
    const withSelection = request({ question: { ...request().question, attachments: [selection] } });
    const first = measure(request());
    const attached = measure(withSelection);
    assert.equal(measure(request()), first);
    assert.equal(measure(withSelection), attached);
    for (const more of [
      { history: [holder, turn('two')] },
      { systemPrompt: 'Be brief.' },
      { summaries: [{ throughTurnId: 'one', text: 'Said.' }] },
      { question: { ...request().question, parameters: { maxOutputTokens: 7 } } },
      { info: { ...info, maxInputTokens: 300 } },
    ]) {
      assert.notEqual(measure(request(more)), first);
      assert.deepEqual(measure(request(more)), measureContext(request(more)));
      measure(request());
    }
    assert.ok(attached.tokens > first.tokens);
  });
});
