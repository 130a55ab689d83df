import assert from 'node:assert/strict';
import {
  type AnswerPart,
  type AnswerStreamPart,
  addStreamPart,
  answerText,
  createTextSoFar,
} from '../../../src/llm/answerParts.ts';

const kinds: readonly AnswerStreamPart[] = [
  { type: 'text-delta', text: 'word ' },
  { type: 'text-delta', text: '' },
  { type: 'reasoning-delta', text: 'hm' },
  { type: 'text-replace', text: 'instead' },
  { type: 'text-replace', text: '' },
  { type: 'tool-call', id: 'c', name: 'read', arguments: '{}' },
  { type: 'tool-result', toolCallId: 'c', text: 'found' },
];

describe('the text of an answer so far', () => {
  it('is that of its parts, whatever came in which order', () => {
    const length = 5;
    for (let number = 0; number < kinds.length ** length; number++) {
      const parts: AnswerPart[] = [];
      const said = createTextSoFar();
      for (let rest = number, step = 0; step < length; step++, rest = Math.floor(rest / kinds.length)) {
        const part = kinds[rest % kinds.length];
        if (!part) continue;
        addStreamPart(parts, part);
        assert.equal(said.add(part), answerText({ parts }), `sequence ${number}, part ${step}`);
      }
    }
  });
});
