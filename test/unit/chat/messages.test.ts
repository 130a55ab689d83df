/** Maps of handlers: each message has exactly one. What the type checker refuses is marked. */

import assert from 'node:assert/strict';
import { dispatch, type Handlers, handleAll, mergeHandlers } from '../../../src/ui/common/messages.ts';

type Message = { type: 'add'; value: number } | { type: 'clear' } | { type: 'name'; text: string };

describe('a map of handlers', () => {
  const add = { add: ({ value }) => value + 1 } satisfies Partial<Handlers<Message>>;
  const rest = {
    clear: () => 'cleared',
    name: ({ text }) => text.toUpperCase(),
  } satisfies Partial<Handlers<Message>>;

  it('is merged from those of the features, and hands each message to its handler', () => {
    const handlers: Handlers<Message> = mergeHandlers(add, rest);
    const messages: Message[] = [{ type: 'add', value: 1 }, { type: 'clear' }, { type: 'name', text: 'a' }];
    assert.deepEqual(
      messages.map((message) => dispatch(handlers, message)),
      [2, 'cleared', 'A'],
    );
  });

  it('lacks no message, and has none twice', () => {
    // @ts-expect-error: `clear` and `name` have no handler.
    const partial: Handlers<Message> = mergeHandlers(add);
    // @ts-expect-error: `add` has two.
    const twice: Handlers<Message> = mergeHandlers(add, rest, add);
    assert.deepEqual([Object.keys(partial), Object.keys(twice)], [['add'], ['add', 'clear', 'name']]);
  });

  it('can have one handler for several messages', () => {
    const heard: string[] = [];
    const handlers: Handlers<Message> = {
      ...handleAll({ add: 1, clear: 1 }, ({ type }: Message) => heard.push(type)),
      name: () => {},
    };
    handlers.add({ type: 'add', value: 1 });
    handlers.clear({ type: 'clear' });
    assert.deepEqual(heard, ['add', 'clear']);
  });
});
