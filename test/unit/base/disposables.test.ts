import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { DisposableStore, withDisposables } from '../../../src/base/host/disposables.ts';

describe('a store of disposables', () => {
  let ended: string[];
  const item = (name: string) => ({ name, dispose: (): void => void ended.push(name) });
  const slow = (name: string) => ({
    async dispose() {
      ended.push(`${name} begins`);
      await setImmediate();
      ended.push(`${name} ends`);
    },
  });
  const failing = (message: string) => ({
    dispose() {
      throw new Error(message);
    },
  });
  beforeEach(() => {
    ended = [];
  });

  it('gives back what is added, and ends the newest first', async () => {
    const store = new DisposableStore();
    assert.equal(store.add(item('one')).name, 'one');
    store.add(item('two'));
    store.add({});
    await store.dispose();
    assert.deepEqual(ended, ['two', 'one']);
  });

  it('waits for each before the next one', async () => {
    const store = new DisposableStore();
    store.add(item('one'));
    store.add(slow('two'));
    store.add(slow('three'));
    await store.dispose();
    assert.deepEqual(ended, ['three begins', 'three ends', 'two begins', 'two ends', 'one']);
  });

  it('ends the others though one fails, and tells of all failures', async () => {
    const store = new DisposableStore();
    store.add(item('one'));
    store.add(failing('No.'));
    store.add(item('two'));
    await assert.rejects(store.dispose(), /^Error: No\.$/);
    assert.deepEqual(ended, ['two', 'one']);
    store.add(failing('No.'));
    store.add({ dispose: () => Promise.reject(new Error('Never.')) });
    await assert.rejects(store.dispose(), (error) => {
      assert.ok(error instanceof AggregateError);
      assert.deepEqual(
        error.errors.map(({ message }) => message),
        ['Never.', 'No.'],
      );
      return true;
    });
  });

  it('ends nothing twice', async () => {
    const store = new DisposableStore();
    store.add(item('one'));
    await Promise.all([store.dispose(), store.dispose()]);
    await store.dispose();
    assert.deepEqual(ended, ['one']);
  });

  it('ends what was created when a later one cannot be', async () => {
    const created = withDisposables(async (store) => {
      store.add(item('one'));
      store.add(failing('not this either'));
      store.add(slow('two'));
      throw new Error('no third');
    });
    await assert.rejects(created, { message: 'no third' });
    assert.deepEqual(ended, ['two begins', 'two ends', 'one']);
  });

  it('leaves what was created to the caller when all goes well', async () => {
    const store = await withDisposables(async (created) => {
      created.add(item('one'));
      return created;
    });
    assert.deepEqual(ended, []);
    await store.dispose();
    assert.deepEqual(ended, ['one']);
  });
});
