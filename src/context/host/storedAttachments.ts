/** Keeps the attachments of a draft across a reload of the window; secrets are kept without their content. */

import type { Memento } from 'vscode';
import * as z from 'zod';
import type { Attachment } from '../../chat/common/conversation.ts';
import { attachmentSchema } from '../../chat/common/conversationSchema.ts';

export interface StoredAttachment {
  /** Without text or image when these are read again, or must not be kept. */
  attachment: Attachment;
  /** It follows the editor. */
  implicit: boolean;
}

export interface StoredAttachments {
  /** The attachments when the window closed; none when the stored data is invalid. */
  read(): readonly StoredAttachment[];
  /** Of an attachment with `isSecret`, stores only the location. Writes after a delay: attachments change with each key. */
  write(attachments: readonly (StoredAttachment & { isSecret: boolean })[]): void;
  /** Writes what is pending. */
  flush(): void;
}

/** The key and the member names in the Memento must not change: earlier versions wrote them. */
const key = 'qiao.chips';
const savedSchema = z.array(
  z
    .object({ attachment: attachmentSchema, live: z.boolean() })
    .transform(({ attachment, live }) => ({ attachment, implicit: live })),
);

const writeDelayMs = 300;

export function createStoredAttachments(state: Pick<Memento, 'get' | 'update'>): StoredAttachments {
  let timer: NodeJS.Timeout | undefined;
  let unwritten: readonly z.input<typeof savedSchema>[number][] | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (unwritten) void state.update(key, unwritten.length > 0 ? unwritten : undefined);
    unwritten = undefined;
  };
  return {
    read: () => savedSchema.safeParse(state.get(key)).data ?? [],
    write(attachments) {
      unwritten = attachments.map(({ attachment, implicit, isSecret }) => ({
        attachment: isSecret || isReadAgain(attachment) ? withoutContent(attachment) : attachment,
        live: implicit,
      }));
      timer ??= setTimeout(flush, writeDelayMs);
    },
    flush,
  };
}

/** Kinds that the user attaches by name, whole and without seeing their content. */
export const wholeKinds: ReadonlySet<Attachment['kind']> = new Set(['file', 'folder', 'image']);

/** Language servers, notebooks and drafts load late after a reload, so the text of other kinds is stored. */
function isReadAgain({ kind, uri }: Attachment): boolean {
  return wholeKinds.has(kind) && uri !== '' && !uri.startsWith('untitled:');
}

function withoutContent({ image: _, ...attachment }: Attachment): Attachment {
  return { ...attachment, text: '' };
}
