/** Tells the panel how much of the context the next request takes, and summarises turns to make room. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showErrorMessage, showInformationMessage } from '../../../base/host/window/messages.ts';
import type { Models } from '../../../connections/host/models.ts';
import { toErrorCard } from '../../../errors/host/errorCard.ts';
import { inputBudget } from '../../../llm/budget.ts';
import { spentText } from '../../../usage/host/usageTexts.ts';
import { activeTurns } from '../../common/conversation.ts';
import type { ContextView, HostMessage } from '../../common/protocol.ts';
import type { Chats } from '../chats.ts';
import type { Composer } from './composer.ts';
import { summarise } from './summarise.ts';

export interface ContextMeterOptions {
  chats: Chats;
  composer: Composer;
  models: Models;
  post(message: HostMessage): void;
}

/** At least so many milliseconds lie between two messages. */
const interval = 150;

export class ContextMeter {
  readonly #options: ContextMeterOptions;
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #summarising: AbortController | undefined;

  constructor(options: ContextMeterOptions) {
    this.#options = options;
    const { chats, composer } = options;
    this.#subscriptions = vscode.Disposable.from(
      ...[chats.onDidChange, composer.onDidChange, composer.onDidChangeAttachments, composer.onDidType].map(
        (event) => event(() => this.#refresh()),
      ),
    );
  }

  async view(): Promise<ContextView> {
    const { chats, composer, models } = this.#options;
    const { conversation, settings } = chats.current;
    const path = activeTurns(conversation);
    // A running answer is not part of the next request.
    const history = path.at(-1)?.answer.status === 'running' ? path.slice(0, -1) : path;
    const { model: ownModel, parameters = settings.parameters, ...asked } = await composer.preview();
    const model = ownModel === undefined ? settings.model : models.normalize(ownModel);
    const { wantedTokens, ...use } = composer.measure({
      history,
      question: { ...asked, model, parameters },
      systemPrompt: settings.systemPrompt,
      summaries: conversation.summaries,
      info: models.describe(model),
    });
    const tight = use.limit !== undefined && wantedTokens > use.limit * 0.8;
    return {
      ...use,
      summarising: this.#summarising !== undefined,
      spent: spentText(conversation),
      largerModel: tight ? await this.#largerModel(model, wantedTokens) : undefined,
    };
  }

  /** Summarises the turns that do not fit, or all of them (`whole`). Shows a failure in a notification. */
  async summarise({ whole = false } = {}): Promise<void> {
    if (this.#summarising) return;
    const { chats, models } = this.#options;
    this.#summarising = new AbortController();
    this.#refresh();
    const { signal } = this.#summarising;
    const failure = await summarise({ session: chats.current, models, whole, signal }).finally(() => {
      this.#summarising = undefined;
      this.#refresh();
    });
    if (!failure) return;
    if (failure === 'nothing-to-do') {
      if (whole) void showInformationMessage(l10n.t('There is nothing to summarise yet.'));
      return;
    }
    const { title, advice } = toErrorCard(failure);
    void showErrorMessage(l10n.t('No summary: {0}. {1}', title, advice));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#summarising?.abort();
    this.#subscriptions.dispose();
  }

  #refresh(): void {
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      this.#options.post({ type: 'context-change', context: await this.view() });
    }, interval);
  }

  /** The smallest model of the same connection that takes `tokens` with room to spare. */
  async #largerModel(ref: string, tokens: number): Promise<ContextView['largerModel']> {
    const { models } = this.#options;
    const connection = models.profileOf(ref).id;
    const groups = await models.groups(ref);
    const [best] = groups
      .flatMap((group) => group.models)
      .filter((choice) => models.profileOf(choice.ref).id === connection)
      .map((choice) => ({ choice, room: inputBudget(models.describe(choice.ref), 1500) ?? 0 }))
      .filter(({ room }) => room * 0.8 > tokens)
      .sort((a, b) => a.room - b.room);
    return best && { ref: best.choice.ref, name: best.choice.name };
  }
}
