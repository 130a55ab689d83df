/** What one panel attaches: answers the list behind `#`, takes in what was chosen, dropped or pasted, and acts on what is attached. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { HostMessage } from '../../chat/common/protocol.ts';
import type { ViewMessage } from '../../chat/common/protocolSchema.ts';
import type { ChatView } from '../../chat/host/chatView.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import { type ContextSources, selectionId } from './contextSources.ts';
import { toLooseAttachment } from './documentAttachment.ts';
import { openAttachment } from './editorContext.ts';
import { toImageAttachment } from './images.ts';

export interface ContextPanelDependencies {
  sources: ContextSources;
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'tray'>;
  post(message: Extract<HostMessage, { type: 'context-results' }>): void;
}

/** The handlers throw with a message in the user's language when something can't be attached. */
export function createContextPanel({ sources, view: { chats, tray }, post }: ContextPanelDependencies) {
  let searching = new AbortController();
  const handlers = {
    async 'context-search'({ query }) {
      searching.abort();
      searching = new AbortController();
      const { signal } = searching;
      const send = (items: Awaited<ReturnType<ContextSources['search']>>): void => {
        if (!signal.aborted) post({ type: 'context-results', query, items });
      };
      send(await sources.search(query, signal, send));
    },
    'context-pick': async ({ id }) => tray.add(await sources.resolve(id), { live: id === selectionId }),
    'context-drop': async ({ uris }) =>
      tray.add(await sources.fromUris(uris.map((uri) => vscode.Uri.parse(uri)))),
    'image-add': ({ name, data }) =>
      tray.add([toImageAttachment(Buffer.from(data, 'base64'), { path: name, uri: '' })]),
    'text-add': ({ id, text }) =>
      tray.add([{ ...toLooseAttachment('clipboard', l10n.t('Pasted text'), text), id }]),
    'attachment-remove': ({ id }) => tray.remove(id),
    'attachment-change': ({ action, id }) => tray.change(action, id),
    'attachment-open'({ id }) {
      const attachment = tray.find(id) ?? chats.current.findAttachment(id);
      return attachment && openAttachment(attachment);
    },
  } satisfies Partial<Handlers<ViewMessage>>;
  return { handlers, dispose: () => searching.abort() };
}
