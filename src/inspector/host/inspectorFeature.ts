/** The inspector feature: its tab and its commands. */

import { l10n } from 'vscode';
import type { Feature } from '../../base/host/feature.ts';
import { collectAnswer } from '../../chat/common/collectAnswer.ts';
import { turnsUpTo } from '../../chat/common/conversation.ts';
import type { Sessions } from '../../chat/host/sessions.ts';
import { ChatError } from '../../llm/chatError.ts';
import { decodeEventStream, inspectLastRequest, inspectRequest } from './inspectCommands.ts';
import { createInspector, type InspectorOptions } from './inspector.ts';

export interface InspectorDependencies extends Omit<InspectorOptions, 'sendAgain'> {
  sessions: Pick<Sessions, 'withTurn'>;
}

export function createInspectorFeature(dependencies: InspectorDependencies): Feature<'inspector'> {
  const { exchanges } = dependencies;
  const inspector = createInspector({
    ...dependencies,
    sendAgain: (turnId, signal) => sendAgain(turnId, signal, dependencies),
  });
  return {
    commands: {
      'qiao.inspectLastRequest': () => inspectLastRequest({ exchanges, inspector }),
      'qiao.inspectRequest': (turnId) => inspectRequest(turnId, { exchanges, inspector }),
      'qiao.decodeEventStream': (source) => decodeEventStream(source, { exchanges, inspector }),
    },
    dispose: () => inspector.dispose(),
  };
}

/** Sends a turn's question again; the conversation stays unchanged. Resolves with the failure, if any. */
async function sendAgain(
  turnId: string,
  signal: AbortSignal,
  { sessions, models }: InspectorDependencies,
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
