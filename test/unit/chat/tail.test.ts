import assert from 'node:assert/strict';
import { diskFiles, type HistoryFiles } from '../../../src/base/host/files.ts';
import { createTail } from '../../../src/chat/host/history/tail.ts';

describe('the tail of a history file', () => {
  it('does not lose its place when the file is read as a whole while it reads', async () => {
    const line = (title: string): string => `${JSON.stringify({ type: 'listing', title })}\n`;
    let content = Buffer.from(line('one'));
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const files: HistoryFiles = {
      ...diskFiles,
      facts: async () => ({ size: content.length, mtimeMs: 0 }),
      read: async (_file, from = 0) => {
        const bytes = content.subarray(from);
        await held;
        return bytes;
      },
    };
    const tail = createTail('file', files);
    const reading = tail.read();
    await new Promise((resolve) => setImmediate(resolve));
    tail.skipTo(content.length);
    release();
    assert.deepEqual(await reading, []);
    content = Buffer.concat([content, Buffer.from(line('two'))]);
    assert.deepEqual(await tail.read(), [{ type: 'listing', title: 'two' }]);
  });
});
