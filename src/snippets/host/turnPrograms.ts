/** The programs that ask what a turn asked. */

import { type Conversation, type Turn, turnsUpTo } from '../../chat/common/conversation.ts';
import { assembleRequest } from '../../chat/common/turn.ts';
import { toConnection } from '../../connections/host/connections.ts';
import { keyVariableOf } from '../../connections/host/environmentKeys.ts';
import type { Models } from '../../connections/host/models.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { ConnectionProfile, Secrets } from '../../providers/common/connectionProfile.ts';
import type { ProgramRequest } from '../../providers/common/programRequest.ts';
import { describeRequest } from '../../providers/describeRequest.ts';
import { requiredSecrets } from '../../providers/secrets/profileSecrets.ts';
import { type ProgramTarget, targetsFor } from '../common/targets.ts';

export interface TurnProgram {
  target: ProgramTarget;
  request: ProgramRequest;
}

export interface TurnToWrite {
  conversation: Conversation;
  turn: Turn;
  systemPrompt: string;
  models: Pick<Models, 'describe' | 'profileOf'>;
  /** Whether a key is set where none is needed. */
  hasOptionalKey: boolean;
}

/**
 * Streamed ones first. What a platform takes in one way only has no program for the other; throws the `ChatError` of a
 * request that it takes in neither. No key is read for it.
 */
export function programsOf({ turn, ...context }: TurnToWrite): TurnProgram[] {
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
  const programs: TurnProgram[] = [];
  let refusal: ChatError | undefined;
  for (const stream of [true, false]) {
    try {
      const parameters = { ...request.parameters, stream };
      const described = {
        ...describeRequest(connection, info.id, { ...request, parameters }),
        keyVariable: keyVariableOf(profile),
      };
      programs.push(...targetsFor(described).map((target) => ({ target, request: described })));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      refusal ??= error;
    }
  }
  if (refusal && programs.length === 0) throw refusal;
  return programs;
}

/** Programs take their keys from the environment: the real ones are not even looked at. */
function placeholders(profile: ConnectionProfile, hasOptionalKey: boolean): Secrets {
  const names = hasOptionalKey ? (['apiKey'] as const) : requiredSecrets(profile);
  return Object.fromEntries(names.map((name) => [name, 'placeholder']));
}
