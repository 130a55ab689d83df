/** Normalises line endings and NUL as CommonMark requires, for any chunking. */

export interface NewlineNormalizer {
  push(text: string): string;
  /** What was held back because more could have followed. */
  flush(): string;
}

/** A carriage return at the end of a chunk waits: the line feed that belongs to it may come next. */
export function createNewlineNormalizer(): NewlineNormalizer {
  let held = '';
  return {
    push(text) {
      let all = held + text;
      held = all.endsWith('\r') ? '\r' : '';
      if (held) all = all.slice(0, -1);
      if (all.includes('\r')) all = all.replaceAll(/\r\n?/g, '\n');
      return all.includes('\0') ? all.replaceAll('\0', '\uFFFD') : all;
    },
    flush() {
      const rest = held ? '\n' : '';
      held = '';
      return rest;
    },
  };
}
