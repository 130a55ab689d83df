import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { StreamPart } from '../../../src/llm/chatModel.ts';
import { createPartFilter } from '../../../src/providers/secrets/partFilter.ts';
import { SecretSet } from '../../../src/providers/secrets/secretSet.ts';

const key = 'sk-Planted/key+7=';
const text = (value: string): StreamPart => ({ type: 'text-delta', text: value });
const reasoning = (value: string): StreamPart => ({ type: 'reasoning-delta', text: value });

function pass(...parts: StreamPart[]): StreamPart[] {
  const told: StreamPart[] = [];
  const filter = createPartFilter(new SecretSet([key]), (part) => told.push(part));
  for (const part of parts) filter.push(part);
  filter.end();
  return told;
}

describe('secrets in the parts of an answer', () => {
  it('leave parts without them as they are, at once', () => {
    const parts: StreamPart[] = [
      text('Hello'),
      reasoning('why'),
      { type: 'text-replace', text: '' },
      text('again'),
      { type: 'tool-call', id: 'call_1', name: 'f', arguments: '{"a":"sk-"}' },
      {
        type: 'finish',
        reason: 'tool-calls',
        rawReason: 'tool_calls',
        usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
      },
    ];
    const told: StreamPart[] = [];
    const filter = createPartFilter(new SecretSet([key]), (part) => told.push(part));
    for (const [index, part] of parts.entries()) {
      filter.push(part);
      assert.deepEqual(told, parts.slice(0, index + 1));
    }
  });

  it('are hidden in every text of every part', () => {
    assert.deepEqual(
      pass(
        { type: 'tool-call', id: key, name: `f-${key}`, arguments: `{"${key}":1}` },
        { type: 'finish', reason: 'other', rawReason: encodeURIComponent(key), requestId: key.toUpperCase() },
      ),
      [
        { type: 'tool-call', id: '***', name: 'f-***', arguments: '{"***":1}' },
        { type: 'finish', reason: 'other', rawReason: '***', requestId: '***' },
      ],
    );
  });

  it('are hidden though other parts stand between their pieces, which keep their order', () => {
    assert.deepEqual(
      pass(text('a sk-'), reasoning('sk-Planted'), text('Planted/key+7= !'), reasoning('/key+7=')),
      [text('a '), text('sk-'), reasoning('***'), text('*** !')],
    );
  });

  it('are hidden where one text stops and another begins, as far as the pieces tell them', () => {
    for (const [first, second] of [
      [text, reasoning],
      [reasoning, text],
    ] as const) {
      for (let at = 1; at < key.length; at++) {
        const told = pass(first(key.slice(0, at)), second(`${key.slice(at)} !`));
        const shown = told.map((part) => ('text' in part ? part.text : ''));
        assert.equal(shown.join('|'), at < 6 ? `${key.slice(0, at)}|*** !` : '***|*** !', `${at}`);
      }
    }
  });

  it('keep no letter back for long while nothing comes', async () => {
    const told: StreamPart[] = [];
    const filter = createPartFilter(new SecretSet([key]), (part) => told.push(part));
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      filter.push(text('Words'));
      assert.deepEqual(told, [text('Word')]);
      mock.timers.tick(1000);
      assert.deepEqual(told, [text('Word'), text('s')]);
      for (const [more, shown] of [
        ['k-Planted/key', []],
        ['s !', [text('k-Planted/keys !')]],
        [' sk-Planted/key', [text(' ')]],
        ['+7= !', [text('*** !')]],
      ] as const) {
        told.length = 0;
        filter.push(text(more));
        mock.timers.tick(1000);
        assert.deepEqual(told, shown);
      }
    } finally {
      mock.timers.reset();
    }
  });

  it('keep a letter back for a second from the latest part, not from an earlier one', () => {
    const told: StreamPart[] = [];
    const filter = createPartFilter(new SecretSet([key]), (part) => told.push(part));
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      for (const words of ['Words', ' and boxes', ' and keys']) {
        filter.push(text(words));
        mock.timers.tick(900);
      }
      assert.deepEqual(told, [text('Word'), text('s and boxe'), text('s and key')]);
      filter.push(text('!'));
      mock.timers.tick(5000);
      filter.push(text(' Yes'));
      mock.timers.tick(999);
      assert.deepEqual(told.slice(3), [text('s!'), text(' Ye')]);
      mock.timers.tick(1);
      assert.deepEqual(told.slice(5), [text('s')]);
    } finally {
      mock.timers.reset();
    }
  });

  it('are hidden in a text that replaces another, and what waited is gone', () => {
    assert.deepEqual(
      pass(text('b sk-Pl'), { type: 'text-replace', text: 'c sk-Planted' }, text('/key+7=!')),
      [text('b '), { type: 'text-replace', text: 'c ' }, text('***!')],
    );
  });

  it('come out at the end as far as they are no secret', () => {
    assert.deepEqual(pass(text('a sk-')), [text('a '), text('sk-')]);
    assert.deepEqual(pass(text('a sk-'), { type: 'finish', reason: 'stop' }), [
      text('a '),
      text('sk-'),
      { type: 'finish', reason: 'stop' },
    ]);
  });
});
