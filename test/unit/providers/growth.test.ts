import assert from 'node:assert/strict';
import { createCumulativeJoiner } from '../../../src/providers/dashscope/textJoiner.ts';
import { decodeBody } from '../../../src/providers/decodeBody.ts';
import { createToolCallJoiner } from '../../../src/providers/messages/toolCallJoiner.ts';
import { createOpenAIDecoder } from '../../../src/providers/openai/openaiDecoder.ts';
import { openAIError } from '../../../src/providers/openai/openaiErrors.ts';
import { createReasoningJoiner } from '../../../src/providers/openai/reasoningJoiner.ts';
import { createThinkTagSplitter, type ThinkTagOutput } from '../../../src/providers/openai/thinkTags.ts';
import { createQianfanV1Decoder } from '../../../src/providers/qianfanV1/qianfanV1Decoder.ts';
import { parseJson } from '../../../src/providers/sse/json.ts';
import { createServerEventReader } from '../../../src/providers/sse/serverEvents.ts';
import { assertLinear } from '../../support/growth.ts';

const times = (count: number, act: (index: number) => void): void => {
  for (let index = 0; index < count; index++) act(index);
};

function splitTags(output: Partial<ThinkTagOutput> = {}) {
  let all = '';
  const tags = createThinkTagSplitter(
    { text() {}, reasoning() {}, reclassify() {}, ...output },
    { all: () => all, acceptsLoneClosingTag: () => true },
  );
  return {
    push(text: string): void {
      all += text;
      tags.push(text);
    },
    flush: (): void => tags.flush(),
  };
}

/** Work that a server can ask for; each takes so many steps, and a step must not look at what came before. */
const works: readonly [name: string, size: number, run: (size: number) => void][] = [
  [
    'blanks before a <think>',
    40_000,
    (size) => {
      let thought = '';
      const tags = splitTags({ reasoning: (text) => (thought += text) });
      times(size, () => tags.push(' '));
      tags.push('<think>a');
      tags.flush();
      assert.equal(thought, 'a');
    },
  ],
  [
    'reasoning in small pieces',
    40_000,
    (size) => {
      const tags = splitTags();
      tags.push('<think>');
      times(size, () => tags.push('</thin'));
    },
  ],
  [
    'a text in pieces that may each begin a closing tag',
    40_000,
    (size) => {
      const tags = splitTags();
      tags.push('a');
      times(size, () => tags.push('b</thin'));
    },
  ],
  [
    'closing tags in code, which end no thought',
    40_000,
    (size) => {
      const tags = splitTags();
      tags.push('```\n');
      times(size, () => tags.push('b</think>'));
    },
  ],
  [
    'thoughts that come twice, in turns',
    40_000,
    (size) => {
      let shown = 0;
      const thoughts = createReasoningJoiner((text) => (shown += text.length));
      times(size, (index) => {
        thoughts.push('member', `${index} `);
        thoughts.push('text', `${index} `);
      });
      assert.ok(shown < size * 7);
    },
  ],
  [
    'thoughts that lag behind others',
    40_000,
    (size) => {
      const thoughts = createReasoningJoiner(() => {});
      thoughts.push('member', 'x'.repeat(size));
      times(size, () => {
        thoughts.push('member', 'x');
        thoughts.push('text', 'x');
      });
    },
  ],
  [
    'blanks behind a lone closing tag',
    40_000,
    (size) => {
      const tags = splitTags();
      tags.push('a</think>');
      times(size, () => tags.push(' '));
    },
  ],
  [
    'tags one behind the other in one piece',
    40_000,
    (size) => {
      const tags = splitTags();
      tags.push('<think></think>'.repeat(size));
      tags.flush();
    },
  ],
  [
    'whole lists of calls beside calls in pieces',
    10_000,
    (size) => {
      const calls = createToolCallJoiner();
      times(size, (index) => calls.push([{ index, function: { name: 'f', arguments: `{"a":${index}}` } }]));
      calls.pushWhole(Array.from({ length: 2 * size }, (_, index) => ({ name: `g${index}` })));
      assert.equal(calls.parts().length, 3 * size);
    },
  ],
  [
    'whole messages that say less than what came',
    20_000,
    (size) => {
      const decoder = createOpenAIDecoder({ emit() {} });
      times(size, () =>
        decoder.readEvent({
          name: undefined,
          data: '{…}',
          status: undefined,
          value: {
            choices: [
              {
                delta: { content: 'a', reasoning: 'b' },
                message: { content: 'a', reasoning: 'b', tool_calls: [{ id: 'c' }] },
              },
            ],
          },
        }),
      );
    },
  ],
  [
    'the same whole arguments, named again with each piece',
    20_000,
    (size) => {
      const calls = createToolCallJoiner();
      calls.push([{ index: 0, function: { name: 'f', arguments: `{"a":"${'x'.repeat(size)}` } }]);
      times(size, () => calls.push([{ index: 0, function: { name: 'f', arguments: '}' } }]));
      assert.equal(calls.buffered.calls, 1);
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
      assert.equal(calls.buffered.calls, 1);
    },
  ],
  [
    'tool calls through a decoder',
    20_000,
    (size) => {
      let calls = 0;
      const decoder = createOpenAIDecoder({
        emit(part) {
          if (part.type === 'tool-call') calls++;
        },
      });
      const event = (value: unknown) => ({ name: undefined, data: '{…}', status: undefined, value });
      times(size, (index) =>
        decoder.readEvent(
          event({
            choices: [{ delta: { tool_calls: [{ index, id: `c${index}`, function: { name: 'f' } }] } }],
          }),
        ),
      );
      decoder.readEvent(event({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] }));
      decoder.flush('ended');
      assert.equal(calls, size);
    },
  ],
  [
    'sentences in the wrong order',
    20_000,
    (size) => {
      let text = '';
      const decoder = createQianfanV1Decoder({
        emit(part) {
          if (part.type === 'text-delta') text += part.text;
        },
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
