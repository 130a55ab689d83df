/** Counts of tokens that only some platforms give. */

import type { Usage } from '../core/chatModel.ts';

/** The member alone, or nothing where the platform gave no count. */
export function countIn(
  name: 'cachedInputTokens' | 'reasoningTokens',
  count: number | null | undefined,
): Partial<Usage> {
  return count == null ? {} : { [name]: count };
}
