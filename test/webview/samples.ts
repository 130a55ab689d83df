/** Messages of the host for tests and screenshots of the panel. */

import type {
  ComposerState,
  ConversationView,
  HostMessage,
  TurnView,
  TurnWindow,
} from '../../src/chat/common/protocol.ts';

export const composer: ComposerState = {
  connection: 'key',
  starters: [
    { label: 'Explain cart.ts', text: '/explain ' },
    { label: 'Write tests for it', text: '/tests ' },
    { label: 'Review my changes', text: '/review ' },
  ],
  models: [
    {
      label: 'DashScope · Qwen2',
      models: [
        { ref: 'dashscope/qwen2-72b-instruct', name: 'Qwen2 72B Instruct', detail: '128K' },
        { ref: 'dashscope/qwen2-57b-a14b-instruct', name: 'Qwen2 57B-A14B Instruct', detail: '64K' },
        { ref: 'dashscope/qwen2-7b-instruct', name: 'Qwen2 7B Instruct', detail: '128K' },
      ],
    },
    {
      label: 'DashScope · Baichuan',
      models: [{ ref: 'dashscope/baichuan-7b-v1', name: '百川 Baichuan 7B', detail: '4K' }],
    },
    {
      label: 'DashScope · Yi',
      models: [{ ref: 'dashscope/yi-large', name: '零一万物 Yi Large', detail: '32K' }],
    },
  ],
  modelRef: 'dashscope/qwen2-72b-instruct',
  modelName: 'Qwen2 72B Instruct',
  rules: {
    temperature: { type: 'number', min: 0, max: 2, maxExclusive: true, default: 0.85 },
    topP: { type: 'number', min: 0, max: 1, minExclusive: true, maxExclusive: true, default: 0.8 },
    topK: { type: 'integer', min: 0 },
    maxOutputTokens: { type: 'integer', min: 1, max: 6144, default: 1500 },
    seed: { type: 'integer', min: 0 },
    repetitionPenalty: { type: 'number', min: 0, minExclusive: true, default: 1.1 },
    enableThinking: { type: 'boolean' },
    stop: { type: 'stop' },
  },
  parameters: {},
  attachments: [],
  commands: [],
};

export const attachment = {
  id: 'a1',
  kind: 'selection' as const,
  name: 'orders.py',
  path: 'src/orders.py',
  languageId: 'python',
  startLine: 12,
  endLine: 24,
  tokens: 180,
  canOpen: true,
};

export function turn(id: string, fields: Partial<TurnView> = {}): TurnView {
  return {
    id,
    question: 'What does this function do?',
    attachments: [],
    modelName: 'Qwen2 72B Instruct',
    text: '',
    reasoning: '',
    outcome: { status: 'done', usage: { inputTokens: 212, outputTokens: 1024, totalTokens: 1236 } },
    ...fields,
  };
}

export const conversation: ConversationView = {
  id: 'c1',
  running: false,
  title: 'Orders',
  pinned: false,
  systemPrompt: '',
};

/** All there is of a conversation. */
export function windowOf(turns: readonly TurnView[]): TurnWindow {
  return { turns, earlier: 0, later: 0 };
}

type Snapshot = Extract<HostMessage, { type: 'snapshot' }>;

export function snapshot(fields: Partial<Snapshot> = {}): Snapshot {
  return {
    type: 'snapshot',
    composer,
    draft: '',
    conversation: { ...conversation, running: fields.turns?.at(-1)?.outcome.status === 'running' },
    ...windowOf([]),
    ...fields,
  };
}

export const richAnswer = `The function walks over \`orders\` and returns the **total in cents**. Three things stand out:

1. It trusts \`order.price\` to be a number.
2. Discounts are applied *before* tax.
3. An empty list gives \`0\`, see [the style guide](https://example.com/guide).

\`\`\`python
def total(orders: list[Order]) -> int:
    """Sum of all orders, in cents."""
    result = 0
    for order in orders:
        # discounts first, then tax
        result += round(order.price * (1 - order.discount) * 1.19)
    return result
\`\`\`

| Input | Result | Note |
| :-- | --: | :-: |
| \`[]\` | 0 | empty |
| one order | 1 190 | with tax |

> Rounding per order and rounding the sum give different cents.

- [x] Read the code
- [ ] Write a test for \`discount > 1\`
`;

export const chineseAnswer = `## 这段代码的作用

函数 \`total\` 遍历订单并**累加金额，**返回以分为单位的整数。需要注意：

1. **折扣：**先于税率应用，见https://example.com/规范，其中有说明。
2. 空列表返回 \`0\`。
3. 金额范围 5~10 元，10~20 元也可以。

\`\`\`typescript
export async function 读取订单(id: string): Promise<Order> {
  const response = await fetch(\`/orders/\${id}\`); // 网络请求
  if (!response.ok) throw new Error('读取失败');
  return response.json() as Promise<Order>;
}
\`\`\`

> 建议为折扣大于 1 的情况补充测试。
`;

/** Turns `from` to `to` (exclusive) of a long conversation, of different heights. */
export function longConversation(from: number, to: number): TurnView[] {
  return Array.from({ length: to - from }, (_, offset) => {
    const index = from + offset;
    const text = 'A paragraph of an old answer.\n\n'.repeat(1 + ((index * 7) % 11));
    return turn(`n${index}`, { question: `Question ${index}`, text });
  });
}

/** An answer that broke off in the middle and can go on. */
export const interruptedTurn = turn('interrupted', {
  question: '请解释这段代码的作用，并指出可能的问题',
  text: '函数遍历订单并',
  outcome: {
    status: 'interrupted',
    canContinue: true,
    notice: 'Interrupted: VS Code closed while the answer was coming.',
  },
});

/** The second of three versions, by a model that reasoned. */
export const branchedTurn = turn('branched', {
  attachments: [attachment],
  text: 'It adds up the cart.',
  reasoning: 'The loop runs over all orders.',
  outcome: { status: 'done', reasoningMs: 12_400 },
  branch: { index: 1, count: 3, previousId: 'version-1', nextId: 'version-3' },
});

export const rightToLeftTurn = turn('right-to-left', {
  question: 'ما هي لغة البرمجة الأفضل؟',
  text: 'هذا نص عربي.\n\n- عنصر\n- آخر\n\n```ts\nconst a = 1;\n```',
});
