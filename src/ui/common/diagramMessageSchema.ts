/** Schemas of the messages from the diagram page to the host. The webview imports the type alone. */

import * as z from 'zod';

/** From the page to the host; a bad one is logged and dropped. */
export const diagramReplySchema = z.discriminatedUnion('type', [
  /** The page stands, or its colours have changed: it asks what to show. It draws nothing unasked. */
  z.object({ type: z.literal('ready') }),
  /** The page shows the drawing, what is wrong with its source, or that drawing it was stopped. */
  z.object({ type: z.literal('done'), id: z.number() }),
  /** The user wants the stopped drawing to be tried again. */
  z.object({ type: z.literal('again') }),
]);

export type DiagramReply = z.infer<typeof diagramReplySchema>;
