import assert from 'node:assert/strict';
import { createAnswerMeter } from '../../../src/providers/http/answerMeter.ts';

/** Events without content that come evenly, as from a model whose reasoning is not sent. */
function codeAfter(events: number, minutes: number): string | undefined {
  let now = 0;
  const meter = createAnswerMeter('openai', {}, () => now);
  for (let index = 0; index < events && !meter.failure; index++) {
    now += (minutes * 60_000) / events;
    meter.arrive(300);
    meter.finishEvent(290, { calls: 0, units: 0 });
  }
  return meter.failure?.code;
}

describe('the meter of an answer', () => {
  it('lets pass what comes slowly, and ends a flood', () => {
    assert.equal(codeAfter(100_000, 0.1), 'keep-alive-length');
    assert.equal(codeAfter(50_000, 10), undefined);
    assert.equal(codeAfter(100_000, 20), undefined);
  });

  it('looks at the clock once for many small packets, and ends at the limit nevertheless', () => {
    let looks = 0;
    const meter = createAnswerMeter('openai', { keepAliveCharacters: 10_000 }, () => looks++ * 0);
    for (let index = 0; index < 10_000; index++) meter.arrive(1);
    assert.ok(looks <= 5, `${looks} times`);
    const before = meter.failure?.code;
    assert.equal(before, undefined);
    meter.arrive(1);
    assert.equal(meter.failure?.code, 'keep-alive-length');
  });
});
