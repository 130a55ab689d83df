// Any value of JSON in any member of one frame costs that member at most: what comes before and behind it arrives.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Protocol, readBytes } from '../../support/readAnswer.ts';

type Path = readonly (string | number)[];

/** The value with another one at a place. */
function withMember(value: unknown, [first, ...rest]: Path, member: unknown): unknown {
  if (first === undefined) return member;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? Object.assign([], value)
    : { ...Object(value) };
  copy[first] = withMember(copy[first], rest, member);
  return copy;
}

/** Every place in the value, containers included. */
function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...at, name]))];
}

interface Sample {
  protocol: Protocol;
  frame(text: string): unknown;
  /** All members that are read anywhere. */
  full: unknown;
  end: string;
  /** Members whose values mean something else for the whole answer: errors, and marks of the platform. */
  telling: RegExp;
}

const samples: readonly Sample[] = [
  {
    protocol: 'openai',
    frame: (text) => ({ id: 'c', choices: [{ delta: { content: text } }] }),
    full: {
      id: 'c',
      object: 'chat.completion.chunk',
      model: 'm',
      code: null,
      message: null,
      choices: [
        {
          index: 0,
          delta: {
            role: 'assistant',
            content: 'x',
            reasoning_content: '',
            reasoning: '',
            reasoning_details: [],
            refusal: null,
            tool_calls: [{ index: 0, id: '', type: 'function', function: { name: '', arguments: '' } }],
            function_call: null,
          },
          message: null,
          text: null,
          finish_reason: null,
          logprobs: null,
          usage: null,
          is_end: false,
          ban_round: null,
        },
      ],
      usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 0 } },
      created: 1,
      system_fingerprint: null,
    },
    end: 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    telling: /^(error|base_resp|choices\.0\.error|code|message|choices\.0\.flag)/,
  },
  {
    protocol: 'dashscope',
    frame: (text) => ({
      request_id: 'r',
      output: { choices: [{ message: { content: text }, finish_reason: 'null' }] },
    }),
    full: {
      request_id: 'r',
      output: {
        text: null,
        finish_reason: null,
        choices: [
          {
            finish_reason: 'null',
            message: { role: 'assistant', content: 'x', reasoning_content: '', tool_calls: null },
          },
        ],
      },
      usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    },
    end: 'data: {"request_id":"r","output":{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}}\n\n',
    telling: /^(code|message|error)/,
  },
];

describe('members of odd types', () => {
  for (const { protocol, frame, full, end, telling } of samples) {
    const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
    const places = placesOf(full).filter((place) => !telling.test(place.join('.')));

    it(`${protocol}: cost that member`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
          const odd = withMember(full, place, value);
          const body = event(frame('甲')) + event(odd) + event(frame('乙')) + end;
          const { parts, error } = await readBytes(protocol, [body]);
          // A whole frame that is a text, or has words alone, may be an error: then it is told, and the rest was not there.
          assert.equal(error, undefined, JSON.stringify(odd));
          const text = parts.reduce((all, part) => {
            if (part.type === 'text-replace') return part.text;
            return part.type === 'text-delta' ? all + part.text : all;
          }, '');
          const whole = parts.map((part) => ('text' in part ? part.text : '')).join('');
          assert.ok(whole.includes('甲') && text.includes('乙'), JSON.stringify(odd));
          assert.equal(parts.at(-1)?.type, 'finish');
        }),
        { numRuns: 600 },
      );
    });
  }
});
