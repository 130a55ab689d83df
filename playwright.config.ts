// The tests through the screen; each opens a real VS Code in a browser. See test/ui/fixtures.ts.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/ui',
  outputDir: 'test-results/ui',
  globalSetup: './test/ui/prepare.ts',
  // Two servers and two browsers: a window that loads, and a test that waits, leave a core half idle.
  workers: 2,
  retries: 0,
  // They hold on a machine with eight times as much to do. Only a test that fails waits so long.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    screenshot: 'only-on-failure',
    actionTimeout: 120_000,
    // Slow on a page this large: only to look into a failure.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
});
