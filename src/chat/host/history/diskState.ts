/** Tracks whether writing to the disk fails and why, and retries until it works. */

import { errorCode } from '../../../base/host/files.ts';

/** `full`: no room. `denied`: read-only, or not ours to write. */
export interface DiskTrouble {
  kind: 'full' | 'denied' | 'other';
  /** The system's error message. */
  message: string;
}

export interface DiskState {
  readonly trouble: DiskTrouble | undefined;
  /** Call after a failure. `retry` is called after `retryMs`. */
  failed(error: unknown): void;
  /** Call after a write. `left`: whether more is waiting. */
  written(left: boolean): void;
  dispose(): void;
}

const kinds: Record<string, DiskTrouble['kind']> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EROFS: 'denied',
  EPERM: 'denied',
};

export function createDiskState(options: {
  retry(): void;
  /** `undefined`: the trouble is over. */
  onChange(trouble: DiskTrouble | undefined): void;
  retryMs: number;
}): DiskState {
  let trouble: DiskTrouble | undefined;
  let timer: NodeJS.Timeout | undefined;

  const set = (next: DiskTrouble | undefined): void => {
    if (next?.kind === trouble?.kind && next?.message === trouble?.message) return;
    trouble = next;
    options.onChange(next);
  };
  const stopTimer = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    get trouble() {
      return trouble;
    },
    failed(error) {
      set(toTrouble(error));
      timer ??= setTimeout(() => {
        timer = undefined;
        options.retry();
      }, options.retryMs).unref();
    },
    written(left) {
      if (left) return;
      stopTimer();
      set(undefined);
    },
    dispose: stopTimer,
  };
}

function toTrouble(error: unknown): DiskTrouble {
  const message = error instanceof Error ? error.message : String(error);
  return { kind: kinds[errorCode(error)] ?? 'other', message };
}
