/** Sends a turn's question once more so that its request can be seen; the conversation stays as it is. */

import { l10n } from 'vscode';
import { ChatError } from '../../core/chatError.ts';
import { turnsUpTo } from '../../core/conversation.ts';
import { runTurn } from '../../core/turn.ts';
import type { Chats } from '../chats.ts';
import type { Models } from '../models.ts';

/** What went wrong, if something did; never rejects. */
export async function sendAgain(
  turnId: string,
  signal: AbortSignal,
  { chats, models }: { chats: Chats; models: Models },
): Promise<ChatError | undefined> {
  const { conversation, settings } = chats.current;
  const turn = conversation.turns.find(({ id }) => id === turnId);
  if (!turn) {
    const message = l10n.t('The question is in another conversation than the one in sight.');
    return new ChatError({ kind: 'unexpected', providerId: '', message });
  }
  const outcome = await runTurn({
    openModel: () => models.open(turn.model, { turnId }),
    history: turnsUpTo(conversation, turn.parentId),
    summaries: conversation.summaries,
    systemPrompt: settings.systemPrompt,
    question: turn,
    signal,
    onPart() {},
  });
  return outcome.status === 'failed' ? outcome.error : undefined;
}
