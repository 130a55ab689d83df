// The pictures of the Chinese documentation.
import { test } from '../ui/fixtures.ts';
import { takeDocumentationPicture } from './picture.ts';
import { askAboutFunction, begin, settings, takeFeaturePictures } from './scenes.ts';

test.use({ language: 'zh-cn', theme: 'Light Modern', settings });

const suffix = '.zh-cn';
const setApiKey = 'Qiao: 设置 API 密钥';

const answer = `\`total\` 累加购物车中各项的金额，再扣除折扣。

1. 循环清晰易读，无需改用 \`reduce\`。
2. 没有检查 \`discountPercent\` 是否在 **0** 到 **100** 之间：折扣为 120 时，结果为*负数*。

\`\`\`ts
if (discountPercent < 0 || discountPercent > 100) {
  throw new RangeError('discountPercent: 0–100');
}
\`\`\`

| 输入 | 修改前 | 修改后 |
| --- | --- | --- |
| 500，折扣 20 % | 400 | 400 |
| 500，折扣 120 % | −100 | 报错 |
`;

test('a question about selected code, answered', async ({ page, emulator }) => {
  emulator.script({ text: answer, usage: { inputTokens: 176, outputTokens: 188, totalTokens: 364 } });
  await begin(page, setApiKey);
  await askAboutFunction(page, 'Qiao: 针对选中代码提问', '这段代码有问题吗？');
  await takeDocumentationPicture(page, `panel${suffix}`);
});

takeFeaturePictures(
  {
    setApiKey,
    editInline: 'Qiao: 用 Qiao 编辑…',
    compare: 'Qiao: 比较模型…',
    showDifferences: '显示差异',
    inspect: '检查请求',
    copyAsCode: 'Qiao: 复制为代码…',
    openInEditor: '在编辑器中打开',
    showUsage: 'Qiao: 显示用量',
    diagnose: 'Qiao: 诊断',
    nextSteps: '后续步骤',
    instruction: '拒绝不合理的折扣',
    simpleQuestion: '用一句话说明什么是桥。',
    simpleAnswer: ['桥', '让道路', '跨过河流。'],
    question: '为什么 JavaScript 中 0.1 + 0.2 不等于 0.3？',
    answers: [
      '数字以**二进制小数**（IEEE 754）保存，而 0.1 没有有限的二进制表示。实际保存的值略大，两数相加后误差就显现出来：\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\n比较时请使用误差范围，金额请以分为单位计算。',
      'JavaScript 用**二进制小数**（IEEE 754）保存数字。0.1 和 0.2 都没有有限的二进制表示，相加之前就已经舍入：\n\n```js\n0.1 + 0.2 // 0.30000000000000004\n```\n\n金额请以分为单位计算；其他情况用 `Number.EPSILON` 比较。',
    ],
  },
  suffix,
);
