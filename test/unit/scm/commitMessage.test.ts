import assert from 'node:assert/strict';
import { commitMessageIn } from '../../../src/scm/common/commitMessage.ts';

const plain = 'feat: read the price from the table';
const withBody = `${plain}\n\nThe list was read twice.\n\n- faster\n- no second request`;
const withFence = `fix: quote the path\n\nRun it so:\n\n\`\`\`bash\nqiao "a b"\n\`\`\`\n\nCloses #12`;
const withBare = 'fix: 引用路径\n\n用法：\n\n```\nqiao "a b"\n```\n\n关闭 #12';

/** The message is what is left of the answer. */
const answers: readonly (readonly [answer: string, message: string])[] = [
  [plain, plain],
  [withBody, withBody],
  [`\n${withBody}\n\n`, withBody],
  [withFence, withFence],
  [withBare, withBare],
  [`\`\`\`\n${withBody}\n\`\`\``, withBody],
  [`\`\`\`text\n${withFence}\n\`\`\``, withFence],
  [`\`\`\`\n${withBare}\n\`\`\``, withBare],
  [`\`\`\`\`\n${withBare}\n\`\`\`\``, withBare],
  [
    `Here is the commit message:\n\n\`\`\`\n${withBody}\n\`\`\`\n\nLet me know if you want it shorter.`,
    withBody,
  ],
  [`Here's a commit message for these changes:\n\n${withBody}`, withBody],
  [`Sure! I looked at the diff.\n\nThe message:\n\n${withFence}`, withFence],
  [`Commit message\n\n\`\`\`\n${plain}\n\`\`\``, plain],
  [`**Commit message:**\n\n${withBody}`, withBody],
  [`以下是提交信息：\n\n\`\`\`\n${withBare}\n\`\`\`\n\n如需修改请告诉我。`, withBare],
  [`好的，我看了这些改动。\n\n提交信息：\n${withBare}`, withBare],
  [`根据改动，提交信息如下：\n\n${withBody}\n\n---\n\n这条提交信息遵循了约定式提交。`, withBody],
  [`${withBody}\n\n---\n**Explanation:**\n\nThe subject is short.`, withBody],
  [`${withFence}\n\nThis message follows Conventional Commits.`, withFence],
  [`<think>\`\`\`\nno\n\`\`\`</think>\n\n${plain}`, plain],
  [`**${plain}**\n\nBody.`, `${plain}\n\nBody.`],
  [`\`${plain}\``, plain],
  ['Fix `total`: it rounded twice', 'Fix `total`: it rounded twice'],
  [
    'Based on the new table, read prices once\n\nNothing else changes.',
    'Based on the new table, read prices once\n\nNothing else changes.',
  ],
  [
    'Add a message\n\nThis commit adds what people asked for.',
    'Add a message\n\nThis commit adds what people asked for.',
  ],
  ['修正提交信息的解析\n\n以前会丢掉正文。', '修正提交信息的解析\n\n以前会丢掉正文。'],
  ['Find the commit message in an answer', 'Find the commit message in an answer'],
  // What only begins like talk is the message.
  ...[
    'Update dependencies:\n\n- vite 6\n- lit 4',
    'Fix the following:\n- a\n- b',
    '更新以下依赖：\n\n- vite 6',
    'Revert "x":\n\nThis reverts commit 1234.',
    'Document how to call it:\n\n```js\ncall();\n```',
    '根据用户设置选择语言。\n\n以前总是英文。',
    '这是第一版。',
    'Okay button is aligned.\n\nIt stood too low.',
    'Here is where links are read.\n\nOne place.',
    `${plain}\n\nIf you need the old way, set \`legacy\`.`,
    `${plain}\n\n如果需要旧行为，请设置 legacy。\n\n关闭 #1`,
    `${plain}\n\n希望减少一次请求。`,
    `${plain}\n\n如有缓存则跳过。`,
    `${plain}\n\nThis message describes the state to users.`,
    `${plain}\n\nFeel free to remove the flag later.\n\nCo-authored-by: A <a@b.example>`,
    `${plain}\n\n说明：\n- 价格只读一次\n- 测试已更新`,
  ].map((message) => [message, message] as const),
  [`Commit message: ${plain}`, plain],
  ['提交信息：修正价格\n\n只读一次。', '修正价格\n\n只读一次。'],
  [`"${plain}"`, plain],
  ['“修正价格”', '修正价格'],
  [`${withBody}\n\nNote: I kept the subject under 50 characters.`, withBody],
  [`${withBody}\n\n（注：本提交信息基于暂存的更改。）`, withBody],
  [`${withBody}\n\n---\n\n**说明：** 以上提交信息遵循约定式提交。`, withBody],
  ['Update the docs:\n\n- one\n\nWould you like it shorter?', 'Update the docs:\n\n- one'],
  ['```\n```', ''],
  ['', ''],
  ['Here is the commit message:', ''],
];

describe('the commit message in an answer', () => {
  for (const [answer, message] of answers) {
    it(`is found, and grows line by line: ${JSON.stringify(answer).slice(0, 60)}`, () => {
      assert.equal(commitMessageIn(answer, true), message);
      assert.equal(commitMessageIn(answer.replaceAll('\n', '\r\n'), true), message);
      for (let end = 0; end <= answer.length; end++) {
        const shown = commitMessageIn(answer.slice(0, end), false);
        assert.ok(message.startsWith(shown), `${JSON.stringify(shown)} after ${end}`);
      }
    });
  }
});
