/** Keeps what is attached to the next question across a reload of the window: where it came from, and never a secret. */

import type { Memento } from 'vscode';
import * as z from 'zod';
import type { Attachment } from '../../chat/common/conversation.ts';
import { attachmentSchema } from '../../chat/common/conversationSchema.ts';

export interface RememberedChip {
  /** Without its text, or its picture, where that is read again or was not to be kept. */
  attachment: Attachment;
  /** It follows the editor. */
  live: boolean;
}

export interface ChipMemory {
  /** What stood there when the window closed. */
  read(): readonly RememberedChip[];
  /** `isSecret`: of it nothing but the place is kept. Written a moment later, as the chips change with each key. */
  write(chips: readonly (RememberedChip & { isSecret: boolean })[]): void;
  /** Writes what is still to be written. */
  flush(): void;
}

const name = 'qiao.chips';
const writeDelayMs = 300;

const savedSchema = z.array(z.object({ attachment: attachmentSchema, live: z.boolean() }));

/** What is stored there and can't be read counts as nothing. */
export function createChipMemory(memory: Pick<Memento, 'get' | 'update'>): ChipMemory {
  let timer: NodeJS.Timeout | undefined;
  let unwritten: readonly RememberedChip[] | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (unwritten) void memory.update(name, unwritten.length > 0 ? unwritten : undefined);
    unwritten = undefined;
  };
  return {
    read: () => savedSchema.safeParse(memory.get(name)).data ?? [],
    write(chips) {
      unwritten = chips.map(({ attachment, live, isSecret }) => ({
        attachment: isSecret || isReadAgain(attachment) ? withoutContent(attachment) : attachment,
        live,
      }));
      timer ??= setTimeout(flush, writeDelayMs);
    },
    flush,
  };
}

/** Of all else the place alone is not enough, or not yet: language servers, notebooks and drafts come late. */
function isReadAgain({ kind, uri }: Attachment): boolean {
  return wholeKinds.has(kind) && uri !== '' && !uri.startsWith('untitled:');
}

const wholeKinds: ReadonlySet<Attachment['kind']> = new Set(['file', 'folder', 'image']);

function withoutContent({ image: _, ...attachment }: Attachment): Attachment {
  return { ...attachment, text: '' };
}
