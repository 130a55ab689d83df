/** Usage as the host would send it. */

import type { UsageHostMessage } from '../../src/usage/common/usageProtocol.ts';
import type { UsageRow } from '../../src/usage/common/usageTable.ts';

const row = (fields: Partial<UsageRow>): UsageRow => ({
  day: '2026-11-25',
  connection: 'dashscope',
  model: 'qwen-plus',
  requests: 1,
  uncounted: 0,
  unpriced: 0,
  inputTokens: 1200,
  cachedInputTokens: 0,
  outputTokens: 340,
  reasoningTokens: 0,
  costs: [{ currency: 'CNY', nanos: 12_300_000 }],
  ...fields,
});

export const usageSnapshot: UsageHostMessage = {
  type: 'usage-show',
  today: '2026-11-25',
  rows: [
    row({}),
    row({ model: 'ernie-4.5-turbo-128k', connection: 'qianfan', requests: 2, unpriced: 2, costs: [] }),
    row({
      day: '2026-11-24',
      model: 'qwen3-max',
      requests: 4,
      unpriced: 1,
      uncounted: 1,
      inputTokens: 11_200,
      cachedInputTokens: 800,
      reasoningTokens: 120,
      costs: [{ currency: 'CNY', nanos: 1_200_000_000 }],
    }),
    row({ day: '2026-10-31', costs: [{ currency: 'USD', nanos: 5_000_000 }] }),
  ],
};
