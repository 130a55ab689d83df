/** What the panel says about its composer: the draft, the model and its parameters, the system prompt, notices. */

import { selectModel } from '../../connections/host/modelPicker.ts';
import type { Models } from '../../connections/host/models.ts';
import { writeParameters } from '../../connections/host/parameterSettings.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import type { ViewMessage } from '../common/protocolSchema.ts';
import type { ChatView } from './chatView.ts';
import type { Notices } from './notices.ts';

export interface ComposerDependencies {
  /** The chat that the panel shows. */
  view: Pick<ChatView, 'chats' | 'composer' | 'meter'>;
  models: Models;
  notices: Pick<Notices, 'dismiss'>;
}

/** `settled` resolves when the settings are written that are being changed. Never rejects. */
export function createComposerHandlers({ view, models, notices }: ComposerDependencies) {
  const { chats, composer, meter } = view;
  let settling: Promise<unknown> = Promise.resolve();
  const settle = (written: Promise<void>): Promise<void> => {
    settling = Promise.allSettled([settling, written]);
    return written;
  };
  const handlers = {
    'draft-change'({ text }) {
      composer.draft = text;
    },
    'notice-dismiss': ({ id }) => notices.dismiss(id),
    'model-select': ({ ref }) => settle(selectModel(ref, { chats, models })),
    'parameters-change'({ parameters }) {
      const session = chats.current;
      if (session.conversation.turns.length > 0) session.changeSettings({ parameters });
      return settle(writeParameters(parameters));
    },
    'system-prompt-change': ({ text }) => chats.current.changeSettings({ systemPrompt: text || undefined }),
    'context-summarise': () => meter.summarise(),
  } satisfies Partial<Handlers<ViewMessage>>;
  return { handlers, settled: () => settling };
}
