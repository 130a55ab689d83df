import assert from 'node:assert/strict';
import type { ModelParameters, ParameterRules } from '../../../src/llm/chatModel.ts';
import {
  findParameterProblems,
  formatRange,
  isAllowed,
  selectParameters,
} from '../../../src/llm/parameters.ts';

const rules: ParameterRules = {
  temperature: { type: 'number', min: 0, max: 2, maxExclusive: true },
  topP: { type: 'number', min: 0, minExclusive: true, max: 1, maxExclusive: true },
  maxOutputTokens: { type: 'integer', min: 1, max: 1500 },
  repetitionPenalty: { type: 'number', min: 0, minExclusive: true },
  stop: { type: 'stop' },
};

const bad = (parameters: ModelParameters): string[] =>
  findParameterProblems(rules, parameters).map(({ name }) => name);

describe('findParameterProblems', () => {
  it('takes the ends of a range as the page writes them', () => {
    assert.deepEqual(
      bad({ temperature: 0, topP: 0.999, maxOutputTokens: 1500, repetitionPenalty: 0.01 }),
      [],
    );
    assert.deepEqual(bad({ temperature: 2 }), ['temperature']);
    assert.deepEqual(bad({ topP: 0 }), ['topP']);
    assert.deepEqual(bad({ topP: 1 }), ['topP']);
    assert.deepEqual(bad({ maxOutputTokens: 1501 }), ['maxOutputTokens']);
    assert.deepEqual(bad({ maxOutputTokens: 1.5 }), ['maxOutputTokens']);
    assert.deepEqual(bad({ repetitionPenalty: 0 }), ['repetitionPenalty']);
    assert.deepEqual(bad({ temperature: Number.NaN }), ['temperature']);
  });

  it('takes the four forms of stop and no mixture', () => {
    for (const stop of ['你好', ['a', 'b'], [37763, 367], [[1], [2, 3]]]) assert.deepEqual(bad({ stop }), []);
    for (const stop of ['', [], [''], [[]], [1.5], [-1]]) assert.deepEqual(bad({ stop }), ['stop']);
    assert.deepEqual(bad(JSON.parse('{"stop":["a",1]}')), ['stop']);
  });

  it('keeps limited stop texts within their number and length, and takes no token ids then', () => {
    const limited = { type: 'stop', maxItems: 2, maxLength: 3 } as const;
    for (const stop of ['abc', ['abc', 'd']]) assert.ok(isAllowed(limited, stop));
    for (const stop of ['abcd', ['a', 'b', 'c'], ['abcd'], [1], [[1]]]) assert.ok(!isAllowed(limited, stop));
    assert.ok(!isAllowed({ type: 'stop', maxLength: 3 }, ['abcd']));
    assert.ok(!isAllowed({ type: 'stop', maxItems: 1 }, [[1]]));
    const [problem] = findParameterProblems({ stop: limited }, { stop: 'abcd' });
    assert.equal(problem?.range, '≤ 2 strings of ≤ 3 characters');
  });

  it('takes whole numbers only as far as they are exact', () => {
    assert.ok(isAllowed({ type: 'integer' }, Number.MAX_SAFE_INTEGER));
    assert.ok(!isAllowed({ type: 'integer' }, 2 ** 53));
  });

  it('leaves parameters alone that the model does not list', () => {
    assert.deepEqual(bad({ seed: -1 }), []);
    assert.deepEqual(selectParameters(rules, { seed: 1, temperature: 0.5, stream: false }), {
      temperature: 0.5,
    });
  });
});

describe('formatRange', () => {
  it('writes ranges as people read them', () => {
    assert.equal(formatRange({ type: 'number', min: 0, max: 2, maxExclusive: true }), '[0, 2)');
    assert.equal(formatRange({ type: 'integer', min: 1 }), '≥ 1, integer');
    assert.equal(formatRange({ type: 'number', min: 0, minExclusive: true }), '> 0');
  });
});
