/** Lets property tests draw the same inputs in each run: what fails, fails again. `FUZZ_SEED=random` draws others. */

import fc from 'fast-check';

const wish = process.env.FUZZ_SEED ?? '1';
if (wish !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wish) });
