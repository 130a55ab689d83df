/** Schemas and types of the messages from a comparison's page; the page imports only the types. */

import * as z from 'zod';
import { longestText } from '../../chat/common/protocol.ts';
import { answerMessages } from '../../chat/common/protocolSchema.ts';
import { exportFormats } from './compareProtocol.ts';
import { fewestColumns, mostColumns } from './comparison.ts';

const id = z.string().min(1).max(200);

/** Invalid messages are logged and dropped. */
export const compareViewMessageSchema = z.discriminatedUnion('type', [
  ...answerMessages,
  z.object({ type: z.literal('view-ready') }),
  /** Two to four models, from left to right, by their references. */
  z.object({
    type: z.literal('columns-change'),
    models: z.array(id).min(fewestColumns).max(mostColumns).readonly(),
  }),
  /** Asks all columns a typed question. */
  z.object({ type: z.literal('question-ask'), text: z.string().max(longestText) }),
  /** Asks cells without an answer; `failed`: also failed ones. */
  z.object({ type: z.literal('run-start'), failed: z.boolean() }),
  z.object({ type: z.literal('run-stop') }),
  /** Requests `question-show`; `null` closes the question. */
  z.object({ type: z.literal('question-open'), questionId: id.nullable() }),
  /** Asks one model again and replaces its answer. */
  z.object({ type: z.literal('answer-retry'), questionId: id, columnId: id }),
  /** `null` removes the mark. */
  z.object({ type: z.literal('best-mark'), questionId: id, columnId: id.nullable() }),
  /** Continues from this answer in the panel. */
  z.object({ type: z.literal('panel-continue'), questionId: id, columnId: id }),
  z.object({ type: z.literal('export-run'), format: z.enum(exportFormats) }),
]);

export type CompareViewMessage = z.infer<typeof compareViewMessageSchema>;
