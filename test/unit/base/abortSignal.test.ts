import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { toAbortSignal } from '../../../src/base/host/abortSignal.ts';

describe('toAbortSignal', () => {
  it('aborts when the token is cancelled, and not before', () => {
    let cancel = (): void => {};
    const signal = toAbortSignal({
      isCancellationRequested: false,
      onCancellationRequested(listener) {
        cancel = () => listener(undefined);
        return { dispose() {} };
      },
    } satisfies vscode.CancellationToken);
    assert.equal(signal.aborted, false);
    cancel();
    assert.equal(signal.aborted, true);
  });

  it('is aborted from the start for a token that was cancelled before', () => {
    const signal = toAbortSignal({
      isCancellationRequested: true,
      onCancellationRequested: () => ({ dispose() {} }),
    } satisfies vscode.CancellationToken);
    assert.equal(signal.aborted, true);
  });
});
