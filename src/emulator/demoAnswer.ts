/** What the emulator says when no script tells it otherwise: that it is no model, what it received, what a panel can show. */

import { type CodeBlock, parseCodeBlocks } from './codeBlocks.ts';
import { demoTask } from './demoTask.ts';
import { chinese, type DemoTexts, english } from './demoTexts.ts';
import type { ReceivedImage } from './images.ts';
import type { AcceptedRequest } from './wire.ts';

export type DemoRequest = Pick<
  AcceptedRequest,
  'question' | 'images' | 'model' | 'earlierTurns' | 'parameters' | 'stream'
>;

/** Markdown, in the language of the question; for an edit or a commit message, what takes its place. A question with `long` or `长` in it gets about ten screens. */
export function demoAnswer(request: DemoRequest): string {
  const { prose, blocks } = parseCodeBlocks(request.question);
  const texts = textsFor(prose === '' ? request.question : prose);
  const task = demoTask(prose, blocks, texts);
  if (task !== undefined) return task;
  const long = /\blong(er|est)?\b|长/i.test(prose);
  return [
    texts.introduction,
    quote(prose === '' ? texts.noQuestion : prose),
    ...blocks.map((block) => texts.attached(locate(block), countLines(block.code))),
    ...request.images.map((image) => describeImage(image, texts)),
    receivedTable(request, texts),
    texts.showcase,
    codeSample(blocks[0]),
    texts.list,
    texts.closing,
    ...(long ? Array.from({ length: 60 }, (_, index) => texts.paragraph(index + 1)) : []),
  ].join('\n\n');
}

/** For requests that ask for thinking. */
export function demoReasoning(question: string): string {
  return textsFor(question).reasoning;
}

function textsFor(text: string): DemoTexts {
  return /\p{Script=Han}/u.test(text) ? chinese : english;
}

/** At most six lines of 200 characters, so that a pasted log does not fill the screen. */
function quote(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const shown = lines.slice(0, 6).map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  return [...shown, ...(lines.length > 6 ? ['…'] : [])].map((line) => `> ${line}`).join('\n');
}

function describeImage({ data }: ReceivedImage, texts: DemoTexts): string {
  return data === undefined ? texts.imageAddress : texts.image(data);
}

function receivedTable(request: DemoRequest, texts: DemoTexts): string {
  const parameters = Object.entries(request.parameters).map(
    ([name, value]) => `\`${name}: ${cell(JSON.stringify(value))}\``,
  );
  const rows = [
    [texts.model, `\`${cell(request.model)}\``],
    [texts.earlierTurns, String(request.earlierTurns)],
    [texts.parameters, parameters.length === 0 ? texts.none : parameters.join(', ')],
    [texts.delivery, request.stream ? texts.streamed : texts.whole],
  ];
  return [
    `| ${texts.received} | |`,
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n');
}

const cell = (text: string): string => text.replace(/\|/g, '\\|').slice(0, 120);

function locate({ path, language, startLine, endLine }: CodeBlock): string {
  const lines = startLine === undefined ? '' : `:${startLine}${endLine === startLine ? '' : `–${endLine}`}`;
  return `\`${path ?? language ?? '?'}${path === undefined ? '' : lines}\`${path !== undefined && language !== undefined ? ` (${language})` : ''}`;
}

const countLines = (code: string): number => code.split('\n').length;

/** The first lines of the attached code, or a line or two of TypeScript. */
function codeSample(block: CodeBlock | undefined): string {
  const code = block === undefined ? sample : block.code.split('\n').slice(0, 8).join('\n');
  const fence = code.includes('```') ? '~~~~' : '```';
  return `${fence}${block === undefined ? 'ts' : (block.language ?? '')}\n${code}\n${fence}`;
}

const sample = `function greet(name: string): string {\n  return \`你好, \${name}! 👋\`;\n}`;
