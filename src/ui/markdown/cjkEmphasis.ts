/** Lets `**重点：**后面` be bold: CommonMark's flanking rules expect spaces between words, Chinese has none. */

import type { MarkdownIt } from 'markdown-it';

/**
 * Beside a Chinese, Japanese or Korean character punctuation may stand inside the marks, and their own
 * punctuation counts as a letter. Text without such characters is read exactly as CommonMark says.
 * After https://github.com/tats-u/markdown-cjk-friendly (its specification).
 */
export function useCjkEmphasis(markdown: MarkdownIt): void {
  const { isMdAsciiPunct, isPunctCharCode, isWhiteSpace } = markdown.utils;
  const isPunctuation = (code: number) => isMdAsciiPunct(code) || isPunctCharCode(code);

  markdown.inline.State = class extends markdown.inline.State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const scanned = super.scanDelims(start, canSplitWord);
      const before = codeBefore(this.src, start);
      const end = start + scanned.length;
      const after = (end < this.posMax ? this.src.codePointAt(end) : undefined) ?? 0x20;
      if (!isCjk(before) && !isCjk(after)) return scanned;

      const beforeStops = isPunctuation(before) && !isCjk(before);
      const afterStops = isPunctuation(after) && !isCjk(after);
      const opens =
        !isWhiteSpace(after) &&
        (!afterStops || isWhiteSpace(before) || isPunctuation(before) || isCjk(before));
      const closes =
        !isWhiteSpace(before) &&
        (!beforeStops || isWhiteSpace(after) || isPunctuation(after) || isCjk(after));
      return {
        can_open: opens && (canSplitWord || !closes || isPunctuation(before)),
        can_close: closes && (canSplitWord || !opens || isPunctuation(after)),
        length: scanned.length,
      };
    }
  };
}

function codeBefore(text: string, index: number): number {
  if (index === 0) return 0x20;
  const low = text.charCodeAt(index - 1);
  return (low & 0xfc00) === 0xdc00 && index > 1 ? (text.codePointAt(index - 2) ?? low) : low;
}

function isCjk(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x11ff) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7ff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff00 && code <= 0xffef) ||
    (code >= 0x20000 && code <= 0x3ffff)
  );
}
