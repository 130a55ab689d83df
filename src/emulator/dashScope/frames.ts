/** DashScope's answers as bytes: frames of a stream, and the one body of an answer that is not streamed. */

import { createRunningUsage, wholeReasoning, wholeText, wholeToolCalls } from '../answerPieces.ts';
import type { Answer, AnswerEncoder, AnswerPiece, ToolCallPiece } from '../endpoint.ts';
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

/** One event; no blanks after the colons, as the service sends it. */
export function frame({ number, event, status, data }: Frame): string {
  return `id:${number}\nevent:${event}\n:HTTP_STATUS/${status}\ndata:${data}\n\n`;
}

/** What one frame shows: of a piece, or of everything so far. */
interface Progress {
  text: string;
  reasoning: string;
  toolCalls: object[];
  /** `"null"`, the four-letter string, while the answer runs. */
  finishReason: string;
}

const nothing = { text: '', reasoning: '', toolCalls: [] };

export function createFrameEncoder(shape: AnswerShape): AnswerEncoder {
  return {
    *streamEvents(answer) {
      const countUsage = createRunningUsage(answer);
      let number = 0;
      const encode = (progress: Progress, usage: Answer['usage']): string =>
        frame({
          number: ++number,
          event: 'result',
          status: 200,
          data: encodeResult(progress, { answer, shape, usage, streamed: true }),
        });
      const cumulate = createCumulation();
      for (const piece of answer.pieces) {
        const progress = shape.incremental ? showPiece(piece) : cumulate(piece);
        yield { type: 'piece', text: encode({ ...progress, finishReason: 'null' }, countUsage(piece)) };
      }
      const last = shape.incremental ? nothing : showWhole(answer.pieces);
      yield { type: 'finish', text: encode({ ...last, finishReason: answer.finishReason }, answer.usage) };
    },
    encodeWhole(answer) {
      const { finishReason, pieces, usage } = answer;
      return encodeResult({ ...showWhole(pieces), finishReason }, { answer, shape, usage, streamed: false });
    },
  };
}

type Shown = Omit<Progress, 'finishReason'>;

/** Later pieces of a call have neither id nor name. */
function showPiece(piece: AnswerPiece): Shown {
  switch (piece.type) {
    case 'reasoning':
      return { ...nothing, reasoning: piece.text };
    case 'tool-call':
      return {
        ...nothing,
        toolCalls: [encodeCall(piece.first ? piece : { ...piece, id: '', name: '' })],
      };
    default:
      return { ...nothing, text: piece.text };
  }
}

/** Gives a function that takes the next piece and shows everything so far, in time linear in the answer's. */
function createCumulation(): (piece: AnswerPiece) => Shown {
  let text = '';
  let reasoning = '';
  const calls: ToolCallPiece[] = [];
  return (piece) => {
    switch (piece.type) {
      case 'reasoning':
        reasoning += piece.text;
        break;
      case 'tool-call':
        calls[piece.index] = { ...piece, text: (calls[piece.index]?.text ?? '') + piece.text };
        break;
      default:
        text = piece.type === 'snapshot' ? piece.text : text + piece.text;
    }
    return { text, reasoning, toolCalls: calls.map(encodeCall) };
  };
}

const showWhole = (pieces: readonly AnswerPiece[]): Shown => ({
  text: wholeText(pieces),
  reasoning: wholeReasoning(pieces),
  toolCalls: wholeToolCalls(pieces).map(encodeCall),
});

const encodeCall = ({ index, id, name, text }: ToolCallPiece): object => ({
  function: { name, arguments: text },
  index,
  id,
  type: 'function',
});

interface ResultContext {
  answer: Answer;
  shape: AnswerShape;
  /** Of what was sent so far. */
  usage: Answer['usage'];
  streamed: boolean;
}

/** Tool calls exist in messages only. */
function encodeResult(progress: Progress, context: ResultContext): string {
  const { answer, shape } = context;
  const asked = answer.resultFormat ?? shape.resultFormat;
  const hasCalls = answer.pieces.some((piece) => piece.type === 'tool-call');
  const output =
    asked === 'text' && !hasCalls
      ? { finish_reason: progress.finishReason, text: progress.text }
      : encodeMessage(progress, context);
  const usage = encodeUsage(context);
  return JSON.stringify({ output, ...(usage === undefined ? {} : { usage }), request_id: answer.requestId });
}

/** The members and their order are those of each page's samples. */
function encodeMessage(
  { text, reasoning, toolCalls, finishReason }: Progress,
  { shape, streamed }: ResultContext,
): object {
  const others = {
    ...(reasoning === '' ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0 ? {} : { tool_calls: toolCalls }),
  };
  switch (shape.layout) {
    case 'baichuan': {
      const message = streamed
        ? { role: 'assistant', content: text, content_type: 'text' }
        : { role: 'assistant', content_type: 'text', content: text };
      const choices = [{ finish_reason: finishReason, message: { ...message, ...others } }];
      return streamed ? { text: null, finish_reason: null, choices } : { choices };
    }
    case 'indexed': {
      const message = { content: text, ...others, role: 'assistant' };
      return { choices: [{ message, index: 0, finish_reason: finishReason }] };
    }
    case 'plain': {
      const message = { content: text, ...others, role: 'assistant' };
      return { choices: [{ message, finish_reason: finishReason }] };
    }
    case 'parts': {
      const content = text === '' ? [] : [{ text }];
      const message = { role: 'assistant', content, ...others };
      return { choices: [{ message, finish_reason: finishReason }] };
    }
  }
}

/** `baichuan-7b-v1` counts nothing: its page says the member holds its default. */
function encodeUsage({ shape, usage }: ResultContext): object | undefined {
  if (usage === null) {
    return undefined;
  }
  const { inputTokens, outputTokens, totalTokens } = usage;
  switch (shape.usage) {
    case 'none':
      return {};
    case 'input-output':
      return { output_tokens: outputTokens, input_tokens: inputTokens };
    case 'with-total':
      return {
        total_tokens: totalTokens,
        input_tokens: inputTokens,
        output_tokens: outputTokens,
      };
  }
}
