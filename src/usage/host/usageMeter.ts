/** Looks up prices, records usage, and warns near the budget's limits without blocking requests. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { showWarningMessage } from '../../base/host/window/messages.ts';
import type { Usage } from '../../llm/chatModel.ts';
import { type Cost, formatCost, type ModelPrice } from '../../llm/pricing.ts';
import { dayOf } from '../common/usageEntry.ts';
import { type BudgetWarning, budgetWarnings, parseBudget } from './budget.ts';
import type { UsageLedger } from './ledger.ts';

export interface UsageMeter extends vscode.Disposable {
  /** `catalogPrice` is used unless the user set one. */
  priceOf(model: AskedModel, catalogPrice?: ModelPrice): Promise<ModelPrice | undefined>;
  record(model: AskedModel, usage: Usage | undefined, cost: Cost | undefined): void;
  /** Fires when an entry was added to the ledger. */
  readonly onDidRecord: vscode.Event<void>;
}

export interface AskedModel {
  connectionId: string;
  modelId: string;
}

const saidState = 'qiao.budgetSaid';

export interface UsageMeterOptions {
  ledger: UsageLedger;
  state: vscode.Memento;
  log: vscode.LogOutputChannel;
}

export function createUsageMeter({ ledger, state, log }: UsageMeterOptions): UsageMeter {
  const recorded = new vscode.EventEmitter<void>();
  /** Read with the first request. */
  let prices: Promise<ReadonlyMap<string, ModelPrice>> | undefined;
  const settings = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('qiao.prices')) prices = readPrices(log);
    if (event.affectsConfiguration('qiao.budget')) void warn();
  });

  async function warn(): Promise<void> {
    const budget = readBudget();
    if (budget.perDay === undefined && budget.perMonth === undefined) return;
    const table = await ledger.table();
    const day = dayOf(new Date());
    const spent = {
      day,
      dayNanos: table.spent(day, budget.currency),
      monthNanos: table.spent(day.slice(0, 7), budget.currency),
    };
    const said = state.get<Record<string, number>>(saidState, {});
    const warnings = budgetWarnings(budget, spent, said);
    if (warnings.length === 0) return;
    const now = Object.fromEntries(warnings.map(({ key, percent }) => [key, percent]));
    // Forgets earlier months.
    const current = Object.entries(said).filter(([key]) => key.startsWith(day.slice(0, 7)));
    await state.update(saidState, { ...Object.fromEntries(current), ...now });
    for (const warning of warnings) void showWarning(warning, budget.currency);
  }

  return {
    async priceOf({ connectionId, modelId }, catalogPrice) {
      prices ??= readPrices(log);
      const known = await prices;
      return known.get(`${connectionId}/${modelId}`) ?? known.get(modelId) ?? catalogPrice;
    },
    record({ connectionId, modelId }, usage, cost) {
      const day = dayOf(new Date());
      void ledger
        .add({ type: 'usage', day, connection: connectionId, model: modelId, usage, cost })
        .then(() => {
          recorded.fire();
          return warn();
        })
        .catch((error) => log.warn(`The budget could not be checked: ${error}`));
    },
    onDidRecord: recorded.event,
    dispose() {
      settings.dispose();
      recorded.dispose();
    },
  };
}

async function readPrices(log: vscode.LogOutputChannel): Promise<ReadonlyMap<string, ModelPrice>> {
  const { parsePrices } = await import('./priceSettings.ts');
  const { prices, problems } = parsePrices(vscode.workspace.getConfiguration('qiao').get('prices'));
  if (problems.length > 0) {
    for (const problem of problems) log.warn(`qiao.prices: ${problem}`);
    void tellProblems(problems);
  }
  return prices;
}

async function tellProblems(problems: readonly string[]): Promise<void> {
  const open = l10n.t('Open Settings');
  const text = l10n.t(
    'The setting “qiao.prices” can’t be read in part. {0}',
    problems.slice(0, 3).join('; '),
  );
  if ((await showWarningMessage(text, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'qiao.prices');
}

function readBudget(): ReturnType<typeof parseBudget> {
  const settings = vscode.workspace.getConfiguration('qiao.budget');
  return parseBudget({
    currency: settings.get('currency'),
    perDay: settings.get('perDay'),
    perMonth: settings.get('perMonth'),
  });
}

async function showWarning(
  { period, percent, spentNanos, limit }: BudgetWarning,
  currency: Cost['currency'],
): Promise<void> {
  const spent = formatCost({ currency, nanos: spentNanos });
  const whole = formatCost({ currency, nanos: Math.round(limit * 1e9) });
  const text =
    period === 'day'
      ? percent === 100
        ? l10n.t('Today’s budget is used up: {0} of {1}. Qiao goes on asking.', spent, whole)
        : l10n.t('80 % of today’s budget is used: {0} of {1}.', spent, whole)
      : percent === 100
        ? l10n.t('This month’s budget is used up: {0} of {1}. Qiao goes on asking.', spent, whole)
        : l10n.t('80 % of this month’s budget is used: {0} of {1}.', spent, whole);
  const show = l10n.t('Show Usage');
  const change = l10n.t('Change Budget');
  const chosen = await showWarningMessage(text, show, change);
  if (chosen === show) await vscode.commands.executeCommand('qiao.showUsage');
  if (chosen === change) await vscode.commands.executeCommand('workbench.action.openSettings', 'qiao.budget');
}
