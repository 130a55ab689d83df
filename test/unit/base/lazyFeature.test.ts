import assert from 'node:assert/strict';
import { CancellationError } from 'vscode';
import { lazily, lazyFeature } from '../../../src/base/host/lazyFeature.ts';

describe('a feature that is created when it is needed', () => {
  it('has its commands at once, and is created once, with the first of them', async () => {
    const calls: unknown[] = [];
    const feature = lazyFeature('compare', async () => {
      calls.push('created');
      return {
        commands: {
          'qiao.compare': async (...args: unknown[]) => void calls.push(['compare', ...args]),
          'qiao.compareQuestions': async () => void calls.push('questions'),
          'qiao.openComparison': async () => Promise.reject(new Error('No comparison.')),
        },
        dispose: () => void calls.push('disposed'),
      };
    });
    assert.deepEqual(Object.keys(feature.commands), [
      'qiao.compare',
      'qiao.compareQuestions',
      'qiao.openComparison',
    ]);
    assert.deepEqual(calls, []);
    await Promise.all([
      feature.commands['qiao.compare']('turn', 2),
      feature.commands['qiao.compareQuestions'](),
    ]);
    assert.deepEqual(calls, ['created', ['compare', 'turn', 2], 'questions']);
    await assert.rejects(feature.commands['qiao.openComparison'](), /No comparison/);
    await feature.dispose();
    assert.equal(calls.at(-1), 'disposed');
  });

  it('is not created to be disposed', async () => {
    await lazily(() => assert.fail('created')).dispose();
  });

  it('is tried again after a failure', async () => {
    let tries = 0;
    const value = lazily(async () => {
      tries += 1;
      if (tries === 1) throw new Error('The file is gone.');
      return { tries };
    });
    await assert.rejects(value.load(), /gone/);
    assert.deepEqual(await value.load(), { tries: 2 });
  });

  it('that could not be created is disposed without an error', async () => {
    const value = lazily<object>(async () => Promise.reject(new Error('The file is gone.')));
    const loading = value.load();
    const disposed = value.dispose();
    await assert.rejects(loading, /gone/);
    await disposed;
  });

  it('is created once again by two callers who try again at once', async () => {
    let tries = 0;
    const value = lazily(async () => {
      tries += 1;
      if (tries === 1) throw new Error('The file is gone.');
      return {};
    });
    const [first, second] = await Promise.all([0, 1].map(() => value.load().catch(() => value.load())));
    assert.equal(tries, 2);
    assert.equal(first, second);
  });

  it('is disposed when it comes if that is after the end, which does not wait for it', async () => {
    const calls: string[] = [];
    let resolve = (): void => {};
    const value = lazily(async () => {
      await new Promise<void>((resolved) => {
        resolve = resolved;
      });
      return { dispose: () => void calls.push('disposed') };
    });
    const loading = value.load();
    await value.dispose();
    assert.deepEqual(calls, []);
    await assert.rejects(value.load(), CancellationError);
    resolve();
    await assert.rejects(loading, CancellationError);
    await value.dispose();
    assert.deepEqual(calls, ['disposed']);
  });
});
