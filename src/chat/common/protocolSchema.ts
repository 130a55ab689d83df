/** Schemas for what the view sends; kept apart because zod must not reach the webview's bundle. */

import * as z from 'zod';
import { modelParametersSchema } from '../../llm/chatModelSchema.ts';
import { longestDiagram } from '../../ui/common/diagramMessage.ts';
import {
  codeActions,
  historyActions,
  longestImage,
  longestPaste,
  longestText,
  panelActions,
  type ViewMessage,
} from './protocol.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(longestText);
const query = z.string().max(1000);

export const viewMessageSchema: z.ZodType<ViewMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view-ready') }),
  z.object({ type: z.literal('view-focus') }),
  z.object({ type: z.literal('turn-submit'), text }),
  z.object({ type: z.literal('turn-stop') }),
  z.object({ type: z.literal('turn-retry'), turnId: id, modelRef: id.optional() }),
  z.object({ type: z.literal('turn-edit'), turnId: id, text }),
  z.object({ type: z.literal('turn-compare'), turnId: id }),
  z.object({ type: z.literal('turn-continue'), turnId: id }),
  z.object({ type: z.literal('branch-select'), turnId: id }),
  z.object({ type: z.literal('turns-load'), place: z.enum(['before', 'after']), turnId: id }),
  z.object({ type: z.literal('turns-show'), turnId: id.nullable() }),
  z.object({ type: z.literal('queue-change'), action: z.enum(['send', 'edit', 'remove']) }),
  z.object({ type: z.literal('chat-new') }),
  z.object({ type: z.literal('draft-change'), text }),
  z.object({ type: z.literal('attachment-remove'), id }),
  z.object({
    type: z.literal('attachment-change'),
    action: z.enum(['refresh', 'pin', 'confirm']),
    id,
  }),
  z.object({ type: z.literal('attachment-open'), id }),
  z.object({ type: z.literal('context-search'), query }),
  z.object({ type: z.literal('context-pick'), id: z.string().min(1).max(4000) }),
  z.object({ type: z.literal('context-drop'), uris: z.array(z.string().max(8000)).max(100) }),
  z.object({
    type: z.literal('image-add'),
    name: z.string().max(1000),
    mimeType: z.string().max(100),
    data: z.string().max(longestImage),
  }),
  z.object({
    type: z.literal('text-add'),
    id: z.string().regex(/^paste-[\d-]{7,50}$/),
    text: z.string().min(1).max(longestPaste),
  }),
  z.object({ type: z.literal('model-select'), ref: id }),
  z.object({ type: z.literal('parameters-change'), parameters: modelParametersSchema }),
  z.object({ type: z.literal('system-prompt-change'), text }),
  z.object({ type: z.literal('context-summarise') }),
  z.object({ type: z.literal('action-run'), action: z.enum(panelActions), turnId: id.optional() }),
  z.object({ type: z.literal('notice-dismiss'), id }),
  z.object({ type: z.literal('text-copy'), text }),
  z.object({ type: z.literal('program-copy'), turnId: id }),
  z.object({
    type: z.literal('code-run'),
    action: z.enum(codeActions),
    turnId: id,
    code: text,
    language: z.string().max(200),
  }),
  z.object({ type: z.literal('diagram-show'), source: z.string().max(longestDiagram) }),
  z.object({ type: z.literal('link-open'), href: z.string().max(8000) }),
  z.object({ type: z.literal('file-open'), reference: z.string().max(500) }),
  z.object({ type: z.literal('files-resolve'), references: z.array(z.string().max(500)).max(2000) }),
  z.object({ type: z.literal('find-run'), query }),
  z.object({ type: z.literal('history-search'), query }),
  z.object({ type: z.literal('history-close') }),
  z.object({ type: z.literal('history-run'), action: z.enum(historyActions), id }),
  z.object({ type: z.literal('history-rename'), id, title: z.string().max(1000) }),
  z.object({ type: z.literal('history-import') }),
]);
