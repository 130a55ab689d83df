import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StreamPart } from '../../../src/llm/chatModel.ts';
import { protocolIds } from '../../../src/providers/common/protocols.ts';
import { createDashScopeDecoder } from '../../../src/providers/dashscope/dashscopeDecoder.ts';
import { decodeBody } from '../../../src/providers/decodeBody.ts';
import { createOpenAIDecoder } from '../../../src/providers/openai/openaiDecoder.ts';
import type { AnswerDecoder } from '../../../src/providers/protocolAdapter.ts';
import { hostileBody } from '../../support/hostileFrames.ts';
import { readBytes } from '../../support/readAnswer.ts';

/** What every reader may rely on, whatever a server wrote. */
function checkParts(parts: readonly StreamPart[]): void {
  for (const [index, part] of parts.entries()) {
    if (part.type === 'finish') {
      assert.equal(index, parts.length - 1, 'nothing follows the finish');
      for (const count of Object.values(part.usage ?? {}))
        assert.ok(Number.isSafeInteger(count) && count >= 0 && count <= 2e8, `a count of ${count}`);
      const {
        inputTokens = 0,
        outputTokens = 0,
        cachedInputTokens = 0,
        reasoningTokens = 0,
      } = part.usage ?? {};
      assert.ok(inputTokens <= 1e8 && outputTokens <= 1e8);
      assert.ok(cachedInputTokens <= inputTokens && reasoningTokens <= outputTokens);
    } else if (part.type === 'tool-call') {
      assert.deepEqual([typeof part.id, typeof part.name, typeof part.arguments], Array(3).fill('string'));
    } else {
      assert.equal(typeof part.text, 'string');
    }
  }
}

/** The bytes cut at some of the places. */
function cut(body: string, at: readonly number[]): Buffer[] {
  const bytes = Buffer.from(body);
  const places = [...new Set(at.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}

describe('Hostile JSON', () => {
  it('reads no choice but the first', () => {
    const fail = (): never => assert.fail('it is touched');
    const untouchable = new Proxy({}, { get: fail, has: fail, ownKeys: fail });
    const texts: string[] = [];
    const emit = (part: StreamPart): void => {
      if (part.type === 'text-delta') texts.push(part.text);
    };
    const read = (decoder: AnswerDecoder, value: unknown): void =>
      decoder.readEvent({ name: undefined, data: '{…}', status: undefined, value });
    read(createOpenAIDecoder({ emit }), { choices: [{ delta: { content: 'a' } }, untouchable] });
    const choices = [{ message: { content: 'b' }, finish_reason: 'null' }, untouchable];
    read(createDashScopeDecoder({ incremental: true, emit }), { request_id: '1', output: { choices } });
    assert.deepEqual(texts, ['a', 'b']);
  });

  for (const protocol of protocolIds) {
    it(`${protocol}: any value in any member, cut anywhere: one finish or one ChatError`, async () => {
      await fc.assert(
        fc.asyncProperty(hostileBody(protocol), fc.array(fc.nat(), { maxLength: 6 }), async (body, at) => {
          // Throws what is no `ChatError`.
          const { parts, error } = await readBytes(protocol, cut(body, at));
          checkParts(parts);
          assert.notEqual(parts.at(-1)?.type === 'finish', error !== undefined);
          assert.notEqual(error?.kind, 'network');
        }),
        { numRuns: 400 },
      );
    });

    it(`${protocol}: a recording of it is decoded to the same parts, however it was cut`, async () => {
      await fc.assert(
        fc.property(hostileBody(protocol), fc.array(fc.nat(), { maxLength: 6 }), (body, at) => {
          const decode = (texts: readonly string[]) =>
            decodeBody({ protocol, incremental: true, chunks: texts.map((text) => ({ atMs: 0, text })) });
          const whole = decode([body]);
          checkParts(whole.parts.map(({ part }) => part));
          const places = [...new Set(at.map((place) => place % (body.length + 1)))].sort((a, b) => a - b);
          const pieces = [0, ...places].map((start, index) => body.slice(start, places[index]));
          assert.deepEqual(decode(pieces), whole);
        }),
        { numRuns: 200 },
      );
    });
  }
});
