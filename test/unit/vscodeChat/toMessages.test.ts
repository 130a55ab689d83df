import assert from 'node:assert/strict';
import { toMessages } from '../../../src/vscodeChat/host/toMessages.ts';
import { assistant, call, data, result, system, text, thought, user } from './parts.ts';

const able = { imageInput: true, toolCalling: true };

describe('messages of VS Code’s chat', () => {
  it('puts every system text in front, once', () => {
    const messages = toMessages([user(text('a')), system(text('be brief')), system(text('be kind'))], able);
    assert.deepEqual(messages, [
      { role: 'system', content: 'be brief\n\nbe kind' },
      { role: 'user', content: 'a' },
    ]);
  });

  it('carries several calls of one answer and their results, in any order, with its thoughts', () => {
    const messages = toMessages(
      [
        user(text('rename')),
        assistant(thought('hm'), text('Looking.'), call('1', 'read', { path: 'a' }), call('2', 'list', {})),
        user(result('2', text('a b')), result('1', text('code')), text('go on')),
      ],
      able,
    );
    assert.deepEqual(messages.slice(1), [
      {
        role: 'assistant',
        content: 'Looking.',
        reasoning: 'hm',
        toolCalls: [
          { id: '1', name: 'read', arguments: '{"path":"a"}' },
          { id: '2', name: 'list', arguments: '{}' },
        ],
      },
      { role: 'tool', toolCallId: '2', content: 'a b' },
      { role: 'tool', toolCallId: '1', content: 'code' },
      { role: 'user', content: 'go on' },
    ]);
  });

  it('answers a call that was stopped, and tells a result whose call is gone', () => {
    const messages = toMessages(
      [user(result('gone', text('old'))), assistant(call('1', 'run', {})), user(text('again'))],
      able,
    );
    assert.deepEqual(
      messages.map(({ role, toolCallId }) => [role, toolCallId]),
      [
        ['user', undefined],
        ['assistant', undefined],
        ['tool', '1'],
        ['user', undefined],
      ],
    );
    assert.match(messages[0]?.content ?? '', /old/);
    assert.notEqual(messages[2]?.content, '');
  });

  it('gives an empty result a word: platforms refuse empty messages', () => {
    const messages = toMessages([user(text('a')), assistant(call('1', 'run', {})), user(result('1'))], able);
    assert.notEqual(messages.at(-1)?.content, '');
  });

  it('keeps images of questions and of results, for a model that sees', () => {
    const image = data('image/png', 'png');
    const messages = toMessages(
      [user(text('what is this?'), image), assistant(call('1', 'shot', {})), user(result('1', image))],
      able,
    );
    const images = [{ mimeType: 'image/png', data: Buffer.from('png').toString('base64') }];
    assert.deepEqual(messages[0]?.images, images);
    assert.deepEqual(messages[2]?.images, images);
    const blind = toMessages([user(text('what is this?'), image)], { ...able, imageInput: false });
    assert.deepEqual(blind, [{ role: 'user', content: '[image]\n\nwhat is this?' }]);
  });

  it('reads text and JSON data and trees of prompt-tsx, and no marks of other providers', () => {
    const tree = {
      value: { node: { type: 1, children: [{ type: 2, text: 'leaf', lineBreakBefore: true }] } },
    };
    const messages = toMessages(
      [user(text('a'), data('application/json', '{}'), data('cache_control', 'ephemeral'), tree)],
      able,
    );
    assert.equal(messages[0]?.content, 'a{}\nleaf');
  });

  it('tells calls as text to a model without tools, and lets user and assistant take turns', () => {
    const messages = toMessages(
      [
        user(text('context')),
        user(text('question')),
        assistant(call('1', 'read', { path: 'a' })),
        user(result('1', text('code'))),
        user(text('and?')),
      ],
      { ...able, toolCalling: false },
    );
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.equal(messages[0]?.content, 'context\n\nquestion');
    assert.match(messages[1]?.content ?? '', /read.*"path":"a"/);
    assert.match(messages[2]?.content ?? '', /code[\s\S]*and\?/);
  });

  it('takes for a thought a text or a list of texts, and nothing else', () => {
    const thoughts = ['a', ['b', { c: 1 }, 'd'], { e: 1 }, [{ f: 1 }], 7, null, undefined];
    const messages = toMessages(
      [user(text('why?')), assistant(...thoughts.map((value) => ({ id: 'x', value })), text('So.'))],
      able,
    );
    assert.deepEqual(messages[1], { role: 'assistant', content: 'So.', reasoning: 'abd' });
    const [, without] = toMessages([user(text('a')), assistant({ id: 'x', value: {} }, text('b'))], able);
    assert.deepEqual(without, { role: 'assistant', content: 'b' });
  });

  it('is not thrown off by parts nobody knows', () => {
    assert.deepEqual(toMessages([{ role: 1, content: [null, 7, {}, { value: 3 }] }], able), []);
  });
});
