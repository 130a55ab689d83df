/** Qianfan v1's answers as bytes: `data:` lines with numbered sentences, or one body. */

import { wholeText } from '../answerPieces.ts';
import type { Answer, AnswerEncoder } from '../endpoint.ts';

export const sentenceEncoder: AnswerEncoder = {
  /** The last sentence carries text and the end; reasoning and tool calls are unknown here. */
  *streamEvents(answer) {
    const texts = answer.pieces
      .filter(({ type }) => type === 'text' || type === 'snapshot')
      .map(({ text }) => text);
    const last = answer.separateFinish ? '' : (texts.pop() ?? '');
    for (const [index, text] of texts.entries()) {
      yield { type: 'piece', text: encodeSentence(answer, { sentence_id: index, is_end: false }, text) };
    }
    yield { type: 'finish', text: encodeSentence(answer, { sentence_id: texts.length, is_end: true }, last) };
  },
  encodeWhole: (answer) => JSON.stringify(encodeAnswer(answer, {}, wholeText(answer.pieces), true)),
};

interface SentenceMark {
  sentence_id: number;
  is_end: boolean;
}

const encodeSentence = (answer: Answer, mark: SentenceMark, text: string): string =>
  `data: ${JSON.stringify(encodeAnswer(answer, mark, text, mark.is_end))}\n\n`;

/** The members and their order are those of the page's samples; only the end knows counts, cut and verdict. */
function encodeAnswer(answer: Answer, mark: Partial<SentenceMark>, text: string, end: boolean): object {
  const { requestId, finishReason, usage, moderation } = answer;
  const completion = end ? (usage?.outputTokens ?? 0) : 0;
  const total = end ? usage?.totalTokens : usage?.inputTokens;
  return {
    id: requestId,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    ...mark,
    ...(mark.is_end === undefined
      ? { result: text, is_truncated: finishReason === 'length' }
      : { is_truncated: end && finishReason === 'length', result: text }),
    need_clear_history: end && moderation?.needClearHistory === true,
    ...(end && moderation?.banRound !== undefined ? { ban_round: moderation.banRound } : {}),
    ...(usage === null
      ? {}
      : { usage: { prompt_tokens: usage.inputTokens, completion_tokens: completion, total_tokens: total } }),
  };
}
