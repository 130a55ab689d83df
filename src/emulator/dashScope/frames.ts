/** DashScope's answers as bytes: frames of a stream, and the one body of an answer that is not streamed. */

import { estimateTokens } from '../tokenEstimate.ts';
import type { Answer, AnswerEncoder } from '../wire.ts';
import type { AnswerShape } from './modelRules.ts';

export interface Frame {
  /** From 1. */
  number: number;
  event: 'result' | 'error';
  /** The real status, which stands only in a comment. */
  status: number;
  /** JSON. */
  data: string;
}

/** One event; no blanks after the colons, as the service sends it (PROTOCOLS 1.6). */
export function frame({ number, event, status, data }: Frame): string {
  return `id:${number}\nevent:${event}\n:HTTP_STATUS/${status}\ndata:${data}\n\n`;
}

interface Progress {
  text: string;
  reasoning: string;
  /** `"null"`, the four-letter string, while the answer runs. */
  finishReason: string;
}

export function createFrameEncoder(shape: AnswerShape): AnswerEncoder {
  return {
    *streamEvents(answer) {
      const soFar = { text: '', reasoning: '' };
      let outputTokens = 0;
      let number = 0;
      const encode = (progress: Progress, tokens: number): string =>
        frame({
          number: ++number,
          event: 'result',
          status: 200,
          data: encodeResult(progress, { answer, shape, outputTokens: tokens, streamed: true }),
        });
      for (const piece of answer.pieces) {
        const member = piece.type === 'reasoning' ? 'reasoning' : 'text';
        const revised = piece.type === 'snapshot';
        soFar[member] = revised ? piece.text : soFar[member] + piece.text;
        outputTokens = (revised ? 0 : outputTokens) + estimateTokens(piece.text);
        const pieceOnly = { text: '', reasoning: '', [member]: piece.text };
        const progress = shape.incremental ? pieceOnly : soFar;
        const tokens = Math.min(outputTokens, answer.usage?.outputTokens ?? outputTokens);
        yield { type: 'piece', text: encode({ ...progress, finishReason: 'null' }, tokens) };
      }
      const last = shape.incremental ? { text: '', reasoning: '' } : soFar;
      const finish = encode({ ...last, finishReason: answer.finishReason }, answer.usage?.outputTokens ?? 0);
      yield { type: 'finish', text: finish };
    },
    encodeWhole(answer) {
      const join = (types: string[]) =>
        answer.pieces
          .filter((piece) => types.includes(piece.type))
          .map((piece) => piece.text)
          .join('');
      const snapshot = answer.pieces.findLast((piece) => piece.type === 'snapshot')?.text;
      const { finishReason, usage } = answer;
      return encodeResult(
        { text: snapshot ?? join(['text']), reasoning: join(['reasoning']), finishReason },
        { answer, shape, outputTokens: usage?.outputTokens ?? 0, streamed: false },
      );
    },
  };
}

interface ResultContext {
  answer: Answer;
  shape: AnswerShape;
  outputTokens: number;
  streamed: boolean;
}

function encodeResult(progress: Progress, context: ResultContext): string {
  const { answer, shape } = context;
  const format = answer.resultFormat ?? shape.resultFormat;
  const output =
    format === 'text'
      ? { finish_reason: progress.finishReason, text: progress.text }
      : encodeMessage(progress, context);
  const usage = encodeUsage(context);
  return JSON.stringify({ output, ...(usage === undefined ? {} : { usage }), request_id: answer.requestId });
}

/** The members and their order are those of each page's samples. */
function encodeMessage(
  { text, reasoning, finishReason }: Progress,
  { shape, streamed }: ResultContext,
): object {
  const thought = reasoning === '' ? {} : { reasoning_content: reasoning };
  switch (shape.layout) {
    case 'baichuan': {
      const message = streamed
        ? { role: 'assistant', content: text, content_type: 'text' }
        : { role: 'assistant', content_type: 'text', content: text };
      const choices = [{ finish_reason: finishReason, message: { ...message, ...thought } }];
      return streamed ? { text: null, finish_reason: null, choices } : { choices };
    }
    case 'indexed': {
      const message = { content: text, ...thought, role: 'assistant' };
      return { choices: [{ message, index: 0, finish_reason: finishReason }] };
    }
    case 'plain': {
      const message = { content: text, ...thought, role: 'assistant' };
      return { choices: [{ message, finish_reason: finishReason }] };
    }
  }
}

/** `baichuan-7b-v1` counts nothing: its page says the member holds its default. */
function encodeUsage({ answer, shape, outputTokens }: ResultContext): object | undefined {
  if (answer.usage === null) {
    return undefined;
  }
  const { inputTokens, totalTokens, outputTokens: finalTokens } = answer.usage;
  switch (shape.usage) {
    case 'none':
      return {};
    case 'input-output':
      return { output_tokens: outputTokens, input_tokens: inputTokens };
    case 'with-total':
      return {
        total_tokens: totalTokens - finalTokens + outputTokens,
        input_tokens: inputTokens,
        output_tokens: outputTokens,
      };
  }
}
