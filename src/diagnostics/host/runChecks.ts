/** Runs all checks in parallel, each with its own timeout. */

import { l10n } from 'vscode';
import { unlessAborted } from '../../base/common/unlessAborted.ts';
import { errorCode } from '../../providers/http/networkFaults.ts';
import { type Check, type CheckGroup, type Finding, type GroupResult, problem, warning } from './check.ts';

export interface RunOptions {
  /** After an abort, the run rejects with the signal's reason. */
  signal: AbortSignal;
  /** Timeout of each check; default 12,000. */
  timeoutMs?: number;
  /** Called after each check with the number of ended checks and of all checks. */
  onProgress?(ended: number, all: number): void;
}

/** Results in the order of the checks. A check that throws becomes a warning, a timeout a problem. */
export async function runChecks(
  groups: readonly CheckGroup[],
  { signal, timeoutMs = 12_000, onProgress }: RunOptions,
): Promise<GroupResult[]> {
  const all = groups.reduce((sum, { checks }) => sum + checks.length, 0);
  let ended = 0;
  const run = async (check: Check): Promise<Finding & { title: string }> => {
    const finding = await runOne(check, signal, timeoutMs);
    onProgress?.(++ended, all);
    return { title: check.title, ...finding };
  };
  return Promise.all(
    groups.map(async ({ title, subtitle, checks }) => ({
      title,
      subtitle,
      results: await Promise.all(checks.map(run)),
    })),
  );
}

async function runOne(check: Check, signal: AbortSignal, timeoutMs: number): Promise<Finding> {
  const limit = AbortSignal.timeout(timeoutMs);
  const either = AbortSignal.any([signal, limit]);
  try {
    return await unlessAborted(check.run(either), either);
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted)
      return problem(l10n.t('This took longer than {0} seconds.', Math.round(timeoutMs / 1000)));
    // The system's message may contain paths, so the report shows its code.
    return warning(l10n.t('This could not be checked ({0}).', errorCode(error) ?? nameOf(error)));
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
