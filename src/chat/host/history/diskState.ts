/** Whether the disk takes what is written, and if not, why; tries again until it does. */

import { errorCode } from '../../../base/host/files.ts';

/** `full`: no room. `denied`: read-only, or not ours to write. */
export interface DiskTrouble {
  kind: 'full' | 'denied' | 'other';
  /** The system's own words. */
  message: string;
}

export interface DiskState {
  readonly trouble: DiskTrouble | undefined;
  /** Until everything is written, `retry` is called now and then. */
  failed(error: unknown): void;
  /** Something was written; `left`: whether there is more that waits. */
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
  /** `trouble` is another one, or over. */
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
