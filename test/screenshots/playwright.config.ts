// Takes the pictures of the documentation into docs/images. Run on demand: `npm run screenshots`.
import { defineConfig } from '@playwright/test';
import tests from '../../playwright.config.ts';

export default defineConfig({
  ...tests,
  testDir: '.',
  outputDir: '../../test-results/screenshots',
  globalSetup: '../ui/prepare.ts',
  use: { ...tests.use, deviceScaleFactor: 2 },
});
