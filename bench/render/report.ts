/** Prints what was measured, and how far it is from what Qiao must reach. */

import { growth, type Result } from './results.ts';

const highest = { ratio: 1.8, growth: 1.1, medianMs: 4, worstMs: 50 };
/** In bytes: what the collector's own memory and compiled code may differ by. */
const heapSlack = 2 * 2 ** 20;

export function formatTable(results: readonly Result[]): string {
  const sizes = [...new Set(results.map(({ size }) => size))];
  const blocks = sizes.map((size) => {
    const own = results.filter((result) => result.size === size);
    const limit = own.find(({ subject }) => subject.role === 'limit')?.totalMs;
    const rows = own.map(({ subject, totalMs, medianMs, worstMs, heapLeft }) =>
      [
        subject.name.padEnd(36),
        (totalMs === undefined ? 'last frames' : `${Math.round(totalMs)}`).padStart(12),
        (totalMs !== undefined && limit ? `${(totalMs / limit).toFixed(2)}×` : '–').padStart(8),
        medianMs.toFixed(1).padStart(11),
        worstMs.toFixed(0).padStart(10),
        (heapLeft / 2 ** 20).toFixed(1).padStart(9),
      ].join(''),
    );
    const head = `${`${size} KB`.padEnd(36)}${'total ms'.padStart(12)}${'× limit'.padStart(8)}${'median ms'.padStart(11)}${'worst ms'.padStart(10)}${'heap MB'.padStart(9)}`;
    return [head, ...rows, ''].join('\n');
  });
  const names = [...new Set(results.map(({ subject }) => subject.name))];
  const exponents = names.map((name) => {
    const exponent = growth(results.filter(({ subject }) => subject.name === name));
    return `${name.padEnd(36)}${(exponent === undefined ? '–' : exponent.toFixed(2)).padStart(12)}`;
  });
  return [...blocks, `${'growth exponent'.padEnd(36)}`, ...exponents].join('\n');
}

/** One line for each target: reached or not, in this run. */
export function judge(results: readonly Result[]): string[] {
  const qiao = results.filter(({ subject }) => subject.role === 'qiao');
  const last = qiao.at(-1);
  const limit = results.find(({ subject, size }) => subject.role === 'limit' && size === last?.size);
  if (!last) return ['✘ Qiao was not measured'];
  const at = `at ${last.size} KB`;
  const lines = [
    line(
      last.medianMs <= highest.medianMs,
      `median frame ${at} ${last.medianMs.toFixed(1)} ms, at most ${highest.medianMs}`,
    ),
    line(
      last.worstMs <= highest.worstMs,
      `worst frame ${at} ${last.worstMs.toFixed(0)} ms, at most ${highest.worstMs}`,
    ),
    line(
      last.heapLeft <= heapSlack,
      `heap after closing ${(last.heapLeft / 2 ** 20).toFixed(1)} MB above the start, at most ${heapSlack / 2 ** 20}`,
    ),
  ];
  if (last.totalMs && limit?.totalMs) {
    const ratio = last.totalMs / limit.totalMs;
    lines.unshift(
      line(ratio <= highest.ratio, `${ratio.toFixed(2)}× the limit ${at}, at most ${highest.ratio}×`),
    );
  }
  const exponent = growth(qiao);
  if (exponent !== undefined)
    lines.unshift(
      line(exponent <= highest.growth, `growth exponent ${exponent.toFixed(2)}, at most ${highest.growth}`),
    );
  return lines;
}

function line(passed: boolean, text: string): string {
  return `${passed ? '✔' : '✘'} ${text}`;
}
