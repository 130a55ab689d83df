/** Writes the check results as a Markdown report that is readable as plain text. */

import { l10n } from 'vscode';
import { markHidden } from '../../base/common/hiddenText.ts';
import type { CheckResult, CheckStatus, GroupResult, StepCommand } from './check.ts';

export interface Report {
  /** Markdown. */
  text: string;
  /** The commands of next steps, with their 0-based lines in `text`. */
  steps: readonly { line: number; command: StepCommand }[];
  counts: Readonly<Record<CheckStatus, number>>;
}

/** `made`: milliseconds since the epoch. */
export function writeReport(groups: readonly GroupResult[], made: number): Report {
  const lines: string[] = [];
  const steps: { line: number; command: StepCommand }[] = [];
  const all = groups.flatMap(({ title, results }) => results.map((result) => ({ group: title, ...result })));
  const counts = { ok: 0, warning: 0, problem: 0, skipped: 0 };
  for (const { status } of all) counts[status]++;

  lines.push(`# ${l10n.t('Qiao: Diagnosis')}`, '', summaryOf(counts), '', aboutThis(made), '');
  const todo = [...all.filter(isProblem), ...all.filter(({ status }) => status === 'warning')];
  lines.push(`## ${l10n.t('Next steps')}`, '');
  if (todo.length === 0) lines.push(l10n.t('None: everything that could be checked is in order.'));
  for (const [index, result] of todo.entries()) {
    if (result.next?.command) steps.push({ line: lines.length, command: result.next.command });
    const place = plain(l10n.t('{0}: {1}', `${result.group} › ${result.title}`, result.text));
    lines.push(`${index + 1}. ${marks[result.status]} ${place}`);
    if (result.next) lines.push(`   → ${result.next.text}`);
  }
  for (const { title, subtitle, results } of groups) {
    lines.push('', `## ${plain(title)}`, '');
    if (subtitle) lines.push(subtitle, '');
    for (const result of results) {
      // Problems and warnings list their steps above.
      if (result.status === 'skipped' && result.next?.command)
        steps.push({ line: lines.length, command: result.next.command });
      lines.push(...linesOf(result));
    }
  }
  return { text: `${lines.join('\n')}\n`, steps, counts };
}

const marks: Readonly<Record<CheckStatus, string>> = { ok: '✓', warning: '⚠', problem: '✗', skipped: '–' };

function linesOf({ status, title, text, next }: CheckResult): string[] {
  const said = status === 'skipped' ? l10n.t('skipped: {0}', plain(text)) : plain(text);
  const line = `- ${marks[status]} ${l10n.t('{0}: {1}', title, said)}`;
  return status === 'skipped' && next ? [line, `  → ${next.text}`] : [line];
}

function summaryOf({ problem, warning, ok, skipped }: Report['counts']): string {
  return [
    `${marks.problem} ${l10n.t('problems: {0}', problem)}`,
    `${marks.warning} ${l10n.t('warnings: {0}', warning)}`,
    `${marks.ok} ${l10n.t('in order: {0}', ok)}`,
    `${marks.skipped} ${l10n.t('skipped: {0}', skipped)}`,
  ].join(' · ');
}

function aboutThis(made: number): string {
  const time = new Date(made).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
  return l10n.t(
    'Made at {0}. No question was asked, and nothing was paid for. Keys, passwords, folders and user names are left out; hosts and the names of connections are in it.',
    time,
  );
}

function isProblem({ status }: CheckResult): boolean {
  return status === 'problem';
}

/** Escapes names and codes from settings and servers: no line breaks, links, images or HTML. */
function plain(text: string): string {
  return markHidden(text.replace(/[\p{Cc}\s]+/gu, ' '))
    .replace(/[<>`]/g, '')
    .replaceAll('](', '] (');
}
