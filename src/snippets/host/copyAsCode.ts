/** Command _Copy as Code_: asks for the target and copies or opens the snippet. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import { showInformationMessage } from '../../base/host/window/messages.ts';
import { createQuickPick } from '../../base/host/window/quickInput.ts';
import type { Conversation, Turn } from '../../chat/common/conversation.ts';
import type { ChatViews } from '../../chat/host/chatViews.ts';
import { readForExport } from '../../chat/host/history/exportConversation.ts';
import type { History } from '../../chat/host/history/history.ts';
import type { Sessions } from '../../chat/host/sessions.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { Models } from '../../connections/host/models.ts';
import { readSystemPrompt } from '../../connections/host/settings.ts';
import { toErrorCard } from '../../errors/host/errorCard.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { Snippet, SnippetComments } from '../../providers/common/snippetRequest.ts';
import { hasSecrets, requiredSecrets } from '../../providers/secrets/profileSecrets.ts';
import { snippetsOf, type TurnSnippet } from './turnSnippets.ts';

export interface CopyAsCodeDependencies {
  views: Pick<ChatViews, 'active'>;
  sessions: Pick<Sessions, 'find'>;
  history: Pick<History, 'read'>;
  models: Pick<Models, 'describe' | 'profileOf'>;
  keys: Pick<KeyStore, 'get'>;
}

export interface WhatToCopy {
  /** Default: the open conversation. */
  conversationId?: string;
  /** Default: the last turn of the active branch. */
  turnId?: string;
}

interface Choice {
  snippet: TurnSnippet;
  way: 'copy' | 'open';
}

/** Validates the command's argument; invalid members count as absent. */
export function whatToCopy(value: unknown): WhatToCopy {
  if (typeof value !== 'object' || value === null) return {};
  return {
    conversationId: 'conversationId' in value ? textOf(value.conversationId) : undefined,
    turnId: 'turnId' in value ? textOf(value.turnId) : undefined,
  };
}

/** Throws a `UserError` if the platform would refuse the request. */
export async function copyAsCode(what: WhatToCopy, dependencies: CopyAsCodeDependencies): Promise<void> {
  const conversation = await find(what.conversationId, dependencies);
  if (!conversation) return;
  const turnId = what.turnId ?? conversation.headId;
  const turn = conversation.turns.find(({ id }) => id === turnId) ?? conversation.turns.at(-1);
  if (!turn) return;
  const choice = await choose(
    await list(conversation, turn, dependencies),
    dependencies.models.describe(turn.model).name,
  );
  if (!choice) return;
  const { target, request } = choice.snippet;
  const snippet = target.write(request, snippetComments());
  if (choice.way === 'open') return open(snippet);
  await vscode.env.clipboard.writeText(snippet.text);
  const label = l10n.t('Open in Editor');
  const message = l10n.t('The program was copied: {0}.', nameOf(choice.snippet));
  if ((await showInformationMessage(message, label)) === label) await open(snippet);
}

/** The last choice, selected the next time. */
let lastChoice = '';

const keyOf = ({ target, request }: TurnSnippet): string => `${target.id} ${request.streaming}`;
const nameOf = ({ target }: TurnSnippet): string => `${target.label} · ${target.library}`;

async function find(
  id: string | undefined,
  { views, sessions, history }: CopyAsCodeDependencies,
): Promise<Conversation | undefined> {
  const { current } = views.active.chats;
  const session = id === undefined ? current : sessions.find(id);
  if (session && session.conversation.turns.length > 0) return session.conversation;
  return readForExport(id ?? current.conversation.id, history);
}

async function list(
  conversation: Conversation,
  turn: Turn,
  { models, keys }: CopyAsCodeDependencies,
): Promise<TurnSnippet[]> {
  const profile = models.profileOf(turn.model);
  const secrets = requiredSecrets(profile).length === 0 ? await keys.get(profile) : undefined;
  const systemPrompt = conversation.settings.systemPrompt ?? readSystemPrompt();
  try {
    return snippetsOf({
      conversation,
      turn,
      systemPrompt,
      models,
      hasOptionalKey: hasSecrets(profile, secrets) && Boolean(secrets?.apiKey),
    });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    const { title, advice, detail } = toErrorCard(error);
    const sentences = [title, detail, advice].filter(Boolean).join(' · ');
    throw new UserError(
      l10n.t('This request would be refused, so there is no program for it: {0}', sentences),
    );
  }
}

function choose(snippets: readonly TurnSnippet[], model: string): Promise<Choice | undefined> {
  interface Item extends vscode.QuickPickItem {
    snippet?: TurnSnippet;
  }
  const openButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: l10n.t('Open in Editor') };
  const group = (streaming: boolean, label: string): Item[] => {
    const items = snippets
      .filter(({ request }) => request.streaming === streaming)
      .map(
        (snippet): Item => ({
          label: snippet.target.label,
          description: snippet.target.library,
          buttons: [openButton],
          snippet,
        }),
      );
    return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
  };
  const pick = createQuickPick<Item>({
    title: l10n.t('Copy as Code: {0}', model),
    placeholder: l10n.t('Enter copies the program; keys are taken from the environment'),
    matchOnDescription: true,
  });
  pick.items = [...group(true, l10n.t('Streaming')), ...group(false, l10n.t('Not Streaming'))];
  const last = pick.items.find(({ snippet }) => snippet && keyOf(snippet) === lastChoice);
  if (last) pick.activeItems = [last];
  return new Promise((resolve) => {
    const end = (snippet: TurnSnippet | undefined, way: Choice['way']): void => {
      if (snippet) lastChoice = keyOf(snippet);
      resolve(snippet && { snippet, way });
      pick.hide();
    };
    pick.onDidAccept(() => end(pick.selectedItems[0]?.snippet, 'copy'));
    pick.onDidTriggerItemButton(({ item }) => end(item.snippet, 'open'));
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

async function open({ language, text }: Snippet): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  await vscode.window.showTextDocument(document, { preview: false });
}

function snippetComments(): SnippetComments {
  return {
    install: l10n.t('Install'),
    keys: l10n.t('Keys, taken from the environment'),
    variables: l10n.t('Environment'),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
