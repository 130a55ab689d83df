/** Remembers how attachments were made, to make them again and to check the files they came from. */

import type * as vscode from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';

export interface Origin {
  /** Makes the attachment again, with any id; `undefined` when its source is gone. */
  again(): Promise<Attachment | undefined>;
  /** Files whose text it contains, besides the attachment's own URI. */
  files?: readonly vscode.Uri[];
}

export interface Origins {
  remember(attachment: Attachment, origin: Origin): Attachment;
  of(attachment: Attachment): Origin | undefined;
}

/** Older attachments are read again by their URI, if they have one. */
const most = 500;

export function createOrigins(): Origins {
  const known = new Map<string, Origin>();
  return {
    remember(attachment, origin) {
      known.set(attachment.id, origin);
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
      return attachment;
    },
    of: ({ id }) => known.get(id),
  };
}
