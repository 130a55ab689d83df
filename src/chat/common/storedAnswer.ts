/** The file format of an answer: one text and one reasoning, and the parts only where tools were called. */

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

/** `parts`: absent without tools. Where present, they contain the texts. */
export type StoredAnswer = AnswerOutcome & { text: string; reasoning: string; parts?: readonly AnswerPart[] };

/** Older Qiao versions read the result too. */
export function toStoredAnswer({ parts, ...outcome }: Answer): StoredAnswer {
  const stored = { ...outcome, text: answerText({ parts }), reasoning: answerReasoning({ parts }) };
  return usesTools({ parts }) ? { ...stored, parts } : stored;
}

export function fromStoredAnswer({ text, reasoning, parts, ...outcome }: StoredAnswer): Answer {
  return { ...outcome, parts: parts && usesTools({ parts }) ? inOrder(parts) : textParts(text, reasoning) };
}

/** Merges the texts as a stream would: a file may come from anyone. */
function inOrder(parts: readonly AnswerPart[]): AnswerPart[] {
  const ordered: AnswerPart[] = [];
  for (const part of parts) {
    if (isToolPart(part)) ordered.push(part);
    else addTexts(ordered, { text: '', reasoning: '', [part.type]: part.text });
  }
  return ordered;
}
