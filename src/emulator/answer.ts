/** Builds an answer from a script step and the request. */

import { randomUUID } from 'node:crypto';
import type { AcceptedRequest, Answer, AnswerPiece } from './endpoint.ts';
import type { ScriptStep } from './scriptStep.ts';
import { estimateTokens } from './tokenEstimate.ts';

export function createAnswer(step: ScriptStep, accepted: AcceptedRequest, requestId: string): Answer {
  const reasoning = typeof step.reasoning === 'string' ? splitText(step.reasoning) : (step.reasoning ?? []);
  const said = scriptedPieces(step);
  const cut = step.obeyParameters === true ? obey(said, accepted) : { pieces: said };
  const pieces: AnswerPiece[] = [
    ...reasoning.map((text): AnswerPiece => ({ type: 'reasoning', text })),
    ...cut.pieces,
    ...toolCallPieces(step.toolCalls ?? []),
  ];
  const usualReason = step.toolCalls === undefined ? 'stop' : 'tool_calls';
  return {
    requestId,
    pieces,
    finishReason: step.finishReason ?? cut.finishReason ?? usualReason,
    usage: step.usage === null ? null : countUsage(pieces, accepted.inputTokens, step.usage),
    separateFinish: actsBeforeFinish(step, pieces.length),
    resultFormat: step.resultFormat,
    reasoningAs: step.reasoningAs,
    usageOn: step.usageOn,
    moderation: step.moderation,
  };
}

/** The first piece of a call has its id and name and no arguments yet. */
function toolCallPieces(calls: NonNullable<ScriptStep['toolCalls']>): AnswerPiece[] {
  return calls.flatMap(({ id = createCallId(), name, arguments: text }, index) =>
    ['', ...(text.match(/.{1,8}/gsu) ?? [])].map(
      (part, position): AnswerPiece => ({
        type: 'tool-call',
        text: part,
        index,
        id,
        name,
        first: position === 0,
      }),
    ),
  );
}

const createCallId = (): string => `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`;

function actsBeforeFinish(step: ScriptStep, pieces: number): boolean {
  const { cutAfter, resetAfter, stallAfter, holdAfter, error, omit } = step;
  const points = [cutAfter, resetAfter, stallAfter, holdAfter, error?.afterPieces].flat();
  return omit?.includes('finish') === true || points.some((at) => typeof at === 'number' && at >= pieces);
}

function scriptedPieces(step: ScriptStep): AnswerPiece[] {
  if (step.snapshots !== undefined) {
    return step.snapshots.map((text) => ({ type: 'snapshot', text }));
  }
  return (step.pieces ?? splitText(step.text ?? '')).map((text) => ({ type: 'text', text }));
}

/** Stops before a stop text and at the token limit, whichever comes first. */
function obey(
  pieces: readonly AnswerPiece[],
  accepted: AcceptedRequest,
): { pieces: AnswerPiece[]; finishReason?: string } {
  const text = pieces.map((piece) => piece.text).join('');
  const stops = accepted.stopTexts.map((stop) => text.indexOf(stop)).filter((index) => index >= 0);
  const kept = takeCharacters(pieces, Math.min(text.length, ...stops));
  const within: AnswerPiece[] = [];
  let left = accepted.maxOutputTokens;
  for (const piece of kept) {
    const tokens = estimateTokens(piece.text);
    if (tokens > left) {
      const start = takeTokens(piece.text, left);
      return {
        pieces: start === '' ? within : [...within, { ...piece, text: start }],
        finishReason: 'length',
      };
    }
    left -= tokens;
    within.push(piece);
  }
  return { pieces: within };
}

/** The longest beginning that has no more tokens; whole characters only. */
function takeTokens(text: string, tokens: number): string {
  let taken = '';
  for (const character of text) {
    if (estimateTokens(taken + character) > tokens) {
      break;
    }
    taken += character;
  }
  return taken;
}

function takeCharacters(pieces: readonly AnswerPiece[], length: number): AnswerPiece[] {
  const kept: AnswerPiece[] = [];
  let left = length;
  for (const piece of pieces) {
    if (left > 0) {
      kept.push({ ...piece, text: piece.text.slice(0, left) });
      left -= piece.text.length;
    }
  }
  return kept;
}

function countUsage(
  pieces: readonly AnswerPiece[],
  estimatedInput: number,
  given: { inputTokens?: number; outputTokens?: number; totalTokens?: number } = {},
): NonNullable<Answer['usage']> {
  const snapshots = pieces.filter((piece) => piece.type === 'snapshot');
  const counted = snapshots.length === 0 ? pieces : snapshots.slice(-1);
  const inputTokens = given.inputTokens ?? estimatedInput;
  const outputTokens =
    given.outputTokens ?? counted.reduce((sum, piece) => sum + estimateTokens(piece.text), 0);
  return { inputTokens, outputTokens, totalTokens: given.totalTokens ?? inputTokens + outputTokens };
}

/** Joined again, the pieces are the text. No character is cut in two. */
export function splitText(text: string): string[] {
  return text.match(piece) ?? [];
}

/** A few Han characters, or the rest of a word with the blanks behind it, or blanks. */
const piece = /\p{Script=Han}{1,3}|[^\s\p{Script=Han}]{1,10}[ \t]?|\s{1,8}/gu;
