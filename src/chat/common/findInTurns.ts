/** Finds a text in the turns of a conversation: in questions, answers and reasoning, whatever the case of its letters. */

import { answerReasoning, answerText } from '../../llm/answerParts.ts';
import type { Turn } from './conversation.ts';

/** The turns that hold `query`, in their order, with the number of places in each; none for an empty query. */
export function findInTurns(turns: readonly Turn[], query: string): { turnId: string; count: number }[] {
  const wanted = query.toLowerCase();
  if (wanted === '') return [];
  return turns
    .map(({ id, question, answer }) => ({
      turnId: id,
      count: [question, answerReasoning(answer), answerText(answer)].reduce(
        (sum, text) => sum + countIn(text, wanted),
        0,
      ),
    }))
    .filter(({ count }) => count > 0);
}

function countIn(text: string, wanted: string): number {
  const lower = text.toLowerCase();
  let count = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) count++;
  return count;
}
