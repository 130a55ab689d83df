/** Gets the answer to one turn of a conversation, and records how it ended. */

import type { LogOutputChannel } from 'vscode';
import type { Models } from '../../connections/host/models.ts';
import { type Cost, sumCosts } from '../../llm/pricing.ts';
import { type Answer, type Turn, turnsUpTo } from '../common/conversation.ts';
import type { TurnOutcome } from '../common/turn.ts';
import { logOutcome, runAnswer, toAnswerFields } from './answerRun.ts';
import type { RecordedConversation } from './recordedConversation.ts';
import type { SessionMessages } from './sessionMessages.ts';
import { toOutcomeView } from './views.ts';

export interface TurnToAnswer {
  turn: Turn;
  conversation: RecordedConversation;
  messages: SessionMessages;
  models: Models;
  log: LogOutputChannel;
  systemPrompt: string;
  /** Goes on with what there is of the answer. */
  continuation?: { partial: string; instruction: string };
  signal: AbortSignal;
  /** Asked when the answer was stopped: whether it was the window that closed, not the user who stopped it. */
  isClosing(): boolean;
}

/** Whether the model finished. Never rejects. */
export async function answerTurn(options: TurnToAnswer): Promise<boolean> {
  const { turn, conversation, messages, models, log, systemPrompt, continuation, signal } = options;
  const outcome = await runAnswer({
    turn,
    continuation,
    history: turnsUpTo(conversation.state, turn.parentId),
    summaries: conversation.state.summaries,
    systemPrompt,
    openModel: () =>
      models.open(turn.model, {
        turnId: turn.id,
        onWait: (wait) => {
          log.info(`Trying again in ${wait.delayMs} ms (try ${wait.attempt}): ${wait.failure.message}`);
          messages.postWait(turn.id, wait);
        },
      }),
    signal,
    apply: (event) => conversation.apply(event),
    save: (event) => void conversation.save(event),
    post: (message) => messages.post(message),
  });
  markBannedRound(outcome, options);
  logOutcome(log, turn, outcome);
  const fields = toAnswerFields(outcome, options.isClosing());
  // What an answer cost before it was continued is spent, whatever the rest costs.
  const cost = totalCost(conversation.find(turn.id)?.answer.cost, fields.cost);
  finish(turn.id, { ...fields, cost }, options);
  return outcome.status === 'done';
}

function totalCost(before: Cost | undefined, now: Cost | undefined): Cost | undefined {
  const sums = sumCosts([before, now]);
  return sums.length === 1 ? sums[0] : (now ?? before);
}

type Ending = Pick<TurnToAnswer, 'conversation' | 'messages' | 'models'>;

function finish(
  turnId: string,
  outcome: Omit<Answer, 'text' | 'reasoning'>,
  { conversation, messages, models }: Ending,
): void {
  void conversation.record({ type: 'outcome', turnId, outcome });
  const turn = conversation.find(turnId);
  if (turn)
    messages.post({
      type: 'turn-finish',
      turnId,
      outcome: toOutcomeView(turn.answer, models.successorOf(turn.model)),
    });
}

/** The platform may object to an earlier question than the current one: that turn is not sent again. */
function markBannedRound(outcome: TurnOutcome, ending: Ending): void {
  const round = outcome.status === 'done' ? outcome.finish.bannedRound : undefined;
  if (round === undefined || round < 0) return;
  const banned = outcome.prompt?.sent[round];
  if (!banned) return;
  const { text: _text, reasoning: _reasoning, ...answer } = banned.answer;
  finish(banned.id, { ...answer, finishReason: 'content-filter' }, ending);
}
