import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createServerEventReader } from '../../../src/providers/sse/serverEvents.ts';
import { SliceBuffer } from '../../../src/providers/sse/sliceBuffer.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that are still held when a million slices of three characters have come. */
function heldBytes(feed: (slice: string) => void): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < 1_000_000; index++) feed(String(100 + (index % 900)));
  collectGarbage();
  return process.memoryUsage().heapUsed - before;
}

describe('a text in tiny slices', () => {
  it('is whole, and takes little more than its characters', () => {
    const buffer = new SliceBuffer();
    const held = heldBytes((slice) => buffer.add(slice));
    assert.ok(held < 6e6, `${held} bytes`);
    assert.equal(buffer.length, 3_000_000);
    const text = buffer.take();
    assert.deepEqual([text.length, text.slice(0, 6), text.slice(-3)], [3_000_000, '100101', '199']);
    assert.deepEqual([buffer.length, buffer.take()], [0, '']);
  });

  it('takes no more as a line of an event stream, or as its lines', () => {
    let length = 0;
    const reader = createServerEventReader({
      maxEventLength: 2 ** 23,
      onEvent: ({ data }) => {
        length = data.length;
      },
      onTooLarge: () => assert.fail(),
    });
    reader.feed('data:');
    const held = heldBytes(reader.feed);
    assert.ok(held < 6e6, `${held} bytes`);
    reader.end();
    assert.equal(length, 3_000_000);
  });

  it('is no event of more lines than are read', () => {
    let refused = 0;
    const reader = createServerEventReader({
      maxEventLength: 2 ** 23,
      onEvent: () => assert.fail(),
      onTooLarge: () => {
        refused++;
      },
    });
    for (let line = 0; line <= 100_000; line++) reader.feed('data:\n');
    assert.equal(refused, 1);
  });
});
