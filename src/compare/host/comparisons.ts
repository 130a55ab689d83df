/** Opens the comparisons of a window: from a command, a turn, a file or the list, and after a reload. */

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import * as z from 'zod';
import { diskFiles } from '../../base/host/files.ts';
import { showOpenDialog } from '../../base/host/window/fileDialogs.ts';
import {
  showErrorMessage,
  showInformationMessage,
  showWarningMessage,
} from '../../base/host/window/messages.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import { type Turn, turnsUpTo } from '../../chat/common/conversation.ts';
import type { ChatSession } from '../../chat/host/chatSession.ts';
import type { KeyStore } from '../../connections/host/keyStore.ts';
import type { ModelLists } from '../../connections/host/modelLists.ts';
import type { Models } from '../../connections/host/models.ts';
import { readParameters } from '../../connections/host/parameterSettings.ts';
import { readModelSetting, readSystemPrompt } from '../../connections/host/settings.ts';
import { mergeHandlers } from '../../ui/common/messages.ts';
import { compareViewMessageSchema } from '../common/compareProtocolSchema.ts';
import { type ComparedQuestion, type Comparison, fewestColumns, mostColumns } from '../common/comparison.ts';
import type { ComparisonHeader } from '../common/comparisonLog.ts';
import { type CompareActionDependencies, createCompareHandlers } from './compareActions.ts';
import { CompareSession } from './compareSession.ts';
import { CompareTab } from './compareTab.ts';
import { createComparisonFiles } from './comparisonFiles.ts';
import { pickComparison } from './pickComparison.ts';
import { readQuestions } from './readQuestions.ts';
import { type CompareHost, compareTabType, createCompareHost } from './register.ts';

export interface ComparisonsDependencies
  extends Omit<CompareActionDependencies, 'askAnew' | 'post' | 'remember' | 'tab'> {
  models: Models;
  lists: Pick<ModelLists, 'onDidChange'>;
  keys: Pick<KeyStore, 'onDidChange'>;
  /** The extension's own folder for what it keeps. */
  storage: vscode.Uri;
  extensionUri: vscode.Uri;
  /** Of the user, the same in every workspace. */
  globalState: Pick<vscode.Memento, 'get' | 'update'>;
  log: vscode.LogOutputChannel;
}

/** What a page keeps for a reload. */
const tabStateSchema = z.object({
  comparisonId: z.string().optional(),
  draft: z.string().optional(),
  models: z.array(z.string()).optional(),
});

const modelsKey = 'qiao.compare.models';

/** In milliseconds: a run that was cut off within this time continues by itself after a reload. */
const reloadMs = 120_000;

export class Comparisons {
  readonly #dependencies: ComparisonsDependencies;
  readonly #files: ReturnType<typeof createComparisonFiles>;
  readonly #tabs = new Set<CompareTab>();
  readonly #subscription: vscode.Disposable;

