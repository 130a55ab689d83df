/** What the page of a comparison says to its host: schemas, and the types that follow from them. The webview imports the types alone. */

import * as z from 'zod';
import { longestText } from '../../chat/common/protocol.ts';
import { answerMessages } from '../../chat/common/protocolSchema.ts';
import { exportFormats } from './compareProtocol.ts';
import { fewestColumns, mostColumns } from './comparison.ts';

const id = z.string().min(1).max(200);

/** From the page to the host; validated on arrival, a bad one is logged and dropped. */
export const compareViewMessageSchema = z.discriminatedUnion('type', [
  ...answerMessages,
  z.object({ type: z.literal('view-ready') }),
  /** Two to four models, from left to right, by their references. */
  z.object({
    type: z.literal('columns-change'),
    models: z.array(id).min(fewestColumns).max(mostColumns).readonly(),
  }),
  /** Asks a question of one's own, of all columns. */
  z.object({ type: z.literal('question-ask'), text: z.string().max(longestText) }),
  /** Asks what has no answer yet. `failed`: what failed as well. */
  z.object({ type: z.literal('run-start'), failed: z.boolean() }),
  z.object({ type: z.literal('run-stop') }),
  /** Send `question-show`. `null`: none is in sight any more. */
  z.object({ type: z.literal('question-open'), questionId: id.nullable() }),
  /** Asks one model again, in the place of the answer there is. */
  z.object({ type: z.literal('answer-retry'), questionId: id, columnId: id }),
  /** Without a column: none is the best. */
  z.object({ type: z.literal('best-mark'), questionId: id, columnId: id.nullable() }),
  /** Goes on with this answer in the panel, as a conversation. */
  z.object({ type: z.literal('panel-continue'), questionId: id, columnId: id }),
  z.object({ type: z.literal('export-run'), format: z.enum(exportFormats) }),
]);

export type CompareViewMessage = z.infer<typeof compareViewMessageSchema>;
