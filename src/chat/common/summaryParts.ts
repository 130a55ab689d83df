/** Divides turns into parts that fit into one request for a summary. */

import { answerText, textParts } from '../../llm/answerParts.ts';
import type { Size } from '../../llm/budget.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';
import type { Turn } from './conversation.ts';
import { measureTurn } from './prompt.ts';

/** As many of the oldest turns as fit; the first one is cut when it is too large. Empty only without turns. */
export function nextPart(turns: readonly Turn[], room: Size, info: ModelInfo): Turn[] {
  const left = { ...room };
  const part: Turn[] = [];
  for (const turn of turns) {
    const { tokens, characters } = measureTurn(turn, info);
    if (tokens > left.tokens || characters > left.characters) break;
    part.push(turn);
    left.tokens -= tokens;
    left.characters -= characters;
  }
  const [first] = turns;
  return part.length === 0 && first ? [cutTurn(first, room, info)] : part;
}

/** Cuts the middle out of long texts until the turn fits. Replaces images by their names and leaves out tools. */
function cutTurn(turn: Turn, room: Size, info: ModelInfo): Turn {
  const answer = answerText(turn.answer);
  const texts = [turn.prompt ?? turn.question, answer, ...turn.attachments.map(({ text }) => text)];
  let cut = turn;
  for (let most = Math.max(...texts.map(({ length }) => length)); most > 1; most *= 0.7) {
    const { tokens, characters } = measureTurn(cut, info);
    if (tokens <= room.tokens && characters <= room.characters) break;
    const length = Math.floor(most);
    cut = {
      ...turn,
      question: cutMiddle(turn.question, length),
      prompt: turn.prompt === undefined ? undefined : cutMiddle(turn.prompt, length),
      // The frames of very many attachments are too large even without their texts.
      attachments: turn.attachments
        .slice(0, length)
        .map(({ image: _, ...attachment }) => ({ ...attachment, text: cutMiddle(attachment.text, length) })),
      answer: { ...turn.answer, parts: textParts(cutMiddle(answer, length)) },
    };
  }
  return cut;
}

function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.ceil(length / 2);
  // Do not split a surrogate pair.
  const start = text.slice(0, half).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-half).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}\n[…]\n${end}`;
}
