/** The answer of the emulator to requests without a script: echoes the request and shows the panel's formatting. */

import { type CodeBlock, parseCodeBlocks } from './codeBlocks.ts';
import { chinese, type DemoTexts, english } from './demoTexts.ts';
import type { AcceptedRequest } from './endpoint.ts';
import type { ReceivedImage } from './images.ts';
import type { ScriptStep } from './scriptStep.ts';

const defaultPiecesPerSecond = 45;
/** In milliseconds; long enough to show the waiting state. */
const firstEventDelay = 250;

export type DemoRequest = Pick<
  AcceptedRequest,
  'question' | 'images' | 'model' | 'earlierTurns' | 'parameters' | 'stream'
>;

/** Markdown in the language of the question; code for an edit, a message for a commit. `long` or `长` in the question gives about ten screens. */
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

/** Adds the demo answer, at `pace` pieces per second, to the faults of `step`. */
export function demoStep(
  step: ScriptStep,
  accepted: AcceptedRequest,
  pace = defaultPiecesPerSecond,
): ScriptStep {
  const delayMs = pace > 0 ? { firstEvent: firstEventDelay, betweenEvents: 1000 / pace } : undefined;
  const thinks = accepted.parameters.enable_thinking === true;
  return {
    reasoning: thinks ? demoReasoning(accepted.question) : undefined,
    obeyParameters: true,
    delayMs,
    ...step,
    text: demoAnswer(accepted),
  };
}

function demoReasoning(question: string): string {
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

/** The answer to a request for code or a commit message, else `undefined`. `prose`: the question without its blocks. */
function demoTask(prose: string, blocks: readonly CodeBlock[], texts: DemoTexts): string | undefined {
  if (/commit message for these changes|为这些更改编写提交信息/.test(prose))
    return fenced('', texts.commit(countFiles(blocks)));
  const task = /^(?:What to do: |要做的事[:：])(.*)/m.exec(prose)?.[1]?.trim();
  if (task === undefined) return undefined;
  const block = /new lines\.|新增的行/.test(prose) ? undefined : blocks.at(-1);
  const language = block?.language ?? blocks.at(-1)?.language ?? '';
  const indentation = /^[ \t]*/.exec(block?.code ?? '')?.[0] ?? '';
  const note = comment(language, texts.edited(task.slice(0, 100)));
  return fenced(language, [indentation + note, ...(block ? [block.code] : [])].join('\n'));
}

function countFiles(blocks: readonly CodeBlock[]): number {
  return blocks.reduce((sum, { code }) => sum + (code.match(/^diff --/gm) ?? []).length, 0);
}

function fenced(language: string, code: string): string {
  const longest = (code.match(/`{3,}/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

/** A one-line comment in the language's syntax. */
function comment(language: string, text: string): string {
  if (/^(python|py|shellscript|sh|bash|yaml|ruby|rb|r|perl|toml|ini|dockerfile|makefile)$/i.test(language))
    return `# ${text}`;
  if (/^(html|xml|markdown|md|vue|svelte)$/i.test(language)) return `<!-- ${text} -->`;
  if (/^(css|less|scss)$/i.test(language)) return `/* ${text} */`;
  if (/^(sql|lua|haskell)$/i.test(language)) return `-- ${text}`;
  return /^(json|plaintext|text)?$/i.test(language) ? text : `// ${text}`;
}
