// Mocha's usual report, and the totals in the file named by TEST_TOTALS, for scripts/test.ts.
import Mocha from 'mocha';
import { writeTotalsAtEnd } from '../../scripts/host/totals.ts';

/** Used as `mocha --reporter test/support/totalsReporter.ts`. */
class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.TEST_TOTALS;
    if (file) writeTotalsAtEnd(file, runner);
  }
}

// biome-ignore lint/style/noDefaultExport: Mocha takes a reporter from the default export.
export default TotalsReporter;
