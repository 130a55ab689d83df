/** What the inspector's page says to its host: schemas, and the type that follows from them. The webview imports the type alone. */

import * as z from 'zod';
import { longestText } from '../../chat/common/protocol.ts';

/** From the page to the host; a bad one is logged and dropped. */
export const inspectRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('copy'), text: z.string() }),
  /** Without a body: the recorded one. */
  z.object({
    type: z.literal('replay'),
    number: z.number(),
    body: z
      .string()
      .max(4 * longestText)
      .optional(),
  }),
  /** Sends the turn's question again, whose record is gone. */
  z.object({ type: z.literal('send') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('export'), number: z.number() }),
]);

export type InspectRequest = z.infer<typeof inspectRequestSchema>;
