/** Stores turns in the result metadata that VS Code keeps with each answer, and reads them back. */

import type { ChatContext, ChatResult } from 'vscode';
import * as z from 'zod';
import type { Turn } from '../../chat/common/conversation.ts';
import { attachmentSchema } from '../../chat/common/conversationSchema.ts';
import { storedAnswerSchema } from '../../chat/common/exportSchema.ts';
import { fromStoredAnswer, toStoredAnswer } from '../../chat/common/storedAnswer.ts';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';

const turnSchema = z.object({
  id: z.string(),
  parentId: z.string().nullable(),
  question: z.string(),
  prompt: z.string().optional(),
  attachments: z.array(attachmentSchema),
  model: z.string(),
  parameters: modelParametersSchema,
  askedAt: z.number(),
  answer: storedAnswerSchema.transform(fromStoredAnswer),
});

/** One turn per answer; all turns of the panel's conversation when it is resumed. */
const metadataSchema = z.object({ turns: z.array(turnSchema) });

export function toMetadata(turns: readonly Turn[]): NonNullable<ChatResult['metadata']> {
  const stored = turns.map((turn) => ({ ...turn, answer: toStoredAnswer(turn.answer) }));
  // VS Code stores JSON: members that are `undefined` would not come back.
  return JSON.parse(JSON.stringify({ turns: stored }));
}

/** All readable turns, oldest first, each the parent of the next. */
export function turnsOf({ history }: Pick<ChatContext, 'history'>): Turn[] {
  const turns = history.flatMap((entry) =>
    'result' in entry ? (metadataSchema.safeParse(entry.result.metadata).data?.turns ?? []) : [],
  );
  const byId = new Map(turns.map((turn): [string, Turn] => [turn.id, turn]));
  return [...byId.values()].map((turn, index, all) => ({ ...turn, parentId: all[index - 1]?.id ?? null }));
}

export function turnsOfResult({ metadata }: ChatResult): readonly Turn[] {
  return metadataSchema.safeParse(metadata).data?.turns ?? [];
}
