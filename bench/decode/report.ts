/** Prints what was measured: a table for each delivery. */

import { createAnswer, type Protocol, protocols } from './answers.ts';
import type { Delivery } from './deliveries.ts';
import type { Result } from './measureAll.ts';

const protocolNames: Record<Protocol, string> = {
  openai: 'OpenAI protocol',
  dashscope: 'DashScope, incremental',
  whole: 'DashScope, cumulative',
};

export function formatTable(delivery: Delivery, results: readonly Result[]): string {
  const title =
    delivery === 'steady' ? 'One event per packet, 2,000 per second' : 'Bursts of 64 KiB, as fast as taken';
  const wall = delivery === 'steady' ? 'write → part µs' : 'wall µs/event';
  const rows: string[][] = [];
  for (const protocol of protocols) {
    const own = results.filter(({ subject }) => subject.protocol === protocol);
    const plan = own[0]?.plan;
    if (!plan) continue;
    const bytes = Math.round(createAnswer(protocol, plan.usual).bytes / plan.usual);
    rows.push([
      `${protocolNames[protocol]}: ${count(plan.usual)} events of ${count(bytes)} bytes`,
      'CPU µs/event',
      '× limit',
      wall,
      `growth ${count(plan.short)}→${count(plan.long)}`,
      'heap MB',
    ]);
    for (const result of own) rows.push(toRow(result));
    rows.push([]);
  }
  const broken = results.some(({ wrong }) => wrong > 0);
  const note = broken
    ? ['* Its text is not the text that was sent: characters break where packets end.', '']
    : [];
  return [`── ${title} ──`, ...align(rows), ...note].join('\n');
}

function toRow({ subject, cpuUs, ratio, wallUs, growth, peak, wrong }: Result): string[] {
  const name = subject.role === 'limit' ? `${subject.name} (limit)` : subject.name;
  return [
    `  ${name}${wrong > 0 ? ' *' : ''}`,
    decimals(cpuUs),
    `${ratio.toFixed(2)}×`,
    decimals(wallUs),
    growth.toFixed(2),
    megabytes(peak.long),
  ];
}

/** Three digits that count. */
function decimals(value: number): string {
  if (Number.isNaN(value)) return '–';
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

export function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(2);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

/** The first column to the left, the others to the right. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 2)))
      .join('')
      .trimEnd(),
  );
}
