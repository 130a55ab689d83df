/** An answer in a file: with its texts in one piece each, as before there were tools, and its parts where tools were called. */

import type { AnswerPart } from '../../llm/answerParts.ts';
import {
  addTexts,
  answerReasoning,
  answerText,
  isToolPart,
  textParts,
  usesTools,
} from '../../llm/answerParts.ts';
import type { Answer, AnswerOutcome } from './conversation.ts';

/** `parts`: absent without tools; where they are given, the texts are theirs. */
export type StoredAnswer = AnswerOutcome & { text: string; reasoning: string; parts?: readonly AnswerPart[] };

/** For a file that older versions of Qiao read too. */
export function toStoredAnswer({ parts, ...outcome }: Answer): StoredAnswer {
  const stored = { ...outcome, text: answerText({ parts }), reasoning: answerReasoning({ parts }) };
  return usesTools({ parts }) ? { ...stored, parts } : stored;
}

/** The answer of a file. */
export function fromStoredAnswer({ text, reasoning, parts, ...outcome }: StoredAnswer): Answer {
  return { ...outcome, parts: parts ? inOrder(parts) : textParts(text, reasoning) };
}

/** As they would have come: a file may be anybody's. */
function inOrder(parts: readonly AnswerPart[]): AnswerPart[] {
  const ordered: AnswerPart[] = [];
  for (const part of parts) {
    if (isToolPart(part)) ordered.push(part);
    else addTexts(ordered, { text: '', reasoning: '', [part.type]: part.text });
  }
  return ordered;
}
