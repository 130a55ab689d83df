/** What a hostile server may send in place of an answer: JSON made to take time, memory or the stack, in every member. */

import fc from 'fast-check';
import { type ProtocolId, protocolIds } from '../../src/providers/common/protocols.ts';

export interface HostileCase {
  name: string;
  protocol: ProtocolId;
  /** The body of the response. */
  body: string;
}

/** Members that a decoder reads, and some that it does not; `value` is JSON, or not quite. */
const places: Record<ProtocolId, readonly [name: string, frame: (value: string) => string][]> = {
  openai: [
    ['whole', (value) => value],
    ['choices', (value) => `{"id":"1","choices":${value}}`],
    ['choice', (value) => `{"id":"1","choices":[${value}]}`],
    ['content', (value) => `{"id":"1","choices":[{"delta":{"content":${value}},"finish_reason":null}]}`],
    ['message', (value) => `{"id":"1","choices":[{"message":{"role":"assistant","content":${value}}}]}`],
    ['reasoning', (value) => `{"choices":[{"delta":{"reasoning_content":${value}}}]}`],
    ['tool calls', (value) => `{"choices":[{"delta":{"tool_calls":${value}}}]}`],
    ['arguments', (value) => `{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${value}}}]}}]}`],
    ['finish', (value) => `{"choices":[{"delta":{"content":"x"},"finish_reason":${value}}]}`],
    ['usage', (value) => `{"choices":[],"usage":${value}}`],
    ['count', (value) => `{"choices":[],"usage":{"prompt_tokens":${value},"completion_tokens":${value}}}`],
    ['id', (value) => `{"id":${value},"choices":[]}`],
    ['error', (value) => `{"error":${value}}`],
    ['message of an error', (value) => `{"error":{"code":"InvalidParameter","message":${value}}}`],
    ['unknown member', (value) => `{"choices":[{"delta":{"content":"x"}}],"search_results":${value}}`],
  ],
  dashscope: [
    ['whole', (value) => value],
    ['output', (value) => `{"request_id":"1","output":${value}}`],
    ['choices', (value) => `{"request_id":"1","output":{"choices":${value}}}`],
    ['content', (value) => `{"output":{"choices":[{"message":{"content":${value}}}]},"request_id":"1"}`],
    ['text', (value) => `{"output":{"text":${value},"finish_reason":"null"}}`],
    ['reasoning', (value) => `{"output":{"choices":[{"message":{"reasoning_content":${value}}}]}}`],
    ['tool calls', (value) => `{"output":{"choices":[{"message":{"tool_calls":${value}}}]}}`],
    ['finish', (value) => `{"output":{"text":"x","finish_reason":${value}}}`],
    ['usage', (value) => `{"output":{"text":"x"},"usage":${value}}`],
    ['count', (value) => `{"output":{"text":"x"},"usage":{"input_tokens":${value},"total_tokens":${value}}}`],
    ['id', (value) => `{"request_id":${value},"output":{"text":"x"}}`],
    ['code', (value) => `{"code":${value},"message":"x"}`],
    ['message of an error', (value) => `{"code":"InternalError.Algo","message":${value}}`],
    ['search info', (value) => `{"output":{"text":"x","search_info":{"search_results":${value}}}}`],
  ],
  'qianfan-v1': [
    ['whole', (value) => value],
    ['result', (value) => `{"id":"1","sentence_id":0,"is_end":false,"result":${value}}`],
    ['number', (value) => `{"id":"1","sentence_id":${value},"is_end":false,"result":"x"}`],
    ['end', (value) => `{"id":"1","is_end":${value},"result":"x"}`],
    ['usage', (value) => `{"id":"1","is_end":false,"result":"x","usage":${value}}`],
    ['count', (value) => `{"result":"x","usage":{"prompt_tokens":${value},"total_tokens":${value}}}`],
    ['id', (value) => `{"id":${value},"is_end":false,"result":"x"}`],
    ['code', (value) => `{"error_code":${value},"error_msg":"x"}`],
    ['message of an error', (value) => `{"error_code":336000,"error_msg":${value}}`],
    ['unknown member', (value) => `{"is_end":false,"result":"x","search_info":${value}}`],
  ],
};

const million = 1_000_000;
const list = (item: string, count: number): string => `[${`${item},`.repeat(count - 1)}${item}]`;
const quoted = (text: string): string => `"${text}"`;

