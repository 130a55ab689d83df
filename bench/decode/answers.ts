/** The answers that are measured: the bytes of a stream, alike in text whatever the protocol. */

/** `whole`: DashScope's native protocol with the whole text so far in every event. */
export const protocols = ['openai', 'dashscope', 'whole'] as const;
export type Protocol = (typeof protocols)[number];

export interface Answer {
  /** UTF-16 units of its text. */
  readonly characters: number;
  /** For each event where its text ends, in UTF-16 units. */
  readonly ends: readonly number[];
  /** Of all events together, without what HTTP adds. */
  readonly bytes: number;
  /** One buffer for each event; only the last one ends the answer. */
  events(): Iterable<Buffer>;
}

const words =
  '大模型的回答一个词一个词地到达 the answer arrives word by word 标点也算，像这样。 bridges 桥 are built piece by piece ';

/** As a platform would send it: mostly one to four characters, now and then many at once. */
export function createAnswer(protocol: Protocol, events: number): Answer {
  const pieces = Array.from({ length: events }, (_, i) => pieceAt(i));
  const text = pieces.join('');
  const bytes = Buffer.from(text);
  const frame = frames[protocol];
  const tail = frame.tail(events);
  let total = tail.length;
  let sent = 0;
  for (const [i, piece] of pieces.entries()) {
    const length = Buffer.byteLength(piece);
    sent += length;
    total += frame.before(i).length + (protocol === 'whole' ? sent : length) + frame.after(i).length;
  }
  let end = 0;
  return {
    characters: text.length,
    ends: pieces.map(({ length }) => (end += length)),
    bytes: total,
    *events() {
      let start = 0;
      for (const [i, piece] of pieces.entries()) {
        const end = start + Buffer.byteLength(piece);
        const shown = bytes.subarray(protocol === 'whole' ? 0 : start, end);
        const parts = [Buffer.from(frame.before(i)), shown, Buffer.from(frame.after(i))];
        if (i === events - 1) parts.push(Buffer.from(tail));
        yield Buffer.concat(parts);
        start = end;
      }
    },
  };
}

/** Nothing that JSON would escape. */
function pieceAt(index: number): string {
  const length = index % 8 === 7 ? 14 + (index % 7) : 1 + ((index * 7) % 4);
  const start = (index * 13) % (words.length - length);
  return words.slice(start, start + length);
}

/** ASCII, so that lengths are byte lengths. */
interface Frame {
  before(index: number): string;
  after(index: number): string;
  /** What follows the last piece of text, in the same write. */
  tail(events: number): string;
}

const id = '4bbf022b-e68c-9848-8328-dc401165051d';
const usage = (output: number): string =>
  `"usage":{"total_tokens":${output + 11},"input_tokens":11,"output_tokens":${output}}`;

const chunk = (delta: string, finish: string): string =>
  `data: {"choices":[{"delta":${delta},"finish_reason":${finish},"index":0,"logprobs":null}],"object":"chat.completion.chunk","usage":null,"created":1768391649,"system_fingerprint":null,"model":"qwen-plus","id":"chatcmpl-${id}"}\n\n`;
const [chunkBefore = '', chunkAfter = ''] = chunk('{"content":"|"}', 'null').split('|');

const dashScopeFrame: Frame = {
  before: (index) =>
    `id:${index + 1}\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":"`,
  after: (index) =>
    `","role":"assistant"},"finish_reason":"null"}]},${usage(index + 1)},"request_id":"${id}"}\n\n`,
  tail: (events) =>
    `id:${events + 1}\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":"","role":"assistant"},"finish_reason":"stop"}]},${usage(events)},"request_id":"${id}"}\n\n`,
};

const frames: Record<Protocol, Frame> = {
  openai: {
    before: () => chunkBefore,
    after: () => chunkAfter,
    tail: (events) =>
      `${chunk('{}', '"stop"')}data: {"choices":[],"object":"chat.completion.chunk","usage":{"prompt_tokens":11,"completion_tokens":${events},"total_tokens":${events + 11}},"created":1768391649,"model":"qwen-plus","id":"chatcmpl-${id}"}\n\ndata: [DONE]\n\n`,
  },
  dashscope: dashScopeFrame,
  whole: dashScopeFrame,
};
