/** What was measured as lines of a table: Qiao, its limit in the same run, their ratio, and the target. */

export interface Row {
  readonly label: string;
  /** `power`: an exponent, shown with two digits. */
  readonly unit: 'ms' | '' | 'MB' | 'kB' | '/s' | 'power';
  readonly own: number;
  /** The bare page's, or whatever else it is held against. */
  readonly limit?: number;
  /** The highest ratio, or the highest value, that is good. */
  readonly target?: { readonly ratio: number } | { readonly value: number };
}

/** `against`: what the second column holds. */
export function formatTable(title: string, against: string, rows: readonly Row[]): string {
  const cells = [['', 'Qiao', against, 'ratio', 'target', ''], ...rows.map(toCells)];
  const widths = cells.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, cell.length)),
    [],
  );
  const lines = cells.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + 2)))
      .join('')
      .trimEnd(),
  );
  return [`── ${title} ──`, ...lines].join('\n');
}

function toCells({ label, unit, own, limit, target }: Row): string[] {
  const ratio = limit ? own / limit : Number.NaN;
  const good = target && ('ratio' in target ? ratio <= target.ratio : own <= target.value);
  return [
    `  ${label}`,
    withUnit(own, unit),
    limit === undefined ? '–' : withUnit(limit, unit),
    Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)}×`,
    target ? `≤ ${'ratio' in target ? `${target.ratio.toFixed(1)}×` : withUnit(target.value, unit)}` : '–',
    good === undefined ? '' : good ? '✓' : '✗',
  ];
}

function withUnit(value: number, unit: Row['unit']): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'power') return value.toFixed(2);
  const digits = unit === '' || Math.abs(value) >= 100 ? 0 : 1;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })}${unit === '' || unit === '/s' ? unit : ` ${unit}`}`;
}
