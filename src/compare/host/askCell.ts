/** Asks one model one question and measures the answer. */

import { collectAnswer, type TurnOutcome } from '../../chat/common/collectAnswer.ts';
import type { AnswerStreamPart } from '../../llm/answerParts.ts';
import type { ChatModel } from '../../llm/chatModel.ts';
import type { RetryWait } from '../../providers/connection.ts';
import type { Cell, ComparedAnswer, CompareSetup } from '../common/comparison.ts';

export interface CellRequest {
  cell: Cell;
  setup: CompareSetup;
  open(ref: string, options: { onWait(wait: RetryWait): void }): Promise<ChatModel>;
  signal: AbortSignal;
  /** `firstTokenMs`: how long the first part took. */
  onPart(part: AnswerStreamPart, firstTokenMs: number): void;
  /** The request is sent again after a while. */
  onWait(wait: RetryWait): void;
}

/** The answer, and the pause that the platform asked for, in milliseconds. */
export interface CellOutcome {
  answer: ComparedAnswer;
  retryAfterMs?: number;
}

/** Never rejects. */
export async function askCell({
  cell,
  setup,
  open,
  signal,
  onPart,
  onWait,
}: CellRequest): Promise<CellOutcome> {
  const { question, column } = cell;
  const { systemPrompt, parameters } = setup;
  const askedAt = Date.now();
  let sentAt = performance.now();
  let firstAt: number | undefined;
  let retries = 0;
  const openModel = async (): Promise<ChatModel> => {
    const model = await open(column.model, {
      onWait(wait) {
        retries += 1;
        sentAt = performance.now() + wait.delayMs;
        onWait(wait);
      },
    });
    // Excludes the time to load modules for the first request.
    sentAt = performance.now();
    return model;
  };
  const outcome = await collectAnswer(
    openModel(),
    {
      history: question.history,
      question: { ...question, question: question.text, model: column.model, parameters },
      systemPrompt,
    },
    {
      signal,
      onPart(part) {
        firstAt ??= performance.now();
        onPart(part, firstAt - sentAt);
      },
    },
  );
  const answer: ComparedAnswer = {
    text: outcome.text,
    reasoning: outcome.reasoning,
    askedAt,
    retries,
    firstTokenMs: firstAt === undefined ? undefined : firstAt - sentAt,
    totalMs: Math.max(0, performance.now() - sentAt),
    estimatedInputTokens: outcome.prompt?.estimatedTokens,
    ...endingOf(outcome),
  };
  return { answer, retryAfterMs: outcome.status === 'failed' ? outcome.error.retryAfterMs : undefined };
}

function endingOf(
  outcome: TurnOutcome,
): Pick<ComparedAnswer, 'status' | 'finishReason' | 'rawReason' | 'usage' | 'cost' | 'requestId' | 'error'> {
  if (outcome.status === 'stopped') return { status: 'stopped' };
  if (outcome.status === 'done') {
    const { reason, rawReason, usage, cost, requestId } = outcome.finish;
    const word = reason === 'other' ? { rawReason } : {};
    return { status: 'done', finishReason: reason, ...word, usage, cost, requestId };
  }
  const { kind, providerId, message, status, code, requestId } = outcome.error;
  return { status: 'failed', requestId, error: { kind, providerId, message, status, code, requestId } };
}
