// Prints what another process appends to a file.
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';

export interface FollowedFile {
  /** Whether anything has come yet. */
  hasText(): boolean;
  /** Prints the rest and lets go of the file. */
  stop(): void;
}

/** Empties or makes the file, then copies to stdout all that comes. The caller stops it. */
export function followFile(file: string): FollowedFile {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r');
  let seen = 0;
  const copy = () => {
    const size = fstatSync(descriptor).size;
    if (size <= seen) return;
    const chunk = Buffer.alloc(size - seen);
    seen += readSync(descriptor, chunk, 0, chunk.length, seen);
    process.stdout.write(chunk);
  };
  const timer = setInterval(copy, 100);
  return {
    hasText: () => seen > 0,
    stop() {
      clearInterval(timer);
      copy();
      closeSync(descriptor);
    },
  };
}
