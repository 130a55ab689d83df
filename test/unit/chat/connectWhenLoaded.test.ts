import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { connectWhenLoaded } from '../../../src/chat/host/connectWhenLoaded.ts';

describe('a webview that needs the app', () => {
  it('connects with the next try after the app could not be loaded, and once', async () => {
    let tries = 0;
    const calls: unknown[] = [];
    const { connect, connectWaiting } = connectWhenLoaded(
      async () => {
        tries += 1;
        if (tries <= 3) throw new Error(`failure ${tries}`);
        return 'app';
      },
      async (error) => void calls.push(String(error)),
    );
    const view = { isDisposed: false };
    const closed = { isDisposed: false };
    await connect(view, (app) => calls.push(['view', app]));
    await connect(closed, (app) => calls.push(['closed', app]));
    assert.deepEqual(calls, ['Error: failure 1', 'Error: failure 2']);
    closed.isDisposed = true;
    connectWaiting();
    await setImmediate();
    assert.deepEqual(calls.slice(2), ['Error: failure 3']);
    for (const _ of [1, 2]) {
      connectWaiting();
      await setImmediate();
    }
    assert.deepEqual(calls.slice(3), [['view', 'app']]);
  });

  it('is not connected twice if connecting fails', async () => {
    const calls: string[] = [];
    const { connect, connectWaiting } = connectWhenLoaded(
      async () => 'app',
      async (error) => void calls.push(String(error)),
    );
    await connect({ isDisposed: false }, () => Promise.reject(new Error('No page.')));
    connectWaiting();
    await setImmediate();
    assert.deepEqual(calls, ['Error: No page.']);
  });
});
