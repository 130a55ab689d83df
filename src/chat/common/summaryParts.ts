/** Divides turns into parts that a request for a summary can take, so that none is counted as summarised but left out. */

import { answerText, textParts } from '../../llm/answerParts.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';
import type { Turn } from './conversation.ts';
import { measureTurn, type Size } from './prompt.ts';

/** So many of the oldest turns as fit; the first one cut, when it alone is too large. Empty only without turns. */
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

/** Of each long text the beginning and the end, shorter and shorter until the turn fits; pictures go by their names, tools are left out. */
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
      // The frames of very many would be too much even without their texts.
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
  // Half of a character is none.
  const start = text.slice(0, half).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-half).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}\n[…]\n${end}`;
}
