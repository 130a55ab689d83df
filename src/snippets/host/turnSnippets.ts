/** Lists the snippets that send a turn's request. */

import { type Conversation, type Turn, turnsUpTo } from '../../chat/common/conversation.ts';
import { assembleRequest } from '../../chat/common/prompt.ts';
import { toConnection } from '../../connections/host/connections.ts';
import { keyVariableOf } from '../../connections/host/environmentKeys.ts';
import type { Models } from '../../connections/host/models.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import type { SnippetRequest } from '../../providers/common/snippetRequest.ts';
import { describeRequest } from '../../providers/describeRequest.ts';
import { requiredSecrets } from '../../providers/secrets/profileSecrets.ts';
import { type SnippetTarget, targetsFor } from '../common/targets.ts';

export interface TurnSnippet {
  target: SnippetTarget;
  request: SnippetRequest;
}

export interface TurnToWrite {
  conversation: Conversation;
  turn: Turn;
  systemPrompt: string;
  models: Pick<Models, 'describe' | 'profileOf'>;
  /** Whether an optional key is set. */
  hasOptionalKey: boolean;
}

/**
 * Streamed ones first; a request that the platform takes in one way only has no snippets for the other. Throws the
 * `ChatError` if it takes neither. Reads no keys.
 */
export function snippetsOf({ turn, ...context }: TurnToWrite): TurnSnippet[] {
  const { conversation, models, systemPrompt } = context;
  const profile = models.profileOf(turn.model);
  const info = models.describe(turn.model);
  const connection = toConnection(profile, placeholders(profile, context.hasOptionalKey));
  const { request } = assembleRequest(info, {
    history: turnsUpTo(conversation, turn.parentId),
    summaries: conversation.summaries,
    question: turn,
    systemPrompt,
  });
  const snippets: TurnSnippet[] = [];
  let refusal: ChatError | undefined;
  for (const stream of [true, false]) {
    try {
      const parameters = { ...request.parameters, stream };
      const described = {
        ...describeRequest(connection, info.id, { ...request, parameters }),
        keyVariable: keyVariableOf(profile),
      };
      snippets.push(...targetsFor(described).map((target) => ({ target, request: described })));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal && snippets.length === 0) throw refusal;
  return snippets;
}

/** Placeholders for the keys, which snippets read from the environment. */
function placeholders(profile: ConnectionProfile, hasOptionalKey: boolean): Secrets {
  const names = hasOptionalKey ? (['apiKey'] as const) : requiredSecrets(profile);
  return Object.fromEntries(names.map((name) => [name, 'placeholder']));
}
