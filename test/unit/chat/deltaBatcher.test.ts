import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createDeltaBatcher, type Delta } from '../../../src/chat/host/deltaBatcher.ts';

describe('the delta batcher', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('sends the first part at once, and then never two messages within a frame', () => {
    const sent: string[] = [];
    const batcher = createDeltaBatcher(({ text }) => sent.push(text));
    for (let part = 0; part < 64; part++) {
      batcher.push({ type: 'text-delta', text: 'x' });
      if (part === 0) assert.deepEqual(sent, ['x']);
      mock.timers.tick(1);
    }
    // 64 ms are four frames.
    assert.equal(sent.length, 5);
    assert.equal(sent.join('').length, 64);
  });

  it('is quick again after a pause', () => {
    const sent: string[] = [];
    const batcher = createDeltaBatcher(({ text }) => sent.push(text));
    batcher.push({ type: 'text-delta', text: 'a' });
    mock.timers.tick(100);
    batcher.push({ type: 'text-delta', text: 'b' });
    assert.deepEqual(sent, ['a', 'b']);
  });

  it('sends the rest when it is flushed, once', () => {
    const sent: Delta[] = [];
    const batcher = createDeltaBatcher((delta) => sent.push(delta));
    batcher.push({ type: 'text-delta', text: 'a' });
    batcher.push({ type: 'reasoning-delta', text: 'r' });
    batcher.push({ type: 'text-replace', text: 'b' });
    batcher.flush();
    mock.timers.tick(100);
    assert.deepEqual(sent.slice(1), [{ text: 'b', reasoning: 'r', replaced: true }]);
  });
});
