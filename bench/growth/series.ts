/** A cost at several sizes, and the exponent that fits it best. */

export interface Series {
  label: string;
  unit: 'ms' | 'MB';
  points: readonly Point[];
  /** The highest exponent that is good. */
  target: number;
}

export interface Point {
  size: number;
  /** Of the quietest round, in the unit of the series. */
  cost: number;
}

/** For work that grows with what there is. */
export const linear = 1.1;
/** For work on one screen: twice as much for a hundred times as many. */
export const constant = 0.15;

/** The slope of the line through the logarithms that has the least squares. NaN for fewer than two sizes. */
export function exponentOf(points: readonly Point[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map((log) => log.x)), mean(logs.map((log) => log.y))];
  const covariance = mean(logs.map((log) => (log.x - x) * (log.y - y)));
  return covariance / mean(logs.map((log) => (log.x - x) ** 2));
}

export function formatSeries({ label, unit, points, target }: Series): string {
  const exponent = exponentOf(points);
  const costs = points.map(({ size, cost }) => `${size.toLocaleString('en')}: ${round(cost)}`).join(', ');
  const verdict = exponent <= target ? '✓' : '✗';
  return `${label.padEnd(46)} ${exponent.toFixed(2).padStart(5)} (≤ ${target}) ${verdict}   ${unit} ${costs}`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** CPU milliseconds of this process in the quietest of some rounds, for each of `times` calls of `work`. */
export async function leastCpu(
  work: () => unknown,
  { rounds, times = 1 }: { rounds: number; times?: number },
): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    // What was thrown away before is nobody's cost.
    globalThis.gc?.();
    const begin = process.cpuUsage();
    for (let call = 0; call < times; call++) await work();
    const { user, system } = process.cpuUsage(begin);
    least = Math.min(least, (user + system) / 1000 / times);
  }
  return least;
}
