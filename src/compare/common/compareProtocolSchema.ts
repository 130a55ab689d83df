/** Schemas for what the page of a comparison sends; kept apart because zod must not reach the webview's bundle. */

import * as z from 'zod';
import { codeActions, longestText, panelActions } from '../../chat/common/protocol.ts';
import { longestDiagram } from '../../ui/common/diagramMessage.ts';
import { type CompareViewMessage, exportFormats } from './compareProtocol.ts';
import { fewestColumns, mostColumns } from './comparison.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(longestText);

export const compareViewMessageSchema: z.ZodType<CompareViewMessage> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('view-ready') }),
  z.object({ type: z.literal('text-copy'), text }),
  z.object({ type: z.literal('link-open'), href: z.string().max(8000) }),
  z.object({ type: z.literal('file-open'), reference: z.string().max(500) }),
  z.object({ type: z.literal('files-resolve'), references: z.array(z.string().max(500)).max(2000) }),
  z.object({ type: z.literal('diagram-show'), source: z.string().max(longestDiagram) }),
  z.object({
    type: z.literal('code-run'),
    action: z.enum(codeActions),
    turnId: id,
    code: text,
    language: z.string().max(200),
  }),
  z.object({ type: z.literal('action-run'), action: z.enum(panelActions), turnId: id.optional() }),
  z.object({ type: z.literal('columns-change'), models: z.array(id).min(fewestColumns).max(mostColumns) }),
  z.object({ type: z.literal('question-ask'), text }),
  z.object({ type: z.literal('run-start'), failed: z.boolean() }),
  z.object({ type: z.literal('run-stop') }),
  z.object({ type: z.literal('question-open'), questionId: id.nullable() }),
  z.object({ type: z.literal('answer-retry'), questionId: id, columnId: id }),
  z.object({ type: z.literal('best-mark'), questionId: id, columnId: id.nullable() }),
  z.object({ type: z.literal('panel-continue'), questionId: id, columnId: id }),
  z.object({ type: z.literal('export-run'), format: z.enum(exportFormats) }),
]);
