import assert from 'node:assert/strict';
import { createShowRequest } from '../../../src/chat/host/showRequest.ts';

describe('what a command wants to be seen', () => {
  it('is given once, to the first page that loads', () => {
    const request = createShowRequest();
    request.keep({ type: 'composer-focus' });
    request.keep({ type: 'history-show' });
    request.keep({ type: 'history-list', query: '', entries: [] });
    assert.deepEqual(request.take(), { type: 'history-show' });
    assert.equal(request.take(), undefined);
  });

  it('is forgotten when the user goes on, or after a while', () => {
    let time = 0;
    const request = createShowRequest(() => time);
    request.keep({ type: 'find-show' });
    request.drop();
    assert.equal(request.take(), undefined);
    request.keep({ type: 'find-show' });
    time = 60_000;
    assert.equal(request.take(), undefined);
  });
});
