/** Answers to requests that want code or a commit message and nothing else: small changes that one sees. */

import type { CodeBlock } from './codeBlocks.ts';
import type { DemoTexts } from './demoTexts.ts';

/** `undefined`: a question like any other. `prose`: the question without its blocks. */
export function demoTask(prose: string, blocks: readonly CodeBlock[], texts: DemoTexts): string | undefined {
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

/** In the manner of the language, in one line. */
function comment(language: string, text: string): string {
  if (/^(python|py|shellscript|sh|bash|yaml|ruby|rb|r|perl|toml|ini|dockerfile|makefile)$/i.test(language))
    return `# ${text}`;
  if (/^(html|xml|markdown|md|vue|svelte)$/i.test(language)) return `<!-- ${text} -->`;
  if (/^(css|less|scss)$/i.test(language)) return `/* ${text} */`;
  if (/^(sql|lua|haskell)$/i.test(language)) return `-- ${text}`;
  return /^(json|plaintext|text)?$/i.test(language) ? text : `// ${text}`;
}
