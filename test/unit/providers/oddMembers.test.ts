// Any value of JSON in any member of one frame costs that member at most: what comes before and behind it arrives. A member
// that tells errors, or the end, may end the answer.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ProtocolId, protocolIds } from '../../../src/providers/common/protocols.ts';
import { readBytes } from '../../support/readAnswer.ts';

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
  frame(text: string): unknown;
  /** All members that are read anywhere. */
  full: unknown;
  end: string;
  /** Members that may tell an error or the end: some of their values end the answer. */
  telling: RegExp;
}

const samples: Record<ProtocolId, Sample> = {
  openai: {
    frame: (text) => ({ id: 'c', choices: [{ delta: { content: text } }] }),
    full: {
      id: 'c',
      object: 'chat.completion.chunk',
      model: 'm',
      code: null,
      message: null,
      error: null,
      base_resp: null,
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
          flag: null,
          error: null,
        },
      ],
      usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 0 } },
      created: 1,
      system_fingerprint: null,
    },
    end: 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    telling: /^(error|base_resp|choices\.0\.error)/,
  },
  dashscope: {
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
      code: null,
      message: null,
      error: null,
    },
    end: 'data: {"request_id":"r","output":{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}}\n\n',
    telling: /^error/,
  },
  'qianfan-v1': {
    frame: (text) => ({ id: 'as-1', result: text, is_end: false }),
    full: {
      id: 'as-1',
      object: 'chat.completion',
      created: 1,
      sentence_id: 0,
      is_end: false,
      is_truncated: false,
      result: 'x',
      need_clear_history: false,
      ban_round: null,
      finish_reason: null,
      error_code: null,
      error_msg: null,
      usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
    },
    end: 'data: {"id":"as-1","result":"","is_end":true}\n\n',
    telling: /^(is_end|error_code)/,
  },
};

describe('members of odd types', () => {
  for (const protocol of protocolIds) {
    const { frame, full, end, telling } = samples[protocol];
    const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
    const places = placesOf(full);

    it(`${protocol}: cost that member`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), async (place, value) => {
          const odd = withMember(full, place, value);
          const body = event(frame('甲')) + event(odd) + event(frame('乙')) + end;
          const { parts, error } = await readBytes(protocol, [body]);
          const whole = parts.map((part) => ('text' in part ? part.text : '')).join('');
          assert.ok(whole.includes('甲'), JSON.stringify(odd));
          const text = parts.reduce((all, part) => {
            if (part.type === 'text-replace') return part.text;
            return part.type === 'text-delta' ? all + part.text : all;
          }, '');
          if (telling.test(place.join('.')) && !text.includes('乙')) {
            assert.ok(error || parts.at(-1)?.type === 'finish', JSON.stringify(odd));
            return;
          }
          assert.equal(error, undefined, JSON.stringify(odd));
          assert.ok(text.includes('乙'), JSON.stringify(odd));
          assert.equal(parts.at(-1)?.type, 'finish');
        }),
        { numRuns: 600 },
      );
    });
  }
});
