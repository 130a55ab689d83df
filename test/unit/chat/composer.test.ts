/** What is typed into filter and parameter fields, and what it means. */

import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import fc from 'fast-check';
import { customModel, filterModels } from '../../../src/chat/webview/composer/modelFilter.ts';
import {
  fieldText,
  parseField,
  rangeText,
  stopText,
} from '../../../src/chat/webview/composer/parameterValues.ts';
import type { ModelParameters, NumberRule } from '../../../src/llm/chatModel.ts';
import { translations } from '../../support/translations.ts';
import { composer } from '../../webview/samples.ts';

describe('model filter', () => {
  const names = (filter: string) =>
    filterModels(composer.models, filter).flatMap(({ models }) => models.map(({ name }) => name));

  it('finds each word anywhere: name, id, detail, group', () => {
    assert.deepEqual(names('7b qwen2'), ['Qwen2 57B-A14B Instruct', 'Qwen2 7B Instruct']);
    assert.deepEqual(names('百川'), ['百川 Baichuan 7B']);
    assert.deepEqual(names('yi 32k'), ['零一万物 Yi Large']);
    assert.equal(names('').length, 5);
  });

  it('offers what was typed unless it is listed', () => {
    assert.equal(customModel(composer.models, ' qwen-max '), 'qwen-max');
    assert.equal(customModel(composer.models, 'yi-large'), undefined);
    assert.equal(customModel(composer.models, 'dashscope/yi-large'), undefined);
    assert.equal(customModel(composer.models, 'two words'), undefined);
  });
});

describe('parameter fields', () => {
  const temperature: NumberRule = { type: 'number', min: 0, max: 2, maxExclusive: true };
  const topK: NumberRule = { type: 'integer', min: 0, minExclusive: true };

  it('accept what the rule allows and nothing else', () => {
    assert.deepEqual(parseField(temperature, ' 0.5 '), { ok: true, value: 0.5 });
    assert.deepEqual(parseField(temperature, '0'), { ok: true, value: 0 });
    assert.deepEqual(parseField(temperature, ''), { ok: true, value: undefined });
    for (const text of ['2', '-0.1', 'warm', 'Infinity', '1e999'])
      assert.deepEqual(parseField(temperature, text), { ok: false });
    for (const text of ['0', '1.5', '9007199254740993'])
      assert.deepEqual(parseField(topK, text), { ok: false });
    assert.deepEqual(parseField({ type: 'boolean' }, 'false'), { ok: true, value: false });
  });

  it('say the range', () => {
    assert.equal(rangeText(temperature), 'at least 0 and below 2');
    assert.equal(rangeText(topK), 'above 0');
  });

  const stops: ModelParameters['stop'][] = [
    undefined,
    'END',
    'a\nb',
    'a\r\nb',
    ['a', 'b\\n'],
    [1, 2],
    [[1, 2], [3]],
    '[1]',
    ['[1]', '[2]'],
    ['\\[1]', ' [1, 2] '],
  ];
  for (const stop of stops) {
    it(`give back the stop sequences ${JSON.stringify(stop)}`, () => {
      assert.deepEqual(parseField({ type: 'stop' }, fieldText(stop)), { ok: true, value: stop });
    });
  }

  it('give back any stop texts, with limits or without', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.stringMatching(/^[[\]\\\d,nr \n]{1,20}$/),
    );
    const limited = { type: 'stop', maxItems: 4, maxLength: 20 } as const;
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (stop) => {
        assert.deepEqual(parseField({ type: 'stop' }, fieldText(stop)), { ok: true, value: stop });
        assert.deepEqual(parseField(limited, fieldText(stop)), { ok: true, value: stop });
      }),
    );
  });

  it('keep stop sequences within their limits, where `[1]` is a text', () => {
    const limited = { type: 'stop', maxItems: 2, maxLength: 4 } as const;
    assert.deepEqual(parseField(limited, '[1]\n[2]'), { ok: true, value: ['[1]', '[2]'] });
    for (const wrong of ['a\nb\nc', 'abcde']) assert.deepEqual(parseField(limited, wrong), { ok: false });
    assert.equal(stopText(limited), 'One per line: at most 2 lines and at most 4 characters each');
    assert.equal(stopText({ type: 'stop' }), 'One per line');
  });

  it('say the limits in Chinese too', () => {
    l10n.config({ contents: translations('zh-cn') });
    try {
      assert.equal(stopText({ type: 'stop', maxLength: 4 }), '每行一个，每行最多 4 个字符');
    } finally {
      l10n.config({ contents: translations('en') });
    }
  });
});
