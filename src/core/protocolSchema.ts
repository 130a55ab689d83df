/** Schemas for what the view sends; kept apart because zod must not reach the webview's bundle. */

import * as z from 'zod';
import { modelParametersSchema } from './chatModelSchema.ts';
import { panelActions, type ViewMessage } from './protocol.ts';

const id = z.string().min(1).max(200);
/** Far above what a person types, far below what would hurt. */
const text = z.string().max(4_000_000);

export const viewMessageSchema: z.ZodType<ViewMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view-ready') }),
  z.object({ type: z.literal('turn-submit'), text }),
  z.object({ type: z.literal('turn-stop') }),
  z.object({ type: z.literal('turn-retry'), turnId: id }),
  z.object({ type: z.literal('chat-new') }),
  z.object({ type: z.literal('draft-change'), text }),
  z.object({ type: z.literal('attachment-remove'), id }),
  z.object({ type: z.literal('attachment-open'), id }),
  z.object({ type: z.literal('model-select'), ref: id }),
  z.object({ type: z.literal('parameters-change'), parameters: modelParametersSchema }),
  z.object({ type: z.literal('action-run'), action: z.enum(panelActions), turnId: id.optional() }),
  z.object({ type: z.literal('notice-dismiss'), id }),
  z.object({ type: z.literal('text-copy'), text }),
  z.object({ type: z.literal('link-open'), href: z.string().max(8000) }),
]);
