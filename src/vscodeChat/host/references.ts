/** Converts references in VS Code's chat to attachments. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { ContextSources } from '../../context/host/contextSources.ts';
import { toAttachment, toLooseAttachment } from '../../context/host/documentAttachment.ts';
import { toImageAttachment } from '../../context/host/images.ts';
import { readableDocument } from '../../context/host/readUri.ts';

export interface Referenced {
  /** Added by the user. */
  named: readonly Attachment[];
  /** Implicit context that VS Code adds: the selection or the open file. */
  implicit: readonly Attachment[];
}

/** In the order of the question, without duplicates. Throws with a message in the user's language. */
export async function toAttachments(
  references: readonly vscode.ChatPromptReference[],
  sources: Pick<ContextSources, 'fromUris'>,
): Promise<Referenced> {
  const read = async (wanted: readonly vscode.ChatPromptReference[]): Promise<Attachment[]> => {
    const attachments: Attachment[] = [];
    // VS Code passes the last reference first.
    for (const reference of wanted.toReversed())
      attachments.push(...(await fromReference(reference, sources)));
    return attachments;
  };
  const named = onePerPlace(await read(references.filter((reference) => !isImplicit(reference))));
  const implicit = await read(references.filter(isImplicit));
  return { named, implicit: implicit.filter((one) => !named.some((other) => isSamePlace(one, other))) };
}

function isImplicit({ id }: vscode.ChatPromptReference): boolean {
  return id.startsWith('vscode.implicit');
}

function onePerPlace(attachments: readonly Attachment[]): Attachment[] {
  return attachments.filter(
    (one, index) => !attachments.slice(0, index).some((other) => isSamePlace(one, other)),
  );
}

function isSamePlace(one: Attachment, other: Attachment): boolean {
  if (one.uri === '' || one.uri !== other.uri) return false;
  return one.startLine === other.startLine && one.endLine === other.endLine;
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

/** Reads a pasted image, whose class is not in the typings. */
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
