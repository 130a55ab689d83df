/** The addresses that a drag carries, whichever way its source wrote them. */

/** Formats in which VS Code and others name files, best first. */
const formats = ['application/vnd.code.uri-list', 'text/uri-list', 'ResourceURLs'] as const;

/** What a page in a browser drags, and nothing that could be read as a file. */
const notFiles = /^(https?|ftp|mailto|data|blob|javascript|about|command):/i;

/** Whether a drag has files in it, as far as that can be told before it is dropped. */
export function hasFiles(types: readonly string[]): boolean {
  return (
    types.includes('Files') ||
    formats.some((format) => types.includes(format.toLowerCase()) || types.includes(format))
  );
}

/** Each address once, in order. `read` gives what there is of a format, or an empty text. */
export function readUris(read: (format: string) => string): string[] {
  for (const format of formats) {
    const found = (format === 'ResourceURLs' ? fromJson(read(format)) : fromLines(read(format))).filter(
      (uri) => /^[a-z][a-z\d+.-]*:/i.test(uri) && !notFiles.test(uri),
    );
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

/** RFC 2483: one in each line; lines that begin with `#` are comments. */
function fromLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function fromJson(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}
