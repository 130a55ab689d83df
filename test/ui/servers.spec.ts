// Servers of OpenAI's protocol and their commonest failures: the right card, with the next step.
import { test } from './fixtures.ts';
import { seeFailures } from './servers.ts';

test.use({ settings: { 'qiao.retry.maxAttempts': 1 } });

test('each failure has its card, with the service’s own words', async ({ page, emulator }) => {
  await seeFailures(page, emulator, 'en');
});
