/** Counts the tokens of what VS Code's chat wants to send, on this machine and at once. */

import { estimateImageTokens, estimateTokens } from '../../llm/tokens.ts';
import { type MessagePart, readPart } from './messageParts.ts';

/** Tokens that go to a message's role. */
const perMessage = 4;
/** Pieces of a prompt are counted again with each request: about as many as one agent request counts. */
const keptTexts = 5000;
/** Longer texts, in UTF-16 units, are seldom the same twice. */
const keptLength = 4096;

/** For a text or one message. The counter keeps what it has counted, some 20 MB at most. */
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