/** JSON of some megabytes each, or as many values as are read. Made when it is asked for. */
const attacks: readonly [name: string, value: () => string][] = [
  ['a million empty objects', () => list('{}', million)],
  ['a million lists', () => list('[]', million)],
  ['two million numbers', () => list('1', 2 * million)],
  ['as many empty objects as are read', () => list('{}', 120_000)],
  ['as many texts as are read', () => list('{"text":"a"}', 80_000)],
  ['80,000 tool calls', () => list('{"id":"","function":{"name":"f","arguments":"{}"}}', 40_000)],
  [
    'calls with ids of their own',
    () =>
      `[${Array.from({ length: 30_000 }, (_, index) => `{"index":${index},"id":"c${index}","function":{"name":"f"}}`)}]`,
  ],
  ['a million members', () => `{${Array.from({ length: million }, (_, index) => `"k${index}":1`)}}`],
  ['100,000 members', () => `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":[1]`)}}`],
  ['one member a million times', () => `{${'"text":1,'.repeat(million)}"text":1}`],
  ['a million levels', () => '['.repeat(million) + ']'.repeat(million)],
  ['a million levels of objects', () => '{"a":'.repeat(million) + 1 + '}'.repeat(million)],
  ['500 levels', () => '['.repeat(500) + ']'.repeat(500)],
  ['levels without end', () => '['.repeat(3 * million)],
  ['a text of 7 million characters', () => quoted('x'.repeat(7 * million))],
  ['3 million two-byte characters', () => quoted('桥'.repeat(3 * million))],
  ['2 million quotation marks', () => quoted('\\"'.repeat(2 * million))],
  ['a million escapes', () => quoted('\\u0000'.repeat(million))],
  ['cut characters', () => quoted(`${'\uFFFD'.repeat(million)}x\uFFFD`)],
  ['blanks', () => quoted(' '.repeat(4 * million))],
  ['half a model without end', () => quoted('model '.repeat(700_000))],
  ['unsupported content without end', () => quoted('unsupported content part type'.repeat(100_000))],
  ['a number of a million digits', () => '9'.repeat(million)],
];

/** Every attack in some of the places: one of `every` pairs of them. */
export function* attackCases(every: number): Generator<HostileCase> {
  let number = 0;
  for (const protocol of protocolIds) {
    for (const [place, frame] of places[protocol]) {
      for (const [attack, value] of attacks) {
        if (number++ % every === 0)
          yield { name: `${attack} as ${place}`, protocol, body: `data:${frame(value())}\n\n` };
      }
    }
  }
}

/** Bodies that never come to an end, or to a point. */
const floods: readonly [name: string, body: () => string][] = [
  ['blanks', () => '\n'.repeat(18 * million)],
  ['comments', () => ': keep-alive\n\n'.repeat(1_300_000)],
  ['unknown fields', () => 'x\n'.repeat(9 * million)],
  ['empty events', () => 'data:\n\n'.repeat(2 * million)],
  ['signs of life', () => 'data:{}\n\n'.repeat(million)],
  ['empty lines of one event', () => 'data:\n'.repeat(2 * million)],
  ['signs of life in one event', () => `${'data:{}\n'.repeat(million)}\n`],
  ['bare JSON', () => '{}\n'.repeat(2 * million)],
  ['an event without end', () => `data:${'x'.repeat(9 * million)}`],
  ['a comment without end', () => `:${'x'.repeat(9 * million)}`],
  ['JSON without end', () => `{"a":"${'x'.repeat(18 * million)}`],
];

export function* floodCases(protocol: ProtocolId): Generator<HostileCase> {
  for (const [name, body] of floods) yield { name: `flood: ${name}`, protocol, body: body() };
}

/** Names that decoders know, so that generated objects get into all their branches. */
const knownNames =
  'choices delta message content text reasoning_content reasoning tool_calls index id function name arguments finish_reason ' +
  'usage prompt_tokens completion_tokens total_tokens input_tokens output_tokens prompt_tokens_details cached_tokens ' +
  'error code type flag is_end need_clear_history ban_round output request_id requestId result sentence_id error_code ' +
  'error_msg __proto__ constructor toString length';
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'null',
    'stop',
    '',
    'length',
    '</think>',
    '<think>',
    '\uD800',
    '-1',
    '1e999',
    'NaN',
    '[DONE]',
  ),
);
const hostileNumber = fc.constantFrom(-1, -0, 0, 0.5, 1, 2 ** 31, 2 ** 53, 1e21, 1e308, -1e308, 5e-324);
const { value: hostileValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false),
    hostileNumber,
    hostileText,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...knownNames.split(' ')), hostileText), tie('value'), {
      maxKeys: 6,
      noNullPrototype: true,
    }),
  ),
}));

/** JSON, some of it with numbers that no program writes, or cut. */
const hostileJson = fc.oneof(
  { weight: 8, arbitrary: hostileValue.map((value) => JSON.stringify(value) ?? 'null') },
  { weight: 1, arbitrary: fc.constantFrom('1e999', '-1e999', '-0', '01', 'NaN', '{', '[', '"', 'nul', '') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileValue, fc.nat({ max: 30 }))
      .map(([value, end]) => JSON.stringify(value).slice(0, end)),
  },
);

/** One to five frames, framed in all the ways servers do it, and some in which none does. */
export function hostileBody(protocol: ProtocolId): fc.Arbitrary<string> {
  const frame = fc
    .tuple(fc.constantFrom(...places[protocol]), hostileJson)
    .map(([[, write], value]) => write(value));
  const framed = fc
    .tuple(
      frame,
      fc.constantFrom(
        'data:',
        'data: ',
        '',
        'event:error\ndata:',
        'event:ping\ndata:',
        ':HTTP_STATUS/429\ndata:',
      ),
      fc.constantFrom('\n\n', '\r\n\r\n', '\r', '\n', ''),
    )
    .map(([text, before, after]) => before + text + after);
  return fc
    .tuple(
      fc.array(framed, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('', 'data:[DONE]\n\n', '<', '\uFEFF'),
    )
    .map(([frames, end]) => frames.join('') + end);
}
