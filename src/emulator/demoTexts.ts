/** The texts of the demo answer, in English and Chinese. */

import type { ReceivedImage } from './images.ts';

export interface DemoTexts {
  introduction: string;
  noQuestion: string;
  attached(where: string, lines: number): string;
  image(data: NonNullable<ReceivedImage['data']>): string;
  /** For an image that was given by its address. */
  imageAddress: string;
  received: string;
  model: string;
  earlierTurns: string;
  parameters: string;
  none: string;
  delivery: string;
  streamed: string;
  whole: string;
  showcase: string;
  list: string;
  closing: string;
  reasoning: string;
  /** In a comment above edited code. */
  edited(task: string): string;
  /** A commit message. */
  commit(files: number): string;
  /** One of many, for the long answer; `number` from 1. */
  paragraph(number: number): string;
}

export const english: DemoTexts = {
  introduction:
    '**This is Qiao’s emulator, not a model.** It runs on this computer, knows nothing, and plays back what it received. You asked:',
  noQuestion: '(no words)',
  attached: (where, lines) => `Attached: ${where}, ${lines} ${lines === 1 ? 'line' : 'lines'}.`,
  image: ({ mimeType, width, height, bytes }) =>
    `Image: \`${mimeType}\`, ${width} × ${height} pixels, ${bytes} bytes. The emulator does not look at it.`,
  imageAddress: 'Image: an address. The emulator does not fetch it.',
  received: 'Received',
  model: 'Model',
  earlierTurns: 'Earlier turns',
  parameters: 'Parameters',
  none: 'none',
  delivery: 'Delivery',
  streamed: 'streamed',
  whole: 'in one piece',
  showcase: 'A real answer may hold code:',
  list: '- lists with **bold**, *italic* and `code`\n- Chinese: 桥，让代码与模型相连\n- emoji 🌉\n\n1. numbered steps\n2. one after the other',
  closing: 'Set an API key to talk to a real model.',
  reasoning: 'An emulator does not think. If it did, its thoughts would be shown here, before the answer.',
  edited: (task) => `Qiao’s emulator was asked: ${task}`,
  commit: (files) =>
    `demo: a message from the emulator\n\nIt saw changes in ${files} ${files === 1 ? 'file' : 'files'} and understands none of them.\nA real model would say what they are about.`,
  paragraph: (number) =>
    `**${number}.** This paragraph is only here to make the answer long, so that Stop can be tried. Stop closes the connection at once and keeps the text that has arrived.`,
};

export const chinese: DemoTexts = {
  introduction:
    '**这里是 Qiao 的模拟器，不是模型。**它在本机运行，什么也不懂，只把收到的内容复述一遍。你的问题：',
  noQuestion: '（没有文字）',
  attached: (where, lines) => `附带的代码：${where}，共 ${lines} 行。`,
  image: ({ mimeType, width, height, bytes }) =>
    `图片：\`${mimeType}\`，${width} × ${height} 像素，${bytes} 字节。模拟器不会查看图片内容。`,
  imageAddress: '图片：一个网址。模拟器不会去下载。',
  received: '收到的内容',
  model: '模型',
  earlierTurns: '之前的轮数',
  parameters: '参数',
  none: '无',
  delivery: '传输方式',
  streamed: '流式',
  whole: '一次性返回',
  showcase: '真正的回答里可以有代码：',
  list: '- 列表，以及**粗体**、*斜体*和 `code`\n- 中英文混排：桥 connects code and models\n- 表情 🌉\n\n1. 带编号的步骤\n2. 一步接一步',
  closing: '设置 API Key 后即可与真正的模型对话。',
  reasoning: '模拟器不会思考。如果会，它的思考过程会显示在这里，排在回答之前。',
  edited: (task) => `Qiao 的模拟器收到的要求：${task}`,
  commit: (files) =>
    `demo: 来自模拟器的提交信息\n\n模拟器看到 ${files} 个文件有更改，但不理解其内容。\n真正的模型会说明这些更改的用途。`,
  paragraph: (number) =>
    `**${number}.** 这一段只是为了让回答变长，好让你试试“停止”。停止会立刻关闭连接，并保留已经收到的文字。`,
};
