// What servers of OpenAI's protocol do beside it, each habit with its variations. Recorded cases: `fixtures/servers`.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import { readOpenAIFailure } from '../../src/providers/openai/openaiErrors.ts';
import { type ReadAnswer, readBytes } from '../support/readAnswer.ts';

const event = (value: unknown): string =>
  `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;
const stream = (...values: unknown[]): string => values.map(event).join('');
const chunk = (delta: object, finish: string | null = null, more: object = {}): object => ({
  id: 'c-1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const say = (content: unknown, finish: string | null = null): object => chunk({ content }, finish);
const end = chunk({}, 'stop');

interface Summary {
  text: string;
  reasoning: string;
  calls: [name: string, text: string][];
  finish?: string;
  error?: string;
}

/** What a reader sees: parts that replace the text included. */
function summarize({ parts, error }: ReadAnswer): Summary {
  const summary: Summary = { text: '', reasoning: '', calls: [] };
  for (const part of parts) {
    if (part.type === 'text-delta') summary.text += part.text;
    else if (part.type === 'text-replace') summary.text = part.text;
    else if (part.type === 'reasoning-delta') summary.reasoning += part.text;
    else if (part.type === 'tool-call') summary.calls.push([part.name, part.arguments]);
    else summary.finish = part.reason;
  }
  if (error) summary.error = `${error.kind}: ${error.message}`;
  return summary;
}

const read = async (body: string): Promise<Summary> => summarize(await readBytes('openai', [body]));
const done = (expected: Partial<Summary>): Summary => ({
  text: '',
  reasoning: '',
  calls: [],
  finish: 'stop',
  ...expected,
});

/** Every case also arrives byte by byte. */
function cases(table: Record<string, [body: string, expected: Summary]>): void {
  for (const [name, [body, expected]] of Object.entries(table)) {
    it(name, async () => {
      assert.deepEqual(await read(body), expected);
      const bytes = Array.from(Buffer.from(body), (byte) => Buffer.of(byte));
      assert.deepEqual(summarize(await readBytes('openai', bytes)), expected);
    });
  }
}

describe('servers of OpenAI’s protocol', () => {
  describe('the end of an answer', () => {
    cases({
      'None while it runs': [
        stream(say('a', 'None'), say('b', 'NULL')),
        {
          text: 'ab',
          reasoning: '',
          calls: [],
          error: 'interrupted: The connection ended before the answer was complete.',
        },
      ],
      'a last stop behind a reason that tells more': [
        stream(say('a', 'length'), end),
        done({ text: 'a', finish: 'length' }),
      ],
      'a word for a state, and then the reason': [stream(say('a', 'running'), end), done({ text: 'a' })],
      'a word with details behind it': [
        stream(say('a', 'content_filter: RECITATION')),
        done({ text: 'a', finish: 'content-filter' }),
      ],
      'an error on a server whose reasons say little': [
        stream(say('a', 'stop'), say('b', 'stop'), { message: 'GPU worker lost' }),
        {
          text: 'ab',
          reasoning: '',
          calls: [],
          error: 'interrupted: The connection ended before the answer was complete. It said: GPU worker lost',
        },
      ],
      'a reason on every chunk': [
        stream(say('a', 'stop'), say('b', 'stop'), say('c', 'stop'), '[DONE]'),
        done({ text: 'abc' }),
      ],
      'a reason that is the text "null"': [
        stream(say('a', 'null'), say('b', 'null'), end),
        done({ text: 'ab' }),
      ],
      'a reason in capitals': [stream(say('a'), chunk({}, 'STOP')), done({ text: 'a' })],
      'usage behind the reason, and text behind the usage': [
        stream(say('a'), end, { choices: [], usage: { total_tokens: 3 } }, say('b'), '[DONE]'),
        done({ text: 'ab' }),
      ],
      '[done] in small letters, and quoted': [
        stream(say('a'), '[done]', say('b')) + stream('"[DONE]"'),
        done({ text: 'a' }),
      ],
      '[DONE] quoted': [stream(say('a'), '"[DONE]"', say('b')), done({ text: 'a' })],
      'a word nobody knows': [stream(say('a'), chunk({}, 'moonlight')), done({ text: 'a', finish: 'other' })],
      'a word in another spelling': [
        stream(say('a'), chunk({}, 'FINISH_REASON_MAX_TOKENS')),
        done({ text: 'a', finish: 'length' }),
      ],
      'broken off by the service': [
        stream(say('a'), chunk({}, 'network_error')),
        done({ text: 'a', finish: 'other' }),
      ],
      'moderated, by three words': [
        stream(say('a', 'SAFETY'), '[DONE]'),
        done({ text: 'a', finish: 'content-filter' }),
      ],
      'Baidu’s word for an ordinary end': [stream(say('a'), chunk({}, 'normal')), done({ text: 'a' })],
      'too long, by another word': [
        stream(say('a'), chunk({}, 'model_length')),
        done({ text: 'a', finish: 'length' }),
      ],
      'nothing but [DONE]': [
        stream('[DONE]'),
        { text: '', reasoning: '', calls: [], error: 'interrupted: The service sent an empty answer.' },
      ],
    });
  });

  describe('silence behind a finish reason', () => {
    beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
    afterEach(() => mock.timers.reset());

    /** Lets streams and promises run. */
    const settle = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    };

    async function open(): Promise<{
      send(...values: unknown[]): Promise<void>;
      sendText(text: string): Promise<void>;
      pass(ms: number): Promise<void>;
      ended(): Summary | undefined;
    }> {
      let give: (text: string) => void = () => {};
      const source = async function* (): AsyncGenerator<string> {
        for (;;) {
          yield await new Promise<string>((resolve) => {
            give = resolve;
          });
        }
      };
      let summary: Summary | undefined;
      readBytes('openai', source()).then((answer) => {
        summary = summarize(answer);
      }, assert.fail);
      await settle();
      const sendText = async (text: string): Promise<void> => {
        give(text);
        await settle();
      };
      return {
        send: (...values) => sendText(stream(...values)),
        sendText,
        async pass(ms) {
          mock.timers.tick(ms);
          await settle();
        },
        ended: () => summary,
      };
    }

    it('ends the answer, and starts again with every piece', async () => {
      const answer = await open();
      await answer.send(say('a'));
      await answer.pass(60_000);
      await answer.send(end);
      await answer.pass(4900);
      await answer.send({ choices: [], usage: { total_tokens: 2 } });
      await answer.pass(4900);
      assert.equal(answer.ended(), undefined);
      await answer.pass(200);
      assert.deepEqual(answer.ended(), done({ text: 'a' }));
    });

    it('counts thoughts as pieces', async () => {
      const answer = await open();
      await answer.send(chunk({ reasoning: 'a' }, 'stop'));
      await answer.send(chunk({ reasoning: 'b' }, 'stop'));
      await answer.pass(14_000);
      assert.equal(answer.ended(), undefined);
      await answer.send(say('c', 'stop'), '[DONE]');
      assert.deepEqual(answer.ended(), done({ reasoning: 'ab', text: 'c' }));
    });

    it('is longer where reasons came before the text', async () => {
      for (const first of [[say('', 'stop')], [say('a', 'stop'), say('b', 'stop')]]) {
        const answer = await open();
        await answer.send(...first);
        await answer.pass(14_000);
        await answer.send(say('c', 'stop'));
        await answer.pass(14_000);
        assert.equal(answer.ended(), undefined);
        await answer.pass(1100);
        assert.ok(answer.ended()?.text.endsWith('c'));
      }
    });

    it('is not broken by lines of unknown fields, which begin no event', async () => {
      const answer = await open();
      await answer.send(say('a'), end);
      await answer.sendText('done\n\n');
      for (let time = 0; time < 2; time++) {
        await answer.pass(2000);
        await answer.sendText(': ping\n\n');
      }
      await answer.pass(1100);
      assert.deepEqual(answer.ended(), done({ text: 'a' }));
    });

    it('is not broken by signs of life, which are no piece of the answer', async () => {
      const answer = await open();
      await answer.send(say('a'), end);
      for (let time = 0; time < 4; time++) {
        await answer.pass(1200);
        await answer.send('ping', {});
      }
      await answer.pass(300);
      assert.deepEqual(answer.ended(), done({ text: 'a' }));
    });
  });

  describe('what comes twice', () => {
    const whole = (message: object): object => ({
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', ...message } }],
    });
    cases({
      'the whole message at the end, beside a last piece': [
        stream(say('长城'), { choices: [{ delta: { content: '。' }, message: { content: '长城。' } }] }, end),
        done({ text: '长城。' }),
      ],
      'all the pieces again in the last one': [
        stream(say('长城'), say('很长。'), say('长城很长。', 'stop')),
        done({ text: '长城很长。' }),
      ],
      'all the pieces again in one before the reason': [
        stream(say('长城'), say('很长。'), say('长城很长。'), end),
        done({ text: '长城很长。' }),
      ],
      'a repetition in the middle, which is meant': [
        stream(say('ha '), say('ha '), say('ha ha '), say('!'), end),
        done({ text: 'ha ha ha ha !' }),
      ],
      'a repetition before the stream breaks off': [
        stream(say('ha '), say('ha '), say('ha ha ')),
        {
          text: 'ha ha ha ha ',
          reasoning: '',
          calls: [],
          error: 'interrupted: The connection ended before the answer was complete.',
        },
      ],
      'a whole message that goes on': [
        stream(say('长'), whole({ content: '长城很长' })),
        done({ text: '长城很长' }),
      ],
      'a whole message that was trimmed': [
        stream(say('\n长城'), whole({ content: '长城' })),
        done({ text: '\n长城' }),
      ],
      'nothing but whole messages': [
        stream({ choices: [{ message: { content: '长' } }] }, whole({ content: '长城' })),
        done({ text: '长城' }),
      ],
      'a message as pieces': [
        stream({ choices: [{ message: { content: '长' } }] }, whole({ content: '城' })),
        done({ text: '长城' }),
      ],
      'thoughts in two members': [
        stream(chunk({ reasoning_content: '想', reasoning: '想' }), say('答'), end),
        done({ reasoning: '想', text: '答' }),
      ],
      'thoughts in a member and between tags': [
        stream(
          chunk({ reasoning_content: '先', content: '<think>先' }),
          chunk({ reasoning_content: '想', content: '想' }),
          say('</think>答'),
          end,
        ),
        done({ reasoning: '先想', text: '答' }),
      ],
      'thoughts between tags, then in a member': [
        stream(say('<think>先想</think>答'), chunk({ reasoning_content: '先想' }), end),
        done({ reasoning: '先想', text: '答' }),
      ],
      'different thoughts in both places': [
        stream(chunk({ reasoning_content: '一' }), say('<think>二</think>答'), end),
        done({ reasoning: '一二', text: '答' }),
      ],
      'thoughts in a member and in a list, with a blank piece between': [
        stream(
          ...['一段。', '\n\n', '二段。'].map((text) =>
            chunk({ reasoning: text, reasoning_details: [{ type: 'reasoning.text', text }] }),
          ),
          say('答'),
          end,
        ),
        done({ reasoning: '一段。\n\n二段。', text: '答' }),
      ],
      'other thoughts in another member, which begin with a blank': [
        stream(chunk({ reasoning_content: 'Step 1.' }), chunk({ reasoning: ' Step 2.' }), say('答'), end),
        done({ reasoning: 'Step 1. Step 2.', text: '答' }),
      ],
      'thoughts in two members, in turns': [
        stream(chunk({ reasoning_content: '想' }), chunk({ reasoning: '想' }), say('答'), end),
        done({ reasoning: '想', text: '答' }),
      ],
      'a whole message with other thoughts, which were shown as they came': [
        stream(
          chunk({ reasoning_content: '想一想' }),
          say('答'),
          whole({ content: '答', reasoning_content: '总结' }),
        ),
        done({ reasoning: '想一想', text: '答' }),
      ],
      'all thoughts again in the last piece': [
        stream(
          chunk({ reasoning_content: '先想' }),
          chunk({ reasoning_content: '一想' }),
          say('答'),
          chunk({ content: '', reasoning_content: '先想一想' }, 'stop'),
        ),
        done({ reasoning: '先想一想', text: '答' }),
      ],
      'the same thought behind a part of the answer': [
        stream(chunk({ reasoning_content: '嗯' }), say('答'), chunk({ reasoning_content: '嗯' }), end),
        done({ reasoning: '嗯嗯', text: '答' }),
      ],
      'a call in the old member and in the new one': [
        stream(
          chunk({
            tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }],
            function_call: { name: 'f', arguments: '{}' },
          }),
          end,
        ),
        done({ calls: [['f', '{}']] }),
      ],
      'thoughts once more in the whole message': [
        stream(
          chunk({ reasoning_content: '想' }),
          say('答'),
          whole({ reasoning_content: '想', content: '答' }),
        ),
        done({ reasoning: '想', text: '答' }),
      ],
      'calls once more in the whole message': [
        stream(
          chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x": 1}' } }] }),
          whole({ tool_calls: [{ id: 'b', function: { name: 'f', arguments: '{"x":1}' } }] }),
        ),
        done({ calls: [['f', '{"x": 1}']] }),
      ],
      'a call that breaks off, whole in the message': [
        stream(
          chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":' } }] }),
          whole({ tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{"x":1}' } }] }),
        ),
        done({ calls: [['f', '{"x":1}']] }),
      ],
      'a call for each of two messages': [
        stream(
          {
            choices: [
              { message: { tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{"x":1}' } }] } },
            ],
          },
          whole({ tool_calls: [{ id: 'b', function: { name: 'g', arguments: '{}' } }] }),
          whole({ tool_calls: [] }),
        ),
        done({
          calls: [
            ['f', '{"x":1}'],
            ['g', '{}'],
          ],
        }),
      ],
      'thoughts whose blanks differ': [
        stream(chunk({ reasoning_content: '想一想' }), say('<think>\n想一想\n</think>答'), end),
        done({ reasoning: '想一想\n', text: '答' }),
      ],
      'calls in the whole message alone': [
        stream(
          say('a'),
          whole({
            tool_calls: [
              { id: 'a', function: { name: 'f', arguments: { x: 1 } } },
              { id: 'b', function: { name: 'g', arguments: null } },
            ],
          }),
        ),
        done({
          text: 'a',
          calls: [
            ['f', '{"x":1}'],
            ['g', '{}'],
          ],
        }),
      ],
    });
  });

  describe('tool calls', () => {
    const call = (index: unknown, id: unknown, name: unknown, text: unknown): object => ({
      index,
      id,
      type: 'function',
      function: { name, arguments: text },
    });
    const pieces = (...lists: object[][]): string =>
      stream(...lists.map((list) => chunk({ tool_calls: list })), chunk({}, 'tool_calls'), '[DONE]');
    const calls = (...expected: [string, string][]): Summary =>
      done({ calls: expected, finish: 'tool-calls' });
    const f1: [string, string] = ['f', '{"x":1}'];
    const g2: [string, string] = ['g', '{"y":2}'];
    cases({
      'an index that is a text': [
        pieces([call('0', 'a', 'f', '')], [call('1', 'b', 'g', '')], [call('0', '', '', '{"x":1}')]),
        calls(f1, ['g', '{}']),
      ],
      'an id that is a number': [pieces([call(0, 7, 'f', '{"x":')], [call(0, 7, null, '1}')]), calls(f1)],
      'no index, no id, a name for each call': [
        pieces(
          [call(undefined, undefined, 'f', '{"x":')],
          [call(undefined, undefined, undefined, '1}')],
          [call(undefined, undefined, 'g', '{"y":2}')],
        ),
        calls(f1, g2),
      ],
      'no index, the ids tell': [
        pieces(
          [call(undefined, 'a', 'f', '{"x"')],
          [call(undefined, 'b', 'g', '{"y"')],
          [call(undefined, 'a', '', ':1}')],
          [call(undefined, 'b', '', ':2}')],
        ),
        calls(f1, g2),
      ],
      'an index of 0 for all, with ids': [
        pieces([call(0, 'a', 'f', '{"x":1}')], [call(0, 'b', 'g', '{"y":2}')]),
        calls(f1, g2),
      ],
      'an index of 0 for all, in one list': [
        pieces([call(0, '', 'f', '{"x":1}'), call(0, '', 'g', '{"y":2}')]),
        calls(f1, g2),
      ],
      'the same tool twice, an index of 0, no ids': [
        pieces([call(0, '', 'f', '{"x":1}')], [call(0, '', 'f', '{"y":2}')]),
        calls(f1, ['f', '{"y":2}']),
      ],
      'the same tool twice with the same arguments, an index of 0, with ids': [
        pieces([call(0, 'a', 'f', '{"x":1}')], [call(0, 'b', 'f', '{"x":1}')]),
        calls(f1, f1),
      ],
      'one id for two calls': [
        pieces([call(0, 'a', 'f', '{"x":1}')], [call(1, 'a', 'g', '{"y":2}')]),
        calls(f1, g2),
      ],
      'a new id with each piece, and the name again': [
        pieces([call(0, 'a', 'f', '')], [call(0, 'b', 'f', '{"x":')], [call(0, 'c', 'f', '1}')]),
        calls(f1),
      ],
      'a new id with each piece, without an index': [
        pieces(
          [call(undefined, 'a', 'f', '')],
          [call(undefined, 'b', '', '{"x":')],
          [call(undefined, 'c', '', '1}')],
        ),
        calls(f1),
      ],
      'a name in pieces': [
        pieces([call(0, 'a', 'get_', '')], [call(0, '', 'weather', '')], [call(0, '', '', '{}')]),
        calls(['get_weather', '{}']),
      ],
      'a name that comes late': [
        pieces([call(0, 'a', null, '')], [call(0, null, 'f', '')], [call(0, null, null, '{"x":1}')]),
        calls(f1),
      ],
      'a name that is said again with each piece': [
        pieces([call(0, 'a', 'f', '{"x"')], [call(0, 'a', 'f', ':1}')]),
        calls(f1),
      ],
      'arguments that are null, empty or blank': [
        pieces([call(0, 'a', 'f', null)], [call(1, 'b', 'g', '')], [call(2, 'c', 'h', ' ')]),
        calls(['f', '{}'], ['g', '{}'], ['h', '{}']),
      ],
      'an empty object before, with the name again': [
        pieces([call(0, 'a', 'f', '{}')], [call(0, 'a', 'f', '{"x"')], [call(0, 'a', 'f', ':1}')]),
        calls(f1),
      ],
      'an empty object behind': [pieces([call(0, 'a', 'f', '{"x":1}')], [call(0, 'a', '', '{}')]), calls(f1)],
      'the same tool twice, in pieces, an index of 0, no ids': [
        pieces(
          [call(0, '', 'f', '')],
          [call(0, '', '', '{"x":1}')],
          [call(0, '', 'f', '')],
          [call(0, '', '', '{"y":2}')],
        ),
        calls(f1, ['f', '{"y":2}']),
      ],
      'one id for all, the same tool': [
        pieces(
          [call(0, 'a', 'f', '')],
          [call(0, 'a', null, '{"x":1}')],
          [call(1, 'a', 'f', '')],
          [call(1, 'a', null, '{"y":2}')],
        ),
        calls(f1, ['f', '{"y":2}']),
      ],
      'one id for all, without an index': [
        pieces(
          [call(undefined, 'a', 'f', '')],
          [call(undefined, 'a', '', '{"x":1}')],
          [call(undefined, 'a', 'g', '')],
          [call(undefined, 'a', '', '{"y":2}')],
        ),
        calls(f1, g2),
      ],
      'an index of 0 for all, ids and names on each piece, in turns': [
        pieces(
          [call(0, 'a', 'f', '{"x"'), call(0, 'b', 'f', '{"y"')],
          [call(0, 'a', 'f', ':1}'), call(0, 'b', 'f', ':2}')],
        ),
        calls(f1, ['f', '{"y":2}']),
      ],
      'a new index and a new id with each piece': [
        pieces([call(0, 'a', 'f', '')], [call(1, 'b', '', '{"x":')], [call(2, 'c', '', '1}')]),
        calls(f1),
      ],
      'an empty object, then an index that counts': [
        pieces([call(0, 'a', 'f', '{}')], [call(1, '', '', '{"x":')], [call(2, '', '', '1}')]),
        calls(f1),
      ],
      'an index that is a word': [
        pieces([call('one', 'a', 'f', '')], [call('two', 'b', 'g', '')], [call('one', '', '', '{"x":1}')]),
        calls(f1, ['g', '{}']),
      ],
      'several in one message, without ids': [
        JSON.stringify({
          choices: [
            {
              message: {
                tool_calls: [
                  call(undefined, undefined, 'f', '{"x":1}'),
                  call(undefined, undefined, 'f', '{"x":1}'),
                  call(undefined, undefined, 'g', '{}'),
                  call(0, undefined, 'f', ''),
                  call(0, undefined, 'g', ''),
                ],
              },
              finish_reason: 'tool_calls',
            },
          ],
        }),
        calls(f1, f1, ['g', '{}'], ['f', '{}'], ['g', '{}']),
      ],
      'arguments that are no object': [
        pieces([call(0, 'a', 'f', 'null')], [call(1, 'b', 'g', '[]')], [call(2, 'c', 'f', '"{\\"x\\":1}"')]),
        calls(['f', '{}'], ['g', '{}'], f1),
      ],
      'null before the arguments': [
        pieces([call(0, 'a', 'f', 'null')], [call(0, '', '', '{"x":1}')]),
        calls(f1),
      ],
      'the arguments again, written otherwise': [
        pieces(
          [call(0, 'a', 'f', '{"x"')],
          [call(0, '', '', ':1}')],
          [call(0, 'a', 'f', '{ "x": 1 }')],
          [call(0, 'a', 'f', '"{\\"x\\":1}"')],
        ),
        calls(f1),
      ],
      'an empty object glued behind': [pieces([call(0, 'a', 'f', '{"x":1}{}')]), calls(f1)],
      'a name in pieces beside the arguments': [
        pieces([call(0, 'a', 'get_', '{"x"')], [call(0, '', 'x', ':1}')]),
        calls(['get_x', '{"x":1}']),
      ],
      'whole arguments that grow from the first sign on': [
        pieces(
          [call(0, 'a', 'f', '{')],
          [call(0, 'a', 'f', '{"')],
          [call(0, 'a', 'f', '{"x":')],
          [call(0, 'a', 'f', '{"x":1}')],
        ),
        calls(f1),
      ],
      'an empty object glued before': [
        pieces([call(0, 'a', 'f', '{}{"x":')], [call(0, 'a', '', '1}')]),
        calls(f1),
      ],
      'an empty object behind, with the name again': [
        pieces([call(0, 'a', 'f', '{"x":1}')], [call(0, 'a', 'f', '{}')], [call(0, 'a', 'f', '\n')]),
        calls(['f', '{"x":1}\n']),
      ],
      'whole arguments that grow': [
        pieces([call(0, 'a', 'f', '{"x"')], [call(0, 'a', 'f', '{"x":')], [call(0, 'a', 'f', '{"x":1}')]),
        calls(f1),
      ],
      'an index that counts the pieces': [
        pieces([call(0, 'a', 'f', '{"x"')], [call(1, '', '', ':')], [call(2, '', '', '1}')]),
        calls(f1),
      ],
      'placeholders in every chunk': [
        stream(
          chunk({ content: 'a', tool_calls: [call(0, '', '', '')] }),
          chunk({ content: 'b', tool_calls: [call(0, null, null, null)] }),
          end,
        ),
        done({ text: 'ab' }),
      ],
      'members of the function beside the index': [
        pieces([{ index: 0, id: 'a', name: 'f', arguments: '{"x":1}' }]),
        calls(f1),
      ],
      'one call in place of a list': [
        stream(chunk({ tool_calls: call(0, 'a', 'f', '{"x":1}') }), chunk({}, 'tool_calls')),
        calls(f1),
      ],
      'nothing in a list': [
        stream(chunk({ content: 'a', tool_calls: [null, 5, 'x', []] }), end),
        done({ text: 'a' }),
      ],
      'the old function_call': [
        stream(
          chunk({ function_call: { name: 'f', arguments: '' } }),
          chunk({ function_call: { arguments: '{"x":' } }),
          chunk({ function_call: { arguments: '1}' } }),
          chunk({}, 'function_call'),
        ),
        calls(f1),
      ],
    });

    it('have ids of their own', async () => {
      for (const ids of [
        [undefined, undefined],
        ['', ''],
        ['a', 'a'],
        [null, 5],
      ]) {
        const body = pieces([call(0, ids[0], 'f', '{"x":1}')], [call(1, ids[1], 'g', '{"y":2}')]);
        const { parts } = await readBytes('openai', [body]);
        const made = parts.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
        assert.equal(new Set(made).size, 2);
        assert.ok(made.every((id) => /^\w+$/.test(id)));
      }
    });
  });

  describe('thoughts', () => {
    const forms = [
      ['<think>', '</think>'],
      ['<THINK>', '</Think>'],
      ['<thinking>', '</thinking>'],
      ['<thought>', '</thought>'],
      ['<seed:think>', '</seed:think>'],
      ['◁think▷', '◁/think▷'],
    ];
    for (const [open, close] of forms) {
      const text = `\n${open}想一想\n${close}\n\n答案`;
      cases({
        [`between ${open} and ${close}, in one piece and in many`]: [
          stream(say(text), end),
          done({ reasoning: '想一想\n', text: '答案' }),
        ],
        [`${open}, letter by letter`]: [
          stream(...Array.from(text, (letter) => say(letter)), end),
          done({ reasoning: '想一想\n', text: '答案' }),
        ],
        [`${close} alone`]: [
          stream(...Array.from(`想一想\n${close}\n\n答案`, (letter) => say(letter)), end),
          done({ reasoning: '想一想\n', text: '答案' }),
        ],
      });
    }
    cases({
      'empty ones show nothing': [
        stream(say('<think>\n\n</think>\n\n答'), chunk({ reasoning_content: '\n' }), end),
        done({ text: '答' }),
      ],
      'an empty member beside tags': [
        stream(chunk({ reasoning_content: '', content: '<think>想</think>答' }), end),
        done({ reasoning: '想', text: '答' }),
      ],
      'two, one behind the other': [
        stream(say('<think>一</think>\n<think>二</think>答'), end),
        done({ reasoning: '一二', text: '答' }),
      ],
      'a closing tag behind a member': [
        stream(chunk({ reasoning_content: '想' }), say('</think>\n\n答'), end),
        done({ reasoning: '想', text: '答' }),
      ],
      'a closing tag in code is text': [
        stream(say('Write `</think>` at the end.'), end),
        done({ text: 'Write `</think>` at the end.' }),
      ],
      'a closing tag in a block of code is text': [
        stream(say('```\na\n</think>\n```\n'), end),
        done({ text: '```\na\n</think>\n```\n' }),
      ],
      'a text about both tags is text': [
        stream(say('Models write <think> and </think>.'), end),
        done({ text: 'Models write <think> and </think>.' }),
      ],
      'tags later in the answer are text': [
        stream(say('<think>想</think>Use <think>x</think>.'), end),
        done({ reasoning: '想', text: 'Use <think>x</think>.' }),
      ],
      'a stray closing tag at the end': [
        stream(say('答案是四。</think>'), end),
        done({ text: '答案是四。' }),
      ],
      'a closing tag in a sentence': [
        stream(say('It ends them with </think> and then answers.'), end),
        done({ text: 'It ends them with </think> and then answers.' }),
      ],
      'a closing tag in code of a list': [
        stream(say('- a\n\n      ```\n      </think>\n      ```\n'), end),
        done({ text: '- a\n\n      ```\n      </think>\n      ```\n' }),
      ],
      'another closing tag than the opening one': [
        stream(say('<thinking>想</think>答'), end),
        done({ reasoning: '想', text: '答' }),
      ],
      ...Object.fromEntries(
        [
          'The tag "</think>" ends thoughts.',
          '标签“</think>”用来结束思考。',
          '- ```\n  </think>\n  ```\nend',
          '2. ```xml\n   </think>\n   ```\nend',
          '> ```\n> a\n> </think>\n> ```\nend',
          '- </b>\n- </think>\n- </i>',
          'Write ``</think>`` here.',
          '<code></think></code> ends them.',
          'Tags like </think>, </b>',
          'Indented:\n\n    </think>\n\nend',
          'Code `over\ntwo </think> lines`.',
        ].map((text) => [
          `an answer about it: ${JSON.stringify(text)}`,
          [stream(say(text), end), done({ text })],
        ]),
      ),
      ...Object.fromEntries(
        ['So the answer is:\n', '```js\nx\n```\n', 'I should say "Hello!"\n', '答案如下：\n'].map(
          (thought) => [
            `a closing tag on a line of its own, behind ${JSON.stringify(thought)}`,
            [stream(say(`${thought}</think>\n\n四`), end), done({ reasoning: thought, text: '四' })],
          ],
        ),
      ),
      'a closing tag alone, then a call': [
        stream(
          say('先想。\n</think>\n\n'),
          chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }] }),
          chunk({}, 'tool_calls'),
        ),
        done({ reasoning: '先想。\n', calls: [['f', '{}']], finish: 'tool-calls' }),
      ],
      'thoughts with code in a list': [
        stream(say('1. ```js\n   x()\n   ```\nfine\n</think>\n\nAnswer'), end),
        done({ reasoning: '1. ```js\n   x()\n   ```\nfine\n', text: 'Answer' }),
      ],
      'one that no tag ends': [
        stream(say('<think>想'), chunk({}, 'length')),
        done({ reasoning: '想', finish: 'length' }),
      ],
      'parts, of three shapes': [
        stream(
          say([{ type: 'thinking', thinking: '一' }]),
          say([{ type: 'reasoning', text: '二' }]),
          say([{ type: 'text', text: '答' }, '案']),
          end,
        ),
        done({ reasoning: '一二', text: '答案' }),
      ],
      'a list of details alone': [
        stream(chunk({ reasoning_details: [{ type: 'reasoning.text', text: '想' }] }), say('答'), end),
        done({ reasoning: '想', text: '答' }),
      ],
      'text that ends like the beginning of a tag': [
        stream(say('a <'), say('/thi'), end),
        done({ text: 'a </thi' }),
      ],
    });
  });

  describe('frames that are no chunks', () => {
    const odd = [
      ': keepalive',
      'ping',
      'heartbeat',
      '"ping"',
      'null',
      '0',
      '17',
      '{}',
      '[]',
      'true',
      '{"type":"ping"}',
      '{"status":"processing"}',
      '{"choices":[',
      'undefined',
    ];
    for (const frame of odd) {
      cases({
        [`${frame}, before, between and behind`]: [
          stream(frame, say('a'), frame, say('b'), frame, end, frame, '[DONE]'),
          done({ text: 'ab' }),
        ],
      });
    }
    cases({
      'members of odd types': [
        stream(
          say(5),
          chunk({ content: 'a', reasoning_content: {}, tool_calls: 'x', role: 7 }),
          {
            id: {},
            choices: [{ delta: 'x', message: 5, finish_reason: 3, index: null }],
            usage: 'none',
            created: [],
          },
          { choices: [null] },
          { choices: {} },
          say('b'),
          end,
        ),
        done({ text: 'ab' }),
      ],
      'codes of success, and of work that goes on': [
        stream(
          say('a'),
          { code: '00000', msg: 'success' },
          { code: 202, message: 'processing' },
          { code: 1, msg: 'success' },
          chunk({ content: 'b' }, null, { error: { code: '0', message: '' } }),
          end,
        ),
        done({ text: 'ab' }),
      ],
      'an index that counts tokens': [
        stream(
          ...['长', '城', '很长'].map((content, at) => ({
            choices: [{ index: at + 1, delta: { content } }],
          })),
          { choices: [{ index: 4, delta: {}, finish_reason: 'stop' }] },
          '[DONE]',
        ),
        done({ text: '长城很长' }),
      ],
      'two answers in turns': [
        stream(
          { choices: [{ index: 0, delta: { content: 'a' } }] },
          { choices: [{ index: 1, delta: { content: 'X' } }] },
          {
            choices: [
              { index: 1, delta: { content: 'Y' } },
              { index: 0, delta: { content: 'b' } },
            ],
          },
          { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
        ),
        done({ text: 'ab' }),
      ],
      'choices in another shape': [
        stream(
          { choices: [null, { delta: { content: 'a' } }] },
          { choices: { delta: { content: 'b' } } },
          end,
        ),
        done({ text: 'ab' }),
      ],
      'numbers of Python, and a tab in a text': [
        `data: {"choices":[{"delta":{"content":"a\tb"},"logprobs":[NaN,-Infinity]}]}\n\n${stream(end)}`,
        done({ text: 'a\tb' }),
      ],
      'a chunk as JSON in a text, and behind `data:` twice': [
        stream(JSON.stringify(JSON.stringify(say('a'))), `data: ${JSON.stringify(say('b'))}`, end),
        done({ text: 'ab' }),
      ],
      'an error that is none': [
        stream(
          chunk({ content: 'a' }, null, { error: null }),
          chunk({ content: 'b' }, null, { error: {} }),
          chunk({ content: 'c' }, null, { error: '', code: 0 }),
          chunk({ content: 'd' }, null, { error: false, code: '0', message: 'success' }),
          chunk({ content: 'e' }, null, {
            error: { message: '', code: null },
            base_resp: { status_code: 0 },
          }),
          end,
        ),
        done({ text: 'abcde' }),
      ],
    });

    it('may hold more values in all than one may, without a blank line between', async () => {
      const body = stream(...Array.from({ length: 60_000 }, () => say('a')), end).replaceAll('\n\n', '\n');
      assert.deepEqual(await read(body), done({ text: 'a'.repeat(60_000) }));
    });
  });

  describe('errors', () => {
    const words = 'GPU worker 7 lost';
    const shapes: Record<string, string> = {
      'an object': JSON.stringify({ error: { message: words, type: 'server_error' } }),
      'a text': JSON.stringify({ error: words }),
      'a list': JSON.stringify({ error: [{ message: words }] }),
      'a list around it': JSON.stringify([{ error: { message: words } }]),
      detail: JSON.stringify({ detail: words }),
      'detail, a list': JSON.stringify({ detail: [{ loc: ['body'], msg: words }] }),
      'detail, an object': JSON.stringify({ detail: { message: words } }),
      'code and msg': JSON.stringify({ code: 500, msg: words }),
      'code and message': JSON.stringify({ code: 'Boom', message: words }),
      success: JSON.stringify({ success: false, message: words }),
      base_resp: JSON.stringify({ base_resp: { status_code: 1013, status_msg: words } }),
      errors: JSON.stringify({ errors: [{ message: words }] }),
      'errors, texts': JSON.stringify({ errors: [words] }),
      'object: error': JSON.stringify({ object: 'error', message: words, code: null }),
      'type: error': JSON.stringify({ type: 'error', error: { type: 'api_error', message: words } }),
      error_msg: JSON.stringify({ error_code: 7, error_msg: words }),
      'JSON in a text': JSON.stringify({ error: { message: JSON.stringify({ error: { message: words } }) } }),
      'beside a choice': JSON.stringify({ choices: [{ delta: { content: '' } }], error: { message: words } }),
      'in other letters': JSON.stringify({ ResponseMetadata: { Error: { Code: 'X', Message: words } } }),
      'in a member of no known name': JSON.stringify({ error: { code: 'x', zh: words } }),
      'a status': JSON.stringify({ status: 'failed', reason: words }),
      'in a choice': JSON.stringify({ choices: [{ delta: {}, error: { message: words, code: 502 } }] }),
      'beside the name of a status': JSON.stringify({
        status: 500,
        error: 'Internal Server Error',
        message: words,
      }),
      OAuth: JSON.stringify({ error: 'server_error', error_description: words }),
      'a list of lone messages': JSON.stringify([{ message: words }]),
      'a list of texts': JSON.stringify([words]),
      'an object in a text': JSON.stringify(JSON.stringify({ error: { message: words } })),
      errcode: JSON.stringify({ errcode: 40001, errmsg: words }),
      errorCode: JSON.stringify({ errorCode: 'E1', errorMessage: words }),
      err: JSON.stringify({ err: { message: words } }),
      Error: JSON.stringify({ Error: { Message: words } }),
      'ok: false': JSON.stringify({ ok: false, description: words }),
      'within data': JSON.stringify({ data: { error: { message: words } } }),
      'an event in JSON': JSON.stringify({ event: 'error', data: { message: words } }),
      'a header': JSON.stringify({ header: { code: 10013, message: words } }),
      'beside an empty choice': JSON.stringify({
        choices: [{ delta: { content: '' } }],
        code: 500,
        message: words,
      }),
      'detail beside an empty choice': JSON.stringify({ choices: [{ index: 0, delta: {} }], detail: words }),
      'a lone message beside no choice': JSON.stringify({
        object: 'chat.completion.chunk',
        choices: [],
        message: words,
      }),
      'within Response': JSON.stringify({ Response: { Error: { Code: 'X', Message: words } } }),
      'within response': JSON.stringify({ type: 'response.failed', response: { error: { message: words } } }),
      'within result': JSON.stringify({ result: { error: words } }),
      'a fault': JSON.stringify({ fault: { faultstring: words, detail: { errorcode: 'X' } } }),
      'in a delta': JSON.stringify({ choices: [{ delta: { error: { message: words } } }] }),
      'in a message': JSON.stringify({ choices: [{ message: { role: 'assistant', error: words } }] }),
      'beside usage': JSON.stringify({ choices: [{ delta: {} }], x_groq: { error: words } }),
      'a lone message': JSON.stringify({ message: words }),
      'a bare text': JSON.stringify(words),
    };
    for (const [name, json] of Object.entries(shapes)) {
      it(`${name}: as the body, in mid-stream, pretty-printed, and with a status`, async () => {
        const pretty = JSON.stringify(JSON.parse(json), null, 2);
        const marked = pretty.replaceAll(/^/gm, 'data: ');
        const bodies = [json, stream(json), stream(say('半'), json), stream(say('半'), json, '[DONE]')];
        const prettyBodies = [pretty, `${stream(say('半'))}${marked}\n\n`, `${stream(say('半'))}${marked}\n`];
        // With `data:` before its first line only.
        if (/^[{[]\n/.test(pretty)) prettyBodies.push(`${stream(say('半'))}data: ${pretty}\n\n`);
        // Without `data:` a text alone is a field that nobody knows.
        if (/^[{[]/.test(pretty)) prettyBodies.push(`${stream(say('半'))}${pretty}\n`);
        for (const body of [...bodies, ...prettyBodies]) {
          const { error, finish } = await read(body);
          assert.ok(error?.includes(words), `${JSON.stringify(body)}: ${error}`);
          assert.equal(finish, undefined);
        }
        for (const body of [json, pretty, event(json)]) {
          const error = readOpenAIFailure(500, body);
          assert.ok(error.message.startsWith(words), error.message);
          assert.equal(error.status, 500);
        }
      });
    }

    it('which shares its block with a chunk', async () => {
      const body = `data: ${JSON.stringify(say('半'))}\nevent: error\ndata: ${JSON.stringify({ error: words })}\n\n`;
      const { text, error } = await read(body);
      assert.deepEqual([text, error?.endsWith(words)], ['半', true]);
    });

    it('in words of several lines, in words of Python, behind `data:` twice, and with raw line ends', async () => {
      const bodies = [
        `event: error\ndata: CUDA error\ndata: ${words}\n\n`,
        `${stream(say('半'))}data: {'error': '${words}'}\n\n`,
        `${stream(say('半'))}data: [500] ${words}\n\ndata: [DONE]\n\n`,
        `${stream(say('半'))}data: data: {"error":"${words}"}\n\n`,
        `${stream(say('半'))}data: {"error":{"message":"CUDA error\n${words}"}}\n\n`,
        `${stream(say('半'))}data: {"error": {\n  "message": "${words}"\n}}\n\n`,
        `${stream(say('半'))}event: response.error\ndata: ${words}\n\n`,
        stream(say('a', 'stop'), say('b', 'stop'), { message: words }, '[DONE]'),
      ];
      for (const body of bodies) {
        const { error } = await read(body);
        assert.ok(error?.includes(words), `${body}: ${error}`);
      }
      assert.match((await read(bodies[0] ?? '')).error ?? '', /CUDA error/);
    });

    it('in a field of its own name, in lines without any, and broken off', async () => {
      const half = stream(say('半'));
      for (const body of [
        `${half}error: {"code":500,"message":"${words}","type":"server_error"}\n\ndata: [DONE]\n\n`,
        `${half}error: {"code":500,"message":"${words}"}\n`,
        `${half}${words}\n\ndata: [DONE]\n\n`,
        `${half}${words}`,
        `${half}data: {"error":{"message":"${words}"}}}}\n\ndata: [DONE]\n\n`,
        `${half}data: {"error":{"message":"${words}\n\ndata: [DONE]\n\n`,
      ]) {
        const { text, error, finish } = await read(body);
        assert.deepEqual([text, finish], ['半', undefined], body);
        assert.ok(error?.includes(words), `${JSON.stringify(body)}: ${error}`);
      }
    });

    it('whose words only look like a sign of life', async () => {
      for (const message of ['账号不正常', '请求未成功']) {
        const got = await read(stream(say('半'), { error: { message, code: 'account_abnormal' } }, '[DONE]'));
        assert.equal(got.text, '半');
        assert.match(got.error ?? '', new RegExp(message));
      }
      const got = await read(stream(say('半'), { error: { code: 500, message: 'null' } }, '[DONE]'));
      assert.match(got.error ?? '', /null/);
    });

    it('is not made of the members of an answer', async () => {
      const failed = { choices: [{ delta: { role: 'assistant', content: '' } }], error: { code: 502 } };
      assert.doesNotMatch((await read(stream(failed))).error ?? '', /assistant/);
      for (const error of [
        { code: 0, type: 'none', message: '' },
        { message: ' ' },
        { code: 'null', message: '' },
        { status: 'ok', code: 200 },
      ]) {
        const body = stream({ ...say('a'), error }, end);
        assert.deepEqual(await read(body), done({ text: 'a' }), JSON.stringify(error));
      }
    });

    it('beside a last piece, which is kept', async () => {
      const { text, error } = await read(
        stream(chunk({ content: 'last' }, null, { error: { message: words } })),
      );
      assert.deepEqual([text, error?.endsWith(words)], ['last', true]);
    });

    it('of HTTP, pretty-printed behind `data:`', () => {
      const json = JSON.stringify({ error: { code: '1113', message: words } }, null, 2);
      for (const body of [json.replaceAll(/^/gm, 'data: '), `data: ${json}\n\n`]) {
        const { kind, code, message } = readOpenAIFailure(429, body);
        assert.deepEqual([kind, code, message], ['quota', '1113', words]);
      }
    });

    it('gives out what had come before', async () => {
      assert.deepEqual((await read(stream(say('a <'), { error: { message: 'gone' } }))).text, 'a <');
    });

    it('a word that is no error, and then the answer ends well', async () => {
      const body = stream(say('a'), JSON.stringify('model is warming up'), say('b'), end);
      assert.deepEqual(await read(body), done({ text: 'ab' }));
    });

    const table: [status: number, body: unknown, kind: ChatErrorKind, code?: string][] = [
      [429, { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } }, 'quota'],
      [429, { error: { code: '1302', message: '您当前使用该API的并发数过高' } }, 'rate-limited'],
      [400, { error: { code: '1261', message: 'Prompt 超长' } }, 'context-too-long'],
      [
        400,
        { error: { code: '1301', message: '系统检测到输入或生成内容可能包含不安全或敏感内容' } },
        'content-filtered',
      ],
      [403, { error: { code: 'AccountOverdueError', message: 'overdue balance' } }, 'quota'],
      [
        400,
        { error: { code: 'SensitiveContentDetected.SevereViolation', message: 'm' } },
        'content-filtered',
      ],
      [429, { error: { code: 'ModelAccountTpmRateLimitExceeded', message: 'm' } }, 'rate-limited'],
      [404, { error: { code: 'InvalidEndpointOrModel.NotFound', message: 'm' } }, 'model-not-found'],
      [200, { base_resp: { status_code: 1004, status_msg: 'login fail' } }, 'unauthorized'],
      [200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 'quota'],
      [200, { base_resp: { status_code: 1002, status_msg: 'rate limit' } }, 'rate-limited'],
      [200, { base_resp: { status_code: 1027, status_msg: 'output new_sensitive' } }, 'content-filtered'],
      [
        500,
        { type: 'error', error: { type: 'x', message: 'invalid api key (2049)', http_code: '401' } },
        'unauthorized',
      ],
      [402, { error: { message: 'Insufficient Balance', type: 'unknown_error' } }, 'quota'],
      [400, { error: { message: 'Content Exists Risk', type: 'invalid_request_error' } }, 'content-filtered'],
      [429, { error: { type: 'exceeded_current_quota_error', message: 'm' } }, 'quota'],
      [429, { error: { type: 'engine_overloaded_error', message: 'm' } }, 'unavailable'],
      [403, { code: 30001, message: 'Sorry, your account balance is insufficient', data: null }, 'quota'],
      [
        403,
        { error: { code: 'insufficient_user_quota', message: '用户额度不足', type: 'new_api_error' } },
        'quota',
      ],
      [
        403,
        { error: { code: '', message: '令牌额度已用尽 !token.RemainQuota = 0', type: 'one_api_error' } },
        'quota',
      ],
      [400, { error: { code: 'sensitive_words_detected', message: 'm' } }, 'content-filtered'],
      [
        503,
        { error: { code: 'model_not_found', message: '当前分组下对于模型 x 无可用渠道' } },
        'model-not-found',
      ],
      [400, { error: { code: 400, type: 'exceed_context_size_error', message: 'm' } }, 'context-too-long'],
      [
        500,
        { error: { message: 'the request exceeds the available context size', type: 'server_error' } },
        'context-too-long',
      ],
      [
        400,
        { error: { message: 'Requested token count exceeds the model’s maximum context length' } },
        'context-too-long',
      ],
      [404, { error: 'model "x" not found, try pulling it first' }, 'model-not-found'],
      [
        404,
        { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError' },
        'model-not-found',
      ],
      [404, { detail: 'Not Found' }, 'protocol', 'wrong-address'],
      [404, '404 page not found', 'protocol', 'wrong-address'],
      [404, '', 'protocol', 'wrong-address'],
      [404, { message: 'no Route matched with those values' }, 'protocol', 'wrong-address'],
      [
        404,
        { timestamp: 1, status: 404, error: 'Not Found', path: '/v4/models' },
        'protocol',
        'wrong-address',
      ],
      [
        404,
        { error: { message: 'Invalid URL (POST /v1/models/chat)', type: 'invalid_request_error' } },
        'protocol',
        'wrong-address',
      ],
      [405, { detail: 'Method Not Allowed' }, 'protocol', 'wrong-address'],
      [405, { error: 'This key is for coding tools only' }, 'invalid-request'],
      [403, { error: { message: 'The key is not allowed here' } }, 'unauthorized'],
      [
        200,
        { error: 'Unexpected endpoint or method. (POST /chat/completions)' },
        'protocol',
        'wrong-address',
      ],
      [
        404,
        { error: { message: 'No endpoints found for deepseek/deepseek-chat:free.', code: 404 } },
        'model-not-found',
      ],
      [404, { error: { code: 'NotFound', message: 'Resource not found' } }, 'protocol', 'wrong-address'],
      [403, { statusCode: 403, error: 'Forbidden', message: '余额不足' }, 'quota'],
      [
        403,
        {
          error: {
            message: 'x requires moderation on OpenAI. Your input was flagged. No credits were charged.',
          },
        },
        'content-filtered',
      ],
      [
        429,
        {
          error: {
            code: 'insufficient_quota',
            message: 'Allocated quota exceeded, please increase your quota limit.',
          },
        },
        'rate-limited',
      ],
      [
        429,
        {
          error: {
            code: 429,
            message: 'You exceeded your current quota. Please retry in 39.2s.',
            status: 'RESOURCE_EXHAUSTED',
          },
        },
        'rate-limited',
      ],
      [
        429,
        {
          error: {
            code: '429',
            message: 'Rate limit reached. See https://platform.openai.com/account/billing',
          },
        },
        'rate-limited',
      ],
      [503, { error: { message: 'no available server in load balancer' } }, 'unavailable'],
      [503, { error: { message: 'The model is not available right now' } }, 'unavailable'],
      [503, { error: { type: 'ServiceUnavailableError', message: 'm' } }, 'unavailable'],
      [503, { code: 1001, msg: '服务繁忙,请稍后重试' }, 'unavailable'],
      [400, { error: { message: '模型 glm-4-flash 不支持图片输入' } }, 'invalid-request', 'no-images'],
      [400, { error: { message: '该模型不支持工具调用' } }, 'invalid-request'],
      [400, { error: { message: '频率惩罚取值范围为[-2,2]' } }, 'invalid-request'],
      [400, { error: { message: '工具名称长度超过64' } }, 'invalid-request'],
      [400, { error: { message: 'JSON: invalid token at 5' } }, 'invalid-request'],
      [400, { error: { message: 'name is longer than the limit (1024)' } }, 'invalid-request'],
      [
        400,
        { error: { message: 'Total tokens of image and text exceed max message tokens' } },
        'context-too-long',
      ],
      [
        400,
        {
          type: 'error',
          error: { type: 'bad_request_error', message: 'invalid params, x (1026)', http_code: '400' },
        },
        'content-filtered',
      ],
      [400, { error: { type: 'bad_request_error', message: 'input new_sensitive' } }, 'content-filtered'],
      [403, { error: { message: 'Key limit exceeded (monthly limit). See https://x.ai/keys' } }, 'quota'],
      [
        429,
        { error: 'Your team has either used all available credits or reached its monthly spending limit.' },
        'quota',
      ],
      [403, { error: 'Your teams doesn’t have any credits yet. You can purchase credits.' }, 'quota'],
      [429, { error: 'you have reached your weekly usage limit' }, 'quota'],
      [429, { error: { message: 'Credit limit exceeded' } }, 'quota'],
      [429, { error: { message: '今日免费配额已用尽' } }, 'quota'],
      [429, { error: { message: '余量不足' } }, 'quota'],
      [400, { error: { message: '资源包余量已用尽' } }, 'quota'],
      [400, { error: { message: 'You have reached your specified API usage limits.' } }, 'quota'],
      [401, { error: { message: 'ExceededTokenBudget: Current spend 1, Max Budget: 1' } }, 'quota'],
      [403, { error: { code: 'InsufficientBalance', message: 'm' } }, 'quota'],
      [
        451,
        { error: { message: 'The content is blocked.', type: 'censorship_blocked' } },
        'content-filtered',
      ],
      [
        403,
        { error: 'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO' },
        'content-filtered',
      ],
      [400, { error: { message: 'rejected as a result of our safety system' } }, 'content-filtered'],
      [400, { error: { message: 'The request was considered high risk' } }, 'content-filtered'],
      [400, { error: { message: 'flagged for violating our usage policies' } }, 'content-filtered'],
      [400, { error: { message: '内容不合规' } }, 'content-filtered'],
      [400, { error: { message: '输入内容未通过审核' } }, 'content-filtered'],
      [400, { error: { message: 'litellm.ContentPolicyViolationError: x' } }, 'content-filtered'],
      [500, { error: { code: 'InternalError.Algo.DataInspectionFailed', message: 'm' } }, 'content-filtered'],
      [403, { message: 'RPM limit exceeded. Please complete identity verification' }, 'rate-limited'],
      [
        429,
        { message: 'Requests per minute limit exceeded', code: 'request_quota_exceeded' },
        'rate-limited',
      ],
      [404, { message: 'Route POST:/v1/models/chat/completions not found' }, 'protocol', 'wrong-address'],
      [404, { message: 'No static resource v1/models/chat/completions.' }, 'protocol', 'wrong-address'],
      [404, { error: 'The requested URL https://x/v1/models/y was not found' }, 'protocol', 'wrong-address'],
      [400, { error: { message: 'foo/bar is not a valid model ID' } }, 'model-not-found'],
      [400, { error: { code: 'OutOfContextError', message: 'm' } }, 'context-too-long'],
      [503, { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } }, 'unavailable'],
      [
        422,
        { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] },
        'invalid-request',
      ],
    ];
    for (const [status, body, kind, code] of table) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      it(`${status} ${text.slice(0, 80)} → ${kind}`, () => {
        const error = readOpenAIFailure(status, text);
        assert.equal(error.kind, kind);
        if (code) assert.equal(error.code, code);
        assert.ok(!/[{}]/.test(error.message), error.message);
      });
    }
  });

  describe('usage', () => {
    const usageOf = async (...values: unknown[]) => {
      const { parts } = await readBytes('openai', [stream(say('a'), ...values, '[DONE]')]);
      const finish = parts.at(-1);
      return finish?.type === 'finish' ? finish.usage : undefined;
    };
    const counts = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    const usage = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };

    it('stands at the top, in the choice, or alone', async () => {
      assert.deepEqual(await usageOf(chunk({}, 'stop', { usage: counts })), usage);
      assert.deepEqual(
        await usageOf({ choices: [{ delta: {}, finish_reason: 'stop', usage: counts }] }),
        usage,
      );
      assert.deepEqual(await usageOf(end, { choices: [], usage: counts }), usage);
      assert.deepEqual(await usageOf(end, { usage: counts }), usage);
    });
    it('is not overwritten by zeros', async () => {
      const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
      assert.deepEqual(
        await usageOf(chunk({}, 'stop', { usage: counts }), { choices: [], usage: zeros }),
        usage,
      );
    });
    it('tells what was cached, by three names', async () => {
      for (const cached of [
        { prompt_tokens_details: { cached_tokens: 4 } },
        { cached_tokens: 4 },
        { prompt_cache_hit_tokens: 4 },
      ])
        assert.equal(
          (await usageOf(chunk({}, 'stop', { usage: { ...counts, ...cached } })))?.cachedInputTokens,
          4,
        );
    });
  });
});
