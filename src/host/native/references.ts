/** What a user attached to a message in VS Code's chat, as attachments of Qiao's own. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Attachment } from '../../core/conversation.ts';
import type { ContextSources } from '../context/contextSources.ts';
import { toAttachment, toLooseAttachment } from '../context/documentAttachment.ts';
import { toImageAttachment } from '../context/images.ts';
import { readableDocument } from '../context/readUri.ts';

/** In the order in which they stand in the question. Throws with a message in the user's language. */
export async function toAttachments(
  references: readonly vscode.ChatPromptReference[],
  sources: Pick<ContextSources, 'fromUris'>,
): Promise<Attachment[]> {
  const attachments: Attachment[] = [];
  // VS Code gives the last one first.
  for (const reference of references.toReversed())
    attachments.push(...(await fromReference(reference, sources)));
  return attachments;
}

async function fromReference(
  { value, modelDescription, id }: vscode.ChatPromptReference,
  sources: Pick<ContextSources, 'fromUris'>,
): Promise<readonly Attachment[]> {
  if (value instanceof vscode.Uri) return sources.fromUris([value]);
  if (value instanceof vscode.Location)
    return [toAttachment(await readableDocument(value.uri), value.range, 'selection')];
  if (typeof value === 'string') return [toLooseAttachment('clipboard', modelDescription ?? id, value)];
  const image = imageOf(value);
  if (!image) return [];
  return [toImageAttachment(await image(), { path: l10n.t('Image'), uri: '' })];
}

/** An image that was pasted: its class is not in the typings. */
function imageOf(value: unknown): (() => Promise<Uint8Array>) | undefined {
  if (typeof value !== 'object' || value === null || !('mimeType' in value) || !('data' in value))
    return undefined;
  const { mimeType, data } = value;
  if (typeof mimeType !== 'string' || !mimeType.startsWith('image/') || typeof data !== 'function')
    return undefined;
  return async () => {
    const bytes: unknown = await data.call(value);
    return bytes instanceof Uint8Array ? bytes : new Uint8Array();
  };
}
