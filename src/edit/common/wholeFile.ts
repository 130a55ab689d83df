/** Guesses whether code is a whole file or a part of it; the user reviews the diff in both cases. */

/** Whether the code contains most lines of the document, or the document is empty. */
export function looksLikeWholeFile(code: string, document: string): boolean {
  const lines = writtenLines(document);
  if (lines.length === 0) return true;
  if (leavesOut(code)) return false;
  const inCode = new Set(writtenLines(code));
  const kept = lines.filter((line) => inCode.has(line)).length;
  return kept / lines.length >= 0.6;
}

/** Whether the code is unlikely to replace the whole document. */
export function looksLikePiece(code: string, document: string): boolean {
  if (leavesOut(code)) return true;
  const lines = writtenLines(document).length;
  return lines >= 20 && writtenLines(code).length < lines / 4;
}

/** Whether the code has placeholders such as `// ... existing code ...`. */
export function leavesOut(code: string): boolean {
  return /^[^\S\r\n\u2028\u2029]*(?:\/\/|#|--|\/\*|<!--|;|%)[^\S\r\n]*(?:\.{3}|…|(?:其余|其他|其它|原有|省略|保持)[^\n]{0,20}(?:代码|不变|内容|逻辑))/m.test(
    code,
  );
}

function writtenLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
