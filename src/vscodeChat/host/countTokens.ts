/** Estimates token counts for VS Code's chat locally. */

import { estimateImageTokens, estimateTokens } from '../../llm/tokens.ts';
import { type MessagePart, readPart } from './messageParts.ts';

/** Tokens of a message's role. */
const perMessage = 4;
/** Size of the cache: about the number of texts that one agent request counts; most recur in the next one. */
const keptTexts = 5000;
/** The longest cached text, in UTF-16 units; longer ones seldom recur. */
const keptLength = 4096;

/** Counts a text or a message. The cache holds about 20 MB at most. */
export function createTokenCounter(): (text: string | { content: readonly unknown[] }) => number {
  const known = new Map<string, number>();
  const count = (text: string): number => {
    if (text.length > keptLength) return estimateTokens(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= keptTexts) known.clear();
    const tokens = estimateTokens(text);
    known.set(text, tokens);
    return tokens;
  };
  const countPart = (part: MessagePart): number => {
    switch (part.type) {
      case 'text':
        return count(part.text);
      case 'tool-call':
        return count(part.name) + count(JSON.stringify(part.input));
      case 'tool-result':
        return part.parts.reduce((sum, inner) => sum + countPart(inner), 0);
      case 'image':
        return estimateImageTokens({});
      case 'thinking':
      case 'other':
        return 0;
    }
  };
  return (text) =>
    typeof text === 'string'
      ? count(text)
      : text.content.reduce<number>((sum, part) => sum + countPart(readPart(part)), perMessage);
}
