// Mocha's usual report, and the totals in the file named by TEST_TOTALS, for scripts/test.ts.
import Mocha from 'mocha';
import { writeTotals } from '../../scripts/host/totals.ts';

/** Used as `mocha --reporter test/support/totalsReporter.ts`. */
class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.TEST_TOTALS;
    runner.once('end', () => {
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      if (file) writeTotals(file, { passed: passes, failed: failures });
    });
  }
}

// biome-ignore lint/style/noDefaultExport: Mocha takes a reporter from the default export.
export default TotalsReporter;
