/** Handles a panel's messages about context: search for `#`, what is picked, dropped or pasted, and actions on attachments. */

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
  view: Pick<ChatView, 'chats' | 'attachments'>;
  post(message: Extract<HostMessage, { type: 'context-results' }>): void;
}

/** The handlers throw with a message in the user's language when something can't be attached. */
export function createContextPanel({
  sources,
  view: { chats, attachments },
  post,
}: ContextPanelDependencies) {
  let searching = new AbortController();
  const handlers = {
    async 'context-search'({ query }) {
      searching.abort();
      searching = new AbortController();
      const { signal } = searching;
      const send = (items: Awaited<ReturnType<ContextSources['search']>>): void => {
        const isPartial = query.trim() !== '' && sources.isListing === true;
        if (!signal.aborted) post({ type: 'context-results', query, items, isPartial });
      };
      send(await sources.search(query, signal, send));
    },
    'context-pick': async ({ id }) =>
      attachments.add(await sources.resolve(id), { implicit: id === selectionId }),
    'context-drop': async ({ uris }) =>
      attachments.add(await sources.fromUris(uris.map((uri) => vscode.Uri.parse(uri)))),
    'image-add': ({ name, data }) =>
      attachments.add([toImageAttachment(Buffer.from(data, 'base64'), { path: name, uri: '' })]),
    'text-add': ({ id, text }) =>
      attachments.add([{ ...toLooseAttachment('clipboard', l10n.t('Pasted text'), text), id }]),
    'attachment-remove': ({ id }) => attachments.remove(id),
    'attachment-change': ({ action, id }) => attachments.change(action, id),
    'attachment-open'({ id }) {
      const attachment = attachments.find(id) ?? chats.current.findAttachment(id);
      return attachment && openAttachment(attachment);
    },
  } satisfies Partial<Handlers<ViewMessage>>;
  return { handlers, dispose: () => searching.abort() };
}
