// Servers of OpenAI's protocol and their commonest failures in Chinese: the right card, with the next step.
import { inFullRun, test } from './fixtures.ts';
import { seeFailures } from './servers.ts';

test.use({ language: 'zh-cn', settings: { 'qiao.retry.maxAttempts': 1 } });

inFullRun(
  test,
  'l10n',
  'src/providers',
  'src/errors/host/errorTexts.ts',
)('each failure has its card, with the service’s own words', async ({ page, emulator }) => {
  await seeFailures(page, emulator, 'zh-cn');
});
