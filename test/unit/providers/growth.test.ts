import assert from 'node:assert/strict';
import { decodeBody } from '../../../src/providers/decodeBody.ts';
import { parseJson } from '../../../src/providers/json.ts';
import { createOpenAIDecoder } from '../../../src/providers/openaiDecoder.ts';
import { openAIError } from '../../../src/providers/openaiErrors.ts';
import { createQianfanV1Decoder } from '../../../src/providers/qianfanV1Decoder.ts';
import { createServerEventReader } from '../../../src/providers/serverEvents.ts';
import { createCumulativeJoiner } from '../../../src/providers/textJoiner.ts';
import { createThinkTagSplitter } from '../../../src/providers/thinkTags.ts';
import { createToolCallJoiner } from '../../../src/providers/toolCallJoiner.ts';
import { assertLinear } from '../../support/growth.ts';

const times = (count: number, act: (index: number) => void): void => {
  for (let index = 0; index < count; index++) act(index);
};

/** Work that a server can ask for; each takes so many steps, and a step must not look at what came before. */
const works: readonly [name: string, size: number, run: (size: number) => void][] = [
  [
    'blanks before a <think>',
    40_000,
    (size) => {
      const tags = createThinkTagSplitter();
      times(size, () => tags.push(' '));
      assert.equal(tags.push('<think>a').reasoning + tags.flush().reasoning, 'a');
    },
  ],
  [
    'reasoning in small pieces',
    40_000,
    (size) => {
      const tags = createThinkTagSplitter();
      tags.push('<think>');
      times(size, () => tags.push('</thin'));
    },
  ],
  [
    '20,000 tool calls with indexes',
    20_000,
    (size) => {
      const calls = createToolCallJoiner();
      times(size, (index) =>
        calls.push([{ index, id: `c${index}`, function: { name: 'f', arguments: '{}' } }]),
      );
      assert.equal(calls.parts().length, size);
    },
  ],
  [
    '20,000 tool calls in one event, that begin and go on',
    20_000,
    (size) => {
      const pieces = Array.from({ length: size }, (_, index) => ({
        id: `c${index}`,
        function: { arguments: '{' },
      }));
      const calls = createToolCallJoiner();
      calls.push(pieces);
      calls.push(pieces);
      assert.equal(calls.parts().length, size);
    },
  ],
  [
    'the arguments of one call, in pieces',
    80_000,
    (size) => {
      const calls = createToolCallJoiner();
      times(size, (index) => calls.push([{ index: 0, id: 'c', function: { arguments: `${index},` } }]));
      assert.equal(calls.held.calls, 1);
    },
  ],
  [
    'tool calls through a decoder',
    20_000,
    (size) => {
      let calls = 0;
      const decoder = createOpenAIDecoder((part) => {
        if (part.type === 'tool-call') calls++;
      });
      const event = (value: unknown) => ({ name: undefined, data: '{…}', status: undefined, value });
      times(size, (index) =>
        decoder.readEvent(
          event({ choices: [{ delta: { tool_calls: [{ index, id: `c${index}`, function: {} }] } }] }),
        ),
      );
      decoder.readEvent(event({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] }));
      decoder.flush();
      assert.equal(calls, size);
    },
  ],
  [
    'sentences in the wrong order',
    20_000,
    (size) => {
      let text = '';
      const decoder = createQianfanV1Decoder((part) => {
        if (part.type === 'text-delta') text += part.text;
      });
      const read = (id: number): void => {
        const value = { sentence_id: id, result: 'x', is_end: false };
        decoder.readEvent({ name: undefined, data: '{…}', status: undefined, value });
      };
      read(0);
      times(size - 1, (index) => read(size - 1 - index));
      assert.equal(text.length, size);
    },
  ],
  [
    'one line in tiny packets',
    160_000,
    (size) => {
      let length = 0;
      const reader = createServerEventReader({
        maxEventLength: 2 ** 23,
        onEvent: ({ data }) => {
          length = data.length;
        },
        onTooLarge: assert.fail,
      });
      reader.feed('data:');
      times(size, () => reader.feed('x'));
      reader.end();
      assert.equal(length, size);
    },
  ],
  [
    'a recording in tiny slices',
    160_000,
    (size) => {
      const chunks = Array.from({ length: size }, () => ({ atMs: 0, text: 'x' }));
      decodeBody({ protocol: 'openai', chunks: [{ atMs: 0, text: 'data:' }, ...chunks] });
    },
  ],
  [
    'cut characters that are none',
    64_000,
    (size) => {
      const text = `${'\uFFFD'.repeat(size)}x\uFFFD`;
      times(5, () => createCumulativeJoiner().push(text, { last: false }));
    },
  ],
  [
    'an error that half says something',
    160_000,
    (size) => {
      const message = 'model '.repeat(size);
      openAIError({ error: { message } }, { status: 400, requestId: undefined });
    },
  ],
  ['backslashes', 1_600_000, (size) => parseJson(`"${'\\\\'.repeat(size)}"`)],
  ['quotation marks', 1_600_000, (size) => parseJson(`"${'\\"'.repeat(size)}"`)],
];

describe('Work that a server can ask for grows with the bytes it sends', () => {
  for (const [name, size, run] of works) {
    it(`${name}: in linear time`, () => {
      assertLinear(run, Math.round, { size, name });
    });
  }
});
