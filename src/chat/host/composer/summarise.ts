/** Replaces turns that no longer fit with a summary, which the conversation's model writes part by part. */

import { l10n } from 'vscode';
import type { Models } from '../../../connections/host/models.ts';
import { inputBudget, outputRoom, type Size, tokenScale } from '../../../llm/budget.ts';
import type { ChatError } from '../../../llm/chatError.ts';
import { effectiveParameters } from '../../../llm/parameters.ts';
import { collectAnswer } from '../../common/collectAnswer.ts';
import { activeTurns, type Summary, type Turn } from '../../common/conversation.ts';
import { estimateTurn, isWorthRepeating, roomForTurns } from '../../common/prompt.ts';
import { nextPart } from '../../common/summaryParts.ts';
import type { ChatSession } from '../chatSession.ts';

/** Shares of the model's input: turns kept unsummarised at most, and turns in one request for a summary. */
const keptShare = 0.4;
const partShare = 0.7;
/** Least size of a part, in tokens. */
const leastRoom = 100;
/** In tokens, for models whose limit is unknown. */
const assumedBudget = 8000;

export interface SummariseOptions {
  session: ChatSession;
  models: Models;
  /** Summarise all turns, also when they fit. */
  whole: boolean;
  signal: AbortSignal;
}

/** Records the summary in the conversation. Returns `undefined` then, and when it was stopped; the turns stay visible. */
export async function summarise({
  session,
  models,
  whole,
  signal,
}: SummariseOptions): Promise<ChatError | 'nothing-to-do' | undefined> {
  const { model } = session.settings;
  const path = activeTurns(session.conversation).filter(({ answer }) => answer.status !== 'running');
  const scale = tokenScale(path, model);
  const info = models.describe(model);
  const budget = (inputBudget(info, 0) ?? assumedBudget) / scale;
  const sizeOf = (turn: Turn): number => estimateTurn(turn, info);
  const { turns, before } = turnsToSummarise(path, {
    summaries: session.conversation.summaries,
    keptTokens: whole ? 0 : budget * keptShare,
    sizeOf,
  });
  if (turns.length === 0) return 'nothing-to-do';
  let summary = before;
  for (let done = 0; done < turns.length; ) {
    const question = { question: instruction(), attachments: [], model };
    const systemPrompt = summary === undefined ? '' : l10n.t('What was said before: {0}', summary);
    const outputTokens = outputRoom(info, effectiveParameters(info, {}));
    const room = roomForTurns({ systemPrompt, question, info, outputTokens, scale });
    const part = nextPart(turns.slice(done), atMost(room, budget * partShare), info);
    const outcome = await collectAnswer(
      models.open(model),
      { history: part, question, systemPrompt },
      { signal },
    );
    if (outcome.status === 'failed') return outcome.error;
    if (outcome.status === 'stopped' || outcome.text.trim() === '') return undefined;
    summary = outcome.text.trim();
    done += part.length;
  }
  const throughTurnId = turns.at(-1)?.id;
  if (throughTurnId !== undefined && summary !== undefined)
    await session.record({ type: 'summary', summary: { throughTurnId, text: summary } });
  return undefined;
}

/** The oldest turns after the last summary, such that the rest takes at most `keptTokens`. */
function turnsToSummarise(
  path: readonly Turn[],
  {
    summaries,
    keptTokens,
    sizeOf,
  }: { summaries: readonly Summary[]; keptTokens: number; sizeOf(turn: Turn): number },
): { turns: Turn[]; before?: string } {
  const last = summaries.findLast(({ throughTurnId }) => path.some(({ id }) => id === throughTurnId));
  const start = last ? path.findIndex(({ id }) => id === last.throughTurnId) + 1 : 0;
  const candidates = path.slice(start).filter(isWorthRepeating);
  let tokens = 0;
  let kept = candidates.length;
  for (; kept > 0; kept--) {
    const turn = candidates[kept - 1];
    if (!turn) break;
    tokens += sizeOf(turn);
    if (tokens > keptTokens) break;
  }
  return { turns: candidates.slice(0, kept), before: last?.text };
}

function atMost(room: Size, tokens: number): Size {
  return { ...room, tokens: Math.max(leastRoom, Math.min(room.tokens, tokens)) };
}

function instruction(): string {
  return l10n.t(
    'Summarise our conversation so far so that you can go on with it without its words: what I want, what was decided, names, numbers and code that still matter, and open questions. Write only the summary, in the language of the conversation.',
  );
}