  constructor(dependencies: ComparisonsDependencies) {
    this.#dependencies = dependencies;
    const { storage, log, lists, keys } = dependencies;
    let told = false;
    this.#files = createComparisonFiles({
      folder: path.join(storage.fsPath, 'comparisons'),
      files: diskFiles,
      onTrouble(error) {
        const message = error instanceof Error ? error.message : String(error);
        log.error(`compare: ${message}`);
        if (told) return;
        told = true;
        void showErrorMessage(
          l10n.t(
            'The answers of the comparison cannot be saved: {0}. Export them before you close the window.',
            message,
          ),
        );
      },
    });
    const refresh = (): void => this.#tabs.forEach((tab) => void tab.refreshModels());
    this.#subscription = vscode.Disposable.from(lists.onDidChange(refresh), keys.onDidChange(refresh));
  }

  /** A tab to ask a question in. */
  async open(): Promise<void> {
    this.#openTab(await this.#create([]));
  }

  /** Opens a tab with a turn's question, attachments and history. */
  async openTurn({ conversation, settings }: ChatSession, turn: Turn): Promise<void> {
    const { question: text, prompt, attachments, model } = turn;
    const history = turnsUpTo(conversation, turn.parentId);
    const session = await this.#create([{ id: 'q1', text, prompt, attachments, history }], {
      model,
      settings,
    });
    session.save();
    this.#openTab(session);
  }

  /** A tab with the questions of a file; asks for the file when it is not given. Throws a `UserError`. */
  async openQuestions(given?: vscode.Uri): Promise<void> {
    const uri = given ?? (await askForFile());
    if (!uri) return;
    const { questions, skippedLines, name } = await readQuestions(uri);
    const session = await this.#create(
      questions.map(({ text }, index) => ({ id: `q${index + 1}`, text, attachments: [], history: [] })),
      { source: name },
    );
    session.save();
    this.#openTab(session);
    if (skippedLines.length === 0) return;
    const lines = skippedLines.slice(0, 10).join(', ') + (skippedLines.length > 10 ? ', …' : '');
    void showInformationMessage(l10n.t('Left out, because they hold no question: lines {0}.', lines));
  }

  /** Opens a stored comparison that the user chooses. */
  async openStored(): Promise<void> {
    const entry = await pickComparison(this.#files, this.#dependencies.models);
    if (!entry) return;
    const shown = [...this.#tabs].find(({ session }) => session.comparison.id === entry.id);
    if (shown) {
      shown.host.place.reveal();
      return;
    }
    const wasRunning = entry.comparison.running && Date.now() - entry.changedAt < reloadMs;
    this.#openTab(this.#load(entry.comparison));
    if (wasRunning)
      void showWarningMessage(
        l10n.t(
          'This comparison was running a moment ago, perhaps in another window. Continue it here only if it is not.',
        ),
      );
  }

  /** After a reload. */
  async restore(host: CompareHost, state: unknown): Promise<void> {
    const { comparisonId, draft, models } = tabStateSchema.safeParse(state).data ?? {};
    const entry = comparisonId ? await this.#files.load(comparisonId) : undefined;
    const cutOff = entry?.comparison.running && Date.now() - entry.changedAt < reloadMs;
    const session = entry ? this.#load(entry.comparison) : await this.#create([], { models });
    this.#connect(host, session, draft);
    if (cutOff) void session.start();
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    await Promise.all([...this.#tabs].map(({ session }) => session.dispose()));
  }

  async #create(
    questions: readonly ComparedQuestion[],
    {
      source,
      model,
      models,
      settings = { systemPrompt: readSystemPrompt(), parameters: readParameters() },
    }: {
      source?: string;
      model?: string;
      models?: readonly string[];
      /** A turn is asked again as its conversation would ask it. */
      settings?: Pick<ChatSession['settings'], 'systemPrompt' | 'parameters'>;
    } = {},
  ): Promise<CompareSession> {
    const header: ComparisonHeader = {
      type: 'comparison',
      version: 1,
      id: randomUUID(),
      createdAt: Date.now(),
      source,
      setup: { systemPrompt: settings.systemPrompt, parameters: settings.parameters },
      questions,
    };
    return this.#load(header, models ?? (await this.#firstModels(model)));
  }

  #load(from: Comparison | ComparisonHeader, models?: readonly string[]): CompareSession {
    const { models: known } = this.#dependencies;
    const session = new CompareSession(from, {
      files: this.#files,
      open: (ref, { onWait }) => known.open(ref, { onWait }),
      connectionOf: (model) => known.profileOf(model).id,
      pace: readPace,
      now: Date.now,
    });
    if (models) session.setModels(models);
    return session;
  }

  /** `first`, then the models of the last comparison; at first the current model and one of another connection. */
  async #firstModels(first?: string): Promise<string[]> {
    const { models, globalState } = this.#dependencies;
    const kept = z.array(z.string()).safeParse(globalState.get(modelsKey)).data ?? [];
    const current = models.normalize(readModelSetting());
    const listed = (await models.groups(current)).flatMap((group) => group.models.map(({ ref }) => ref));
    const others = listed.filter((ref) => models.profileOf(ref).id !== models.profileOf(current).id);
    const wanted = [...(first ? [models.normalize(first)] : []), ...kept];
    const count = Math.max(fewestColumns, Math.min(mostColumns, kept.length));
    const spare = [current, ...others, ...listed, current];
    const chosen = [...new Set(wanted)].slice(0, count);
    for (const ref of spare) if (chosen.length < fewestColumns && !chosen.includes(ref)) chosen.push(ref);
    while (chosen.length < fewestColumns) chosen.push(current);
    return chosen;
  }

  #openTab(session: CompareSession): void {
    const panel = createWebviewPanel(compareTabType, 'Qiao', vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    const { extensionUri, log } = this.#dependencies;
    this.#connect(createCompareHost(panel, extensionUri, log), session);
  }

  #connect(host: CompareHost, session: CompareSession, draft?: string): void {
    const { models, globalState } = this.#dependencies;
    const tab = new CompareTab(host, session, { models, draft });
    this.#tabs.add(tab);
    host.own({
      dispose: () => {
        this.#tabs.delete(tab);
        tab.dispose();
        void this.#stopUnseen(tab.session);
      },
    });
    const handlers = createCompareHandlers({
      ...this.#dependencies,
      tab,
      askAnew: (text) => this.#askAnew(text, tab),
      remember: (chosen) => void globalState.update(modelsKey, chosen),
      post: host.post,
    });
    host.listen({
      schema: compareViewMessageSchema,
      handlers: mergeHandlers(tab.handlers, handlers),
    });
  }

  /** A new question, or the same one again, becomes a comparison of its own. */
  async #askAnew(text: string, tab: CompareTab): Promise<void> {
    const { comparison } = tab.session;
    const [before] = comparison.questions;
    const prompt = before?.text === text ? before.prompt : undefined;
    const { attachments = [], history = [] } = before ?? {};
    const session = await this.#create([{ id: 'q1', text, prompt, attachments, history }], {
      models: comparison.columns.map(({ model }) => model),
      settings: before && comparison,
    });
    tab.show(session);
    void session.start();
  }

  /** Stops a run whose tab was closed. */
  async #stopUnseen(session: CompareSession): Promise<void> {
    if (!session.busy) return;
    await session.stop();
    const reopen = l10n.t('Open Again');
    const text = l10n.t('The comparison was stopped with its tab. What was answered is kept.');
    if ((await showInformationMessage(text, reopen)) === reopen) this.#openTab(session);
  }
}

/** Invalid settings fall back to the defaults. */
function readPace(): { concurrency: number; requestsPerMinute?: number } {
  const settings = vscode.workspace.getConfiguration('qiao.compare');
  const concurrency: unknown = settings.get('concurrency');
  const requestsPerMinute: unknown = settings.get('requestsPerMinute');
  return {
    concurrency: typeof concurrency === 'number' && concurrency >= 1 ? Math.floor(concurrency) : 2,
    requestsPerMinute:
      typeof requestsPerMinute === 'number' && requestsPerMinute > 0 ? requestsPerMinute : undefined,
  };
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const chosen = await showOpenDialog({
    title: l10n.t('A File of Questions'),
    openLabel: l10n.t('Compare'),
    filters: { [l10n.t('Questions (Markdown, CSV)')]: ['md', 'markdown', 'csv', 'tsv', 'txt'] },
  });
  return chosen?.[0];
}
