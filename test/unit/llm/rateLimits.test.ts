import assert from 'node:assert/strict';
import { readRateLimits } from '../../../src/llm/rateLimits.ts';

describe('rate limits in headers', () => {
  it('are read where they are counts', () => {
    const headers = new Map([
      ['x-ratelimit-limit-requests', '300'],
      ['x-ratelimit-remaining-requests', ' 0 '],
      ['x-ratelimit-remaining-tokens', 'many'],
    ]);
    assert.deepEqual(readRateLimits(headers), { limitRequests: 300, remainingRequests: 0 });
  });

  it('are none where no header holds one', () => {
    assert.equal(readRateLimits(new Map([['x-ratelimit-reset-requests', '1s']])), undefined);
  });
});
