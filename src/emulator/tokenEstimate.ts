/** Estimates token counts for limits and usage of scripted answers. */

/** Han characters and other wide signs count one token each, everything else a quarter. */
export function estimateTokens(text: string): number {
  const narrow = text.replace(wideCharacter, '').length;
  const wide = text.match(wideCharacter)?.length ?? 0;
  return wide + Math.ceil(narrow / 4);
}

const wideCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]|[\u{10000}-\u{10ffff}]/gu;
