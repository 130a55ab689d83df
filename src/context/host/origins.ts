/** Remembers how attachments were made, so that they can be made again and their files be judged. */

import type * as vscode from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';

export interface Origin {
  /** Makes it anew, under any id; `undefined` when there is nothing any more. */
  again(): Promise<Attachment | undefined>;
  /** Files that the text was taken from, besides the one of the attachment's own URI. */
  files?: readonly vscode.Uri[];
}

export interface Origins {
  remember(attachment: Attachment, origin: Origin): Attachment;
  of(attachment: Attachment): Origin | undefined;
}

/** More than anybody attaches to one question; older ones are read again by their URI, if they have one. */
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
