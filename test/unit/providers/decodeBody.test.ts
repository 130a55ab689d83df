import assert from 'node:assert/strict';
import type { ProtocolId } from '../../../src/providers/common/protocols.ts';
import { type DecodedBody, decodeBody, guessProtocol } from '../../../src/providers/decodeBody.ts';
import { assertLinear } from '../../support/growth.ts';
import { readTranscripts, type Transcript } from '../../support/transcripts.ts';

const protocols: Record<Transcript['protocol'], ProtocolId> = {
  'dashscope-native': 'dashscope',
  'openai-compatible': 'openai',
  'qianfan-v2': 'openai',
  'qianfan-v1': 'qianfan-v1',
};

function textOf({ parts }: DecodedBody): string {
  let text = '';
  for (const { part } of parts) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'text-replace') text = part.text;
  }
  return text;
}

const decode = (protocol: ProtocolId, ...texts: string[]): DecodedBody =>
  decodeBody({ protocol, chunks: texts.map((text, index) => ({ text, atMs: index * 10 })) });
const chunk = (content: string): string => JSON.stringify({ choices: [{ index: 0, delta: { content } }] });

describe('Decoding a body offline', () => {
  for (const transcript of readTranscripts().filter(({ response }) => response.status < 300)) {
    const text = transcript.body.toString();
    it(`${transcript.name}: reads what the live road reads, by a guessed protocol`, () => {
      const guessed = guessProtocol(text);
      assert.equal(guessed, protocols[transcript.protocol]);
      const decoded = decode(guessed, text);
      assert.equal(textOf(decoded), transcript.expected.text);
      assert.ok(decoded.events.length > 0);
      if (transcript.expected.error && transcript.expected.error.kind !== 'incomplete')
        assert.ok(decoded.failure);
      else assert.equal(decoded.failure, undefined);
    });
  }

  it('reads a stream with more values in all than one JSON text may hold', () => {
    const decoded = decode('openai', `data: ${chunk('a')}\n\n`.repeat(80_000));
    assert.equal(textOf(decoded), 'a'.repeat(80_000));
  });

  it('tells each event’s line and the time of its last slice', () => {
    const { events } = decode(
      'openai',
      `: hello\n\ndata: ${chunk('a')}\n`,
      `\r\ndata: ${chunk('b')}\n\n`,
      'data: [DONE]\n\n',
    );
    assert.deepEqual(
      events.map(({ line, atMs, data }) => [line, atMs, data.slice(0, 6)]),
      [
        [3, 10, '{"choi'],
        [5, 10, '{"choi'],
        [7, 20, '[DONE]'],
      ],
    );
  });

  it('reads lines alike, whatever slices their ends are cut into', () => {
    const body = `data: ${chunk('a')}\r\n\r\ndata: ${chunk('b')}\r\rdata: ${chunk('c')}\n\n: end\r`;
    const whole = decode('openai', body);
    assert.deepEqual([textOf(whole), whole.events.map(({ line }) => line)], ['abc', [1, 3, 5]]);
    for (let size = 1; size < 9; size++) {
      const slices = body.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const { events } = decode('openai', ...slices.flatMap((slice) => [slice, '']));
      assert.deepEqual(
        events.map(({ line, data }) => [line, data]),
        whole.events.map(({ line, data }) => [line, data]),
      );
    }
  });

  it('takes time in proportion to the body, however small its slices', () => {
    const sliced = (length: number): { text: string; atMs: number }[] =>
      Array.from(`data: ${chunk('x'.repeat(length))}\n\n`, (text) => ({ text, atMs: 0 }));
    assertLinear((chunks) => decodeBody({ protocol: 'openai', chunks }), sliced, {
      size: 80_000,
      name: 'slices',
    });
  });

  it('tells what was passed over', () => {
    const odd = JSON.stringify({ choices: [{ delta: { content: 5, tool_calls: [null] } }] });
    const frames = [chunk('a'), '{"choices":[', ': keep-alive', odd, '[DONE]'];
    const decoded = decode('openai', frames.map((frame) => `data: ${frame}\n\n`).join(''));
    assert.deepEqual(
      decoded.events.map(({ line, skipped }) => [line, skipped]),
      [
        [1, undefined],
        [3, []],
        [5, []],
        [7, ['content', 'tool_calls']],
        [9, undefined],
      ],
    );
    assert.deepEqual([textOf(decoded), decoded.failure], ['a', undefined]);
  });

  it('names the line of an error', () => {
    const { failure, events } = decode('openai', `data: ${chunk('a')}\n\ndata: {"error":"gone"}\n\n`);
    assert.deepEqual([failure?.line, failure?.error.message, events.length], [3, 'gone', 2]);
  });

  it('reads lines of JSON, with CRLF or without', () => {
    for (const end of ['\n', '\r\n']) {
      const decoded = decode('openai', [chunk('a'), chunk('b')].join(end));
      assert.equal(textOf(decoded), 'ab');
      assert.deepEqual(
        decoded.events.map(({ line }) => line),
        [1, 2],
      );
    }
  });

  it('says that a web page or a plain text is no answer', () => {
    assert.equal(decode('openai', '<html>').failure?.line, 1);
    assert.equal(decode('openai', 'once upon a time').failure?.line, 1);
    assert.equal(decode('openai', '').failure, undefined);
  });
});
