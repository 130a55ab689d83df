/** The host's end of one panel: validates what the view says, acts on it, and answers with events. */

import * as vscode from 'vscode';
import type { HostMessage, PanelAction, ViewMessage } from '../core/protocol.ts';
import { viewMessageSchema } from '../core/protocolSchema.ts';
import type { AppParts } from './app.ts';
import type { CommandId } from './commandHandlers.ts';
import { openAttachment } from './editorContext.ts';
import { panelStrings } from './panelStrings.ts';
import { writeParameters } from './parameterSettings.ts';
import { reportFailure } from './reportFailure.ts';
import { readModelSetting, writeModelSetting } from './settings.ts';
import { toTurnView } from './views.ts';

export interface PanelConnection {
  /** Dropped while the view is not there: it asks with `view-ready` and gets a snapshot. */
  post(message: HostMessage): void;
  /** Whatever came from the view. */
  receive(message: unknown): Promise<void>;
  dispose(): void;
}

export interface PanelParts extends AppParts {
  run(command: CommandId): Promise<void>;
}

export function connectPanel(webview: vscode.Webview, parts: PanelParts): PanelConnection {
  let ready = false;
  /** Settings that are being written: a question sent right after must already see them. */
  let settling: Promise<unknown> = Promise.resolve();
  const post = (message: HostMessage): void => {
    if (ready) void webview.postMessage(message);
  };
  const sendSnapshot = async (): Promise<void> => {
    const { session, composer, models } = parts;
    const state = await composer.state();
    ready = true;
    // No `await` between here and the post: what the answer adds later comes as deltas.
    const turns = session.conversation.turns.map((turn) => toTurnView(turn, models));
    post({ type: 'snapshot', strings: panelStrings(), composer: state, draft: composer.draft, turns });
  };
  const handle = async (message: ViewMessage): Promise<void> => {
    if (message.type === 'view-ready') return sendSnapshot();
    if (message.type === 'turn-submit' || message.type === 'turn-retry') await settling;
    const done = act(message, parts, post);
    if (message.type === 'model-select' || message.type === 'parameters-change') {
      settling = Promise.allSettled([settling, done]);
    }
    await done;
  };
  return {
    post,
    async receive(raw) {
      const { data: message, error } = viewMessageSchema.safeParse(raw);
      if (!message) {
        parts.log.warn(
          `A message of the panel was dropped: ${error?.issues.map((issue) => issue.message).join('; ')}`,
        );
        return;
      }
      try {
        await handle(message);
      } catch (failure) {
        await reportFailure(parts.log, message.type, failure);
      }
    },
    dispose: () => {
      ready = false;
    },
  };
}

async function act(
  message: Exclude<ViewMessage, { type: 'view-ready' }>,
  parts: PanelParts,
  post: (message: HostMessage) => void,
): Promise<void> {
  const { session, composer, models } = parts;
  switch (message.type) {
    case 'turn-submit':
      // Another panel, or the palette, may have asked at the same moment: then the text comes back.
      if (!session.busy) session.submit(message.text, composer.take());
      else {
        composer.draft = message.text;
        post({ type: 'composer-focus', text: message.text });
      }
      return;
    case 'turn-stop':
      return session.stop();
    case 'turn-retry':
      return session.retry(message.turnId);
    case 'chat-new':
      return parts.run('qiao.newChat');
    case 'draft-change':
      composer.draft = message.text;
      return;
    case 'notice-dismiss':
      return parts.notices.dismiss(message.id);
    case 'attachment-remove':
      return composer.remove(message.id);
    case 'attachment-open': {
      const attachment = composer.find(message.id) ?? session.findAttachment(message.id);
      return attachment && openAttachment(attachment);
    }
    case 'model-select':
      return writeModelSetting(models.normalizeTyped(message.ref, readModelSetting()));
    case 'parameters-change':
      return writeParameters(message.parameters);
    case 'action-run':
      return runAction(message.action, message.turnId, parts);
    case 'text-copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'link-open':
      return openLink(message.href);
  }
}

const actionCommands: Record<Exclude<PanelAction, 'retry'>, CommandId> = {
  'set-api-key': 'qiao.setApiKey',
  'try-demo': 'qiao.tryDemo',
  'test-connection': 'qiao.testConnection',
  'open-settings': 'qiao.openSettings',
  'show-log': 'qiao.showLog',
  'attach-selection': 'qiao.attachSelection',
  'migrate-profile': 'qiao.migrateConnection',
  'manage-connections': 'qiao.manageConnections',
};

async function runAction(action: PanelAction, turnId: string | undefined, parts: PanelParts): Promise<void> {
  if (action !== 'retry') return parts.run(actionCommands[action]);
  if (turnId !== undefined) parts.session.retry(turnId);
}

/** VS Code itself shows the address and asks, unless the user trusts its domain. */
async function openLink(href: string): Promise<void> {
  if (!URL.canParse(href) || !/^(https?|mailto):$/.test(new URL(href).protocol)) return;
  await vscode.env.openExternal(vscode.Uri.parse(href, true));
}
