import assert from 'node:assert/strict';
import { createPace } from '../../../src/base/common/pace.ts';

describe('a pace', () => {
  it('leaves nine tenths of the time to others, however long the work takes', () => {
    let clock = 0;
    const pace = createPace(80, () => clock);
    assert.equal(pace.waitMs, 80);
    let worked = 0;
    for (let took = 1; clock < 100_000; took *= 1.1) {
      pace.run(() => {
        clock += took;
        worked += took;
      });
      assert.ok(pace.waitMs >= 80);
      clock += pace.waitMs;
    }
    assert.ok(worked <= clock / 10, `${worked} of ${clock} ms`);
  });

  it('is the shortest again when the work is short again', () => {
    let clock = 0;
    const pace = createPace(80, () => clock);
    pace.run(() => {
      clock += 500;
    });
    assert.equal(pace.waitMs, 4500);
    pace.run(() => {});
    assert.equal(pace.waitMs, 80);
  });
});
