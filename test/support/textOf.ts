/** The text of a turn's answer, where there is a turn. */

import { answerText } from '../../src/chat/common/answerParts.ts';
import type { Turn } from '../../src/chat/common/conversation.ts';

export function textOf(turn: Pick<Turn, 'answer'> | undefined): string | undefined {
  return turn && answerText(turn.answer);
}
