/** What code costs, without what else runs on the machine: how cost grows can be told on a busy one, too. */

/** The least CPU time of a few runs, in milliseconds. */
export function cpuTimeOf(run: () => void, { runs }: { runs: number }): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
