import assert from 'node:assert/strict';
import type { StreamPart, Usage } from '../../../src/llm/chatModel.ts';
import type { Cost } from '../../../src/llm/pricing.ts';
import { describeModel } from '../../../src/providers/describeModel.ts';
import type { ReplayModel } from '../../../src/providers/rawRequest.ts';
import { meterModel } from '../../../src/usage/host/meteredModel.ts';

const usage: Usage = { inputTokens: 2, outputTokens: 3, totalTokens: 5 };
const cost: Cost = { currency: 'CNY', nanos: 9 };
const text: StreamPart = { type: 'text-delta', text: 'a' };
const finish: StreamPart = { type: 'finish', reason: 'stop', usage };

function metered(parts: () => AsyncGenerator<StreamPart>) {
  const records: unknown[] = [];
  const model: ReplayModel = { info: describeModel('dashscope', 'qwen-plus'), stream: parts, replay: parts };
  const result = meterModel(model, {
    costOf: (counted) => (counted ? cost : undefined),
    record: (...entry) => records.push(entry),
  });
  return { records, stream: () => result.stream({ messages: [] }, new AbortController().signal) };
}

async function read(stream: AsyncIterable<StreamPart>, count = Infinity): Promise<StreamPart[]> {
  const parts: StreamPart[] = [];
  for await (const part of stream) {
    parts.push(part);
    if (parts.length >= count) break;
  }
  return parts;
}

describe('a metered model', () => {
  it('records each answer once, with what it cost, and says so in its finish', async () => {
    const { records, stream } = metered(async function* () {
      yield text;
      yield finish;
    });
    assert.deepEqual(await read(stream()), [text, { ...finish, cost }]);
    assert.deepEqual(records, [[usage, cost]]);
    await read(stream(), 2);
    assert.equal(records.length, 2);
  });

  it('records an answer that was stopped as one without counts, and lets go of the stream', async () => {
    let left = false;
    const { records, stream } = metered(async function* () {
      try {
        yield text;
        yield finish;
      } finally {
        left = true;
      }
    });
    await read(stream(), 1);
    assert.ok(left);
    assert.deepEqual(records, [[undefined, undefined]]);
  });

  it('records one that broke off, but none that was refused', async () => {
    const broken = metered(async function* () {
      yield text;
      throw new Error('gone');
    });
    await assert.rejects(read(broken.stream()), /gone/);
    assert.equal(broken.records.length, 1);
    // biome-ignore lint/correctness/useYield: it fails before it could
    const refused = metered(async function* () {
      throw new Error('429');
    });
    await assert.rejects(read(refused.stream()), /429/);
    assert.deepEqual(refused.records, []);
  });
});
