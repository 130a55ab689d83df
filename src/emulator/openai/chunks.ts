/** OpenAI-compatible answers as bytes: chunks of a stream, or one completion. */

import { createRunningUsage, wholeReasoning, wholeText, wholeToolCalls } from '../answerPieces.ts';
import type { Answer, AnswerEncoder, AnswerPiece, ToolCallPiece } from '../endpoint.ts';

export interface ChunkShape {
  model: string;
  /** A chunk with the usage and no choices comes after the finish. */
  includeUsage: boolean;
  /** The totals so far are on every chunk. */
  usageOnEvery: boolean;
  /** Later pieces of a tool call have `id: ""` rather than none. */
  laterToolIds: boolean;
}

export function createChunkEncoder(shape: ChunkShape): AnswerEncoder {
  return {
    *streamEvents(answer) {
      const everywhere = shape.usageOnEvery || answer.usageOn === 'every';
      const countUsage = createRunningUsage(answer);
      const chunk = (choice: object, usage: Answer['usage']): string =>
        encodeChunk(answer, shape, { choices: [choice], usage });
      yield { type: 'start', text: chunk(running({ role: 'assistant', content: '' }), null) };
      for (const piece of placeReasoning(answer)) {
        const usage = countUsage(piece);
        const delta = encodeDelta(piece, answer, shape);
        yield { type: 'piece', text: chunk(running(delta), everywhere ? usage : null) };
      }
      const atFinish = everywhere || answer.usageOn === 'finish';
      const last = { index: 0, delta: {}, logprobs: null, ...encodeFinish(answer) };
      yield { type: 'finish', text: chunk(last, atFinish ? answer.usage : null) };
      if (shape.includeUsage && answer.usage !== null) {
        const text = encodeChunk(answer, shape, { choices: [], usage: answer.usage });
        yield { type: 'usage', text };
      }
      yield { type: 'done', text: 'data: [DONE]\n\n' };
    },
    encodeWhole(answer) {
      const pieces = placeReasoning(answer);
      const calls = wholeToolCalls(pieces);
      const text = wholeText(pieces);
      const reasoning = wholeReasoning(pieces);
      const message = {
        role: 'assistant',
        content: text === '' && calls.length > 0 ? null : text,
        ...(reasoning === '' ? {} : { [reasoningMember(answer)]: reasoning }),
        ...(calls.length === 0 ? {} : { tool_calls: calls.map(encodeCall) }),
      };
      return JSON.stringify({
        id: answer.requestId,
        object: 'chat.completion',
        created: Math.floor(Date.now() / 1000),
        model: shape.model,
        choices: [{ index: 0, message, logprobs: null, ...encodeFinish(answer) }],
        ...(answer.usage === null ? {} : { usage: encodeUsage(answer.usage) }),
      });
    },
  };
}

const running = (delta: object): object => ({ index: 0, delta, logprobs: null, finish_reason: null });

/** With it comes Qianfan's verdict, in the members of the newer and the older samples. */
function encodeFinish({ finishReason, moderation }: Answer): object {
  const { flag, banRound, needClearHistory } = moderation ?? {};
  return {
    finish_reason: finishReason,
    ...(flag === undefined ? {} : { flag }),
    ...(banRound === undefined ? {} : { ban_round: banRound }),
    ...(needClearHistory === undefined ? {} : { need_clear_history: needClearHistory }),
  };
}

function encodeChunk(
  answer: Answer,
  shape: ChunkShape,
  { choices, usage }: { choices: object[]; usage: Answer['usage'] },
): string {
  const counted =
    usage === null ? (shape.includeUsage ? { usage: null } : {}) : { usage: encodeUsage(usage) };
  const chunk = {
    id: answer.requestId,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model: shape.model,
    system_fingerprint: null,
    choices,
    ...counted,
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** Puts reasoning into the text between tags, if asked to; the number of pieces stays. */
function placeReasoning({ pieces, reasoningAs }: Answer): readonly AnswerPiece[] {
  if (reasoningAs !== 'think-tag') {
    return pieces;
  }
  const first = pieces.findIndex((piece) => piece.type === 'reasoning');
  const last = pieces.findLastIndex((piece) => piece.type === 'reasoning');
  return pieces.map((piece, index) => {
    if (piece.type !== 'reasoning') {
      return piece;
    }
    const opening = index === first ? '<think>\n' : '';
    const closing = index === last ? '\n</think>\n\n' : '';
    return { type: 'text', text: opening + piece.text + closing };
  });
}

const reasoningMember = ({ reasoningAs }: Answer): string =>
  reasoningAs === 'reasoning' ? 'reasoning' : 'reasoning_content';

function encodeDelta(piece: AnswerPiece, answer: Answer, { laterToolIds }: ChunkShape): object {
  switch (piece.type) {
    case 'reasoning':
      return { content: null, [reasoningMember(answer)]: piece.text };
    case 'tool-call':
      return {
        tool_calls: [
          piece.first
            ? { index: piece.index, ...encodeCall(piece) }
            : {
                index: piece.index,
                ...(laterToolIds ? { id: '', type: 'function' } : {}),
                function: { arguments: piece.text },
              },
        ],
      };
    default:
      return { content: piece.text };
  }
}

const encodeCall = ({ id, name, text }: ToolCallPiece): object => ({
  id,
  type: 'function',
  function: { name, arguments: text },
});

const encodeUsage = (usage: NonNullable<Answer['usage']>): object => ({
  prompt_tokens: usage.inputTokens,
  completion_tokens: usage.outputTokens,
  total_tokens: usage.totalTokens,
});
