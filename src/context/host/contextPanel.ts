/** What one panel attaches: answers the list behind `#`, and takes in what was chosen, dropped or pasted. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { HostMessage } from '../../chat/common/protocol.ts';
import type { ViewMessage } from '../../chat/common/protocolSchema.ts';
import type { AttachmentTray } from './attachmentTray.ts';
import { type ContextSources, selectionId } from './contextSources.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import { toImageAttachment } from './images.ts';

const types = ['context-search', 'context-pick', 'context-drop', 'image-add', 'text-add'] as const;

export type ContextMessage = Extract<ViewMessage, { type: (typeof types)[number] }>;

export function isContextMessage(message: ViewMessage): message is ContextMessage {
  return types.some((type) => type === message.type);
}

export interface ContextPanel extends vscode.Disposable {
  /** Throws with a message in the user's language when something can't be attached. */
  receive(message: ContextMessage): Promise<void>;
}

export function createContextPanel(
  { sources, tray }: { sources: ContextSources; tray: AttachmentTray },
  post: (message: HostMessage) => void,
): ContextPanel {
  let searching = new AbortController();
  const search = async (query: string): Promise<void> => {
    searching.abort();
    searching = new AbortController();
    const { signal } = searching;
    const send = (items: Awaited<ReturnType<ContextSources['search']>>): void => {
      if (!signal.aborted) post({ type: 'context-results', query, items });
    };
    send(await sources.search(query, signal, send));
  };
  return {
    async receive(message) {
      switch (message.type) {
        case 'context-search':
          return search(message.query);
        case 'context-pick': {
          return tray.add(await sources.resolve(message.id), { live: message.id === selectionId });
        }
        case 'context-drop':
          return tray.add(await sources.fromUris(message.uris.map((uri) => vscode.Uri.parse(uri))));
        case 'image-add':
          return tray.add([
            toImageAttachment(Buffer.from(message.data, 'base64'), { path: message.name, uri: '' }),
          ]);
        case 'text-add': {
          const { id, text } = message;
          return tray.add([{ ...toLooseAttachment('clipboard', l10n.t('Pasted text'), text), id }]);
        }
      }
    },
    dispose: () => searching.abort(),
  };
}
