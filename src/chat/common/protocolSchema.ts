/** What the panel says to its host: schemas, and the types that follow from them. The webview imports the types alone. */

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

/** What every page with answers says. */
export const answerMessages = [
  z.object({ type: z.literal('text-copy'), text }),
  /** The host shows the address before anything opens. */
  z.object({ type: z.literal('link-open'), href: z.string().max(8000) }),
  /** Open a place in a file, written as `formatFileReference` does. */
  z.object({ type: z.literal('file-open'), reference: z.string().max(500) }),
  /** Send `files-found`: which of these places are there. */
  z.object({
    type: z.literal('files-resolve'),
    references: z.array(z.string().max(500)).max(2000).readonly(),
  }),
  /** Draw the source of a Mermaid block, in a page of its own. */
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

/** From the view to the host; validated on arrival, a bad one is logged and dropped. */
export const viewMessageSchema = z.discriminatedUnion('type', [
  ...answerMessages,
  z.object({ type: z.literal('view-ready') }),
  /** The user works in this panel, among several. */
  z.object({ type: z.literal('view-focus') }),
  /** While an answer is coming, the question waits in the queue. */
  z.object({ type: z.literal('turn-submit'), text }),
  z.object({ type: z.literal('turn-stop') }),
  /** Ask the same question again, as a branch of its own, of the same or another model (`ModelChoice.ref`). */
  z.object({ type: z.literal('turn-retry'), turnId: id, modelRef: id.optional() }),
  /** Ask another question in this one's place, as a branch of its own. */
  z.object({ type: z.literal('turn-edit'), turnId: id, text }),
  /** Ask several models its question, in a tab where their answers stand side by side. */
  z.object({ type: z.literal('turn-compare'), turnId: id }),
  /** Let an answer that was cut off go on. */
  z.object({ type: z.literal('turn-continue'), turnId: id }),
  /** Show the branch that leads through this turn. */
  z.object({ type: z.literal('branch-select'), turnId: id }),
  /** Send more turns from before or after the given one, which the view has. */
  z.object({ type: z.literal('turns-load'), place: z.enum(['before', 'after']), turnId: id }),
  /** Send the part of the conversation around this turn; `null`: its end. */
  z.object({ type: z.literal('turns-show'), turnId: id.nullable() }),
  /** The queued question: send it now, take it back into the composer, or drop it. */
  z.object({ type: z.literal('queue-change'), action: z.enum(['send', 'edit', 'remove']) }),
  z.object({ type: z.literal('chat-new') }),
  /** Sent as the user types (at most every 300 ms), so that no draft is lost. */
  z.object({ type: z.literal('draft-change'), text }),
  z.object({ type: z.literal('attachment-remove'), id }),
  /** Read it again; keep it as it is now, while the editor moves on; send it though it was held back. */
  z.object({ type: z.literal('attachment-change'), action: z.enum(['refresh', 'pin', 'confirm']), id }),
  /** Show where the code came from; `id` may be one of the composer or of any turn. */
  z.object({ type: z.literal('attachment-open'), id }),
  /** Send `context-results` for what stands behind `#`. */
  z.object({ type: z.literal('context-search'), query }),
  /** Attach a `ContextChoice`. */
  z.object({ type: z.literal('context-pick'), id: z.string().min(1).max(4000) }),
  /** Attach what was dropped, as URIs. */
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
  /** A `ModelChoice.ref`, or what the user typed: a model id of the current connection. */
  z.object({ type: z.literal('model-select'), ref: id }),
  z.object({ type: z.literal('parameters-change'), parameters: modelParametersSchema }),
  /** For this conversation alone; empty: the one of the settings. */
  z.object({ type: z.literal('system-prompt-change'), text }),
  /** Put a summary in the place of the turns that do not fit any more. */
  z.object({ type: z.literal('context-summarise') }),
  /** The user has read `ComposerState.notice` and does not want to see it again. */
  z.object({ type: z.literal('notice-dismiss'), id }),
  /** Offer what the turn asked as a program. */
  z.object({ type: z.literal('program-copy'), turnId: id }),
  /** Send `find-results`. */
  z.object({ type: z.literal('find-run'), query }),
  /** Send `history-list`, now and when something changes, until `history-close`. */
  z.object({ type: z.literal('history-search'), query }),
  z.object({ type: z.literal('history-close') }),
  z.object({ type: z.literal('history-run'), action: z.enum(historyActions), id }),
  /** An empty title: the proposed one. */
  z.object({ type: z.literal('history-rename'), id, title: z.string().max(1000) }),
  z.object({ type: z.literal('history-import') }),
]);

export type ViewMessage = z.infer<typeof viewMessageSchema>;
