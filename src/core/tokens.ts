/** Estimates how many tokens a text takes, without a tokenizer. */

/** Han, kana, hangul and full-width forms: about 0.7 tokens each with the vocabularies of Qwen, Yi and Baichuan. */
const wide = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/g;

/** Leans to the high side, so that a trimmed conversation still fits. */
export function estimateTokens(text: string): number {
  const wideCount = text.match(wide)?.length ?? 0;
  return Math.ceil(wideCount * 0.7 + (text.length - wideCount) / 3.5);
}
