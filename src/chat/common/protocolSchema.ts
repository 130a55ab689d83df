/** Schemas and types of the messages from the panel to the host. The webview imports only the types. */

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
} from './protocol.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(longestText);
const query = z.string().max(1000);

/** Messages of every page with answers. */
export const answerMessages = [
  z.object({ type: z.literal('text-copy'), text }),
  /** The host shows the URL before it opens. */
  z.object({ type: z.literal('link-open'), href: z.string().max(8000) }),
  /** Open a place in a file, written as `formatFileReference` does. */
  z.object({ type: z.literal('file-open'), reference: z.string().max(500) }),
  /** Send `files-found`: which of these places exist. */
  z.object({
    type: z.literal('files-resolve'),
    references: z.array(z.string().max(500)).max(2000).readonly(),
  }),
  /** Draw the source of a Mermaid block in a page of its own. */
  z.object({ type: z.literal('diagram-show'), source: z.string().max(longestDiagram) }),
  /** Use the code of an answer; `turnId` is the turn that holds it, `language` the info string of its fence. */
  z.object({
    type: z.literal('code-run'),
    action: z.enum(codeActions),
    turnId: id,
    code: text,
    language: z.string().max(200),
  }),
  /** A button of an error card or a notice; `turnId` is the turn it is about, in a comparison the column. */
  z.object({ type: z.literal('action-run'), action: z.enum(panelActions), turnId: id.optional() }),
] as const;

export type AnswerMessage = z.infer<(typeof answerMessages)[number]>;

/** From the view to the host. An invalid message is logged and dropped. */
export const viewMessageSchema = z.discriminatedUnion('type', [
  ...answerMessages,
  z.object({ type: z.literal('view-ready') }),
  /** The user works in this panel. */
  z.object({ type: z.literal('view-focus') }),
  /** While an answer is running, the question is queued. */
  z.object({ type: z.literal('turn-submit'), text }),
  z.object({ type: z.literal('turn-stop') }),
  /** Ask the same question again in a new branch, of the same or another model (`ModelChoice.ref`). */
  z.object({ type: z.literal('turn-retry'), turnId: id, modelRef: id.optional() }),
  /** Ask an edited question in a new branch. */
  z.object({ type: z.literal('turn-edit'), turnId: id, text }),
  /** Ask several models the turn's question, in a tab with their answers side by side. */
  z.object({ type: z.literal('turn-compare'), turnId: id }),
  /** Continue an answer that was cut off. */
  z.object({ type: z.literal('turn-continue'), turnId: id }),
  /** Show the branch that leads through this turn. */
  z.object({ type: z.literal('branch-select'), turnId: id }),
  /** Send more turns from before or after the given one, which the view has. */
  z.object({ type: z.literal('turns-load'), place: z.enum(['before', 'after']), turnId: id }),
  /** Send the turns around this one; `null`: the last turns. */
  z.object({ type: z.literal('turns-show'), turnId: id.nullable() }),
  /** Send the queued question now, move it back into the composer, or remove it. */
  z.object({ type: z.literal('queue-change'), action: z.enum(['send', 'edit', 'remove']) }),
  z.object({ type: z.literal('chat-new') }),
  /** Sent while the user types, at most every 300 ms. */
  z.object({ type: z.literal('draft-change'), text }),
  z.object({ type: z.literal('attachment-remove'), id }),
  /** Read it again; keep it as it is now, while the editor moves on; send it though it was held back. */
  z.object({ type: z.literal('attachment-change'), action: z.enum(['refresh', 'pin', 'confirm']), id }),
  /** Open the source of an attachment of the composer or of any turn. */
  z.object({ type: z.literal('attachment-open'), id }),
  /** Send `context-results` for the text after `#`. */
  z.object({ type: z.literal('context-search'), query }),
  /** Attach a `ContextChoice`. */
  z.object({ type: z.literal('context-pick'), id: z.string().min(1).max(4000) }),
  /** Attach dropped URIs. */
  z.object({ type: z.literal('context-drop'), uris: z.array(z.string().max(8000)).max(100).readonly() }),
  /** Attach a pasted or dropped image, in Base64. */
  z.object({
    type: z.literal('image-add'),
    name: z.string().max(1000),
    mimeType: z.string().max(100),
    data: z.string().max(longestImage),
  }),
  /** Attach a pasted or dropped text that is too long for a question; `id` is that of the attachment. */
  z.object({
    type: z.literal('text-add'),
    id: z.string().regex(/^paste-[\d-]{7,50}$/),
    text: z.string().min(1).max(longestPaste),
  }),
  /** A `ModelChoice.ref`, or a typed model id of the current connection. */
  z.object({ type: z.literal('model-select'), ref: id }),
  z.object({ type: z.literal('parameters-change'), parameters: modelParametersSchema }),
  /** For this conversation; empty: use the user setting. */
  z.object({ type: z.literal('system-prompt-change'), text }),
  /** Replace the turns that no longer fit with a summary. */
  z.object({ type: z.literal('context-summarise') }),
  /** Never show this `ComposerState.notice` again. */
  z.object({ type: z.literal('notice-dismiss'), id }),
  /** Offer the turn's request as a code snippet. */
  z.object({ type: z.literal('snippet-copy'), turnId: id }),
  /** Send `find-results`. */
  z.object({ type: z.literal('find-run'), query }),
  /**
   * Send `history-list`, now and after each change, until `history-close` or the next of these: the part of the list that
   * begins with entry number `from` (else 0), or earlier at the list's end. `here`: of this folder alone.
   */
  z.object({
    type: z.literal('history-search'),
    query,
    here: z.boolean().optional(),
    from: z.int().min(0).optional(),
  }),
  z.object({ type: z.literal('history-close') }),
  z.object({ type: z.literal('history-run'), action: z.enum(historyActions), id }),
  /** An empty title: the proposed one. */
  z.object({ type: z.literal('history-rename'), id, title: z.string().max(1000) }),
  z.object({ type: z.literal('history-import') }),
]);

export type ViewMessage = z.infer<typeof viewMessageSchema>;
