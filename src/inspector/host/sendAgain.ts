/** Sends a turn's question once more so that its request can be seen; the conversation stays as it is. */

import { l10n } from 'vscode';
import { turnsUpTo } from '../../chat/common/conversation.ts';
import { collectAnswer } from '../../chat/common/turn.ts';
import type { Sessions } from '../../chat/host/sessions.ts';
import type { Models } from '../../connections/host/models.ts';
import { ChatError } from '../../llm/chatError.ts';

/** What went wrong, if something did; never rejects. */
export async function sendAgain(
  turnId: string,
  signal: AbortSignal,
  { sessions, models }: { sessions: Pick<Sessions, 'withTurn'>; models: Pick<Models, 'open'> },
): Promise<ChatError | undefined> {
  const session = sessions.withTurn(turnId);
  const turn = session?.conversation.turns.find(({ id }) => id === turnId);
  if (!session || !turn) {
    const message = l10n.t('The question is in a chat that is not open. Open that chat first.');
    return new ChatError({ kind: 'unexpected', providerId: '', message });
  }
  const { conversation, settings } = session;
  const outcome = await collectAnswer(
    models.open(turn.model, { turnId }),
    {
      history: turnsUpTo(conversation, turn.parentId),
      summaries: conversation.summaries,
      systemPrompt: settings.systemPrompt,
      question: turn,
    },
    { signal },
  );
  return outcome.status === 'failed' ? outcome.error : undefined;
}
