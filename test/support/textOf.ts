/** The text of a turn's answer, where there is a turn. */

import type { Turn } from '../../src/chat/common/conversation.ts';
import { answerText } from '../../src/llm/answerParts.ts';

export function textOf(turn: Pick<Turn, 'answer'> | undefined): string | undefined {
  return turn && answerText(turn.answer);
}
