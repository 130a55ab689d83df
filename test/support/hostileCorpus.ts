/** Published lists of texts that try to run a script: DOMPurify's test vectors, xss-filters' seeds, naughty strings. */

import { readFileSync } from 'node:fs';
import vectors from '../fixtures/hostile/domPurify.json' with { type: 'json' };
import naughty from '../fixtures/hostile/naughtyStrings.json' with { type: 'json' };

const seeds = readFileSync(new URL('../fixtures/hostile/xssFilters.txt', import.meta.url), 'utf8');

/** Texts that hold a tag, a handler or a script's address; each once. */
export const hostilePayloads: readonly string[] = [
  ...new Set([
    ...vectors,
    ...seeds.split('\n'),
    ...naughty.filter((text) => /<|script:|\bon\w+\s*=|alert\(/i.test(text)),
  ]),
].filter((text) => text.trim() !== '');

const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');

/** A payload as an answer could hold it, each way by itself. */
export function hostileAnswers(payload: string): string[] {
  const line = oneLine(payload);
  return [
    payload,
    `before ${payload} after`,
    `[words](${line})\n\n[words](<${line}>)`,
    `![picture](${line})\n\n![${line}](https://example.invalid/p.png "${line}")`,
    `[words](https://example.invalid/ "${line}")\n\n[${line}](https://example.invalid/)`,
    `<${line}>\n\n<https://example.invalid/${line}>\n\nhttps://example.invalid/${line}`,
    `[a]\n\n[a]: ${line}`,
    `\`${line}\`\n\n\`\`\`${line}\n${payload}\n\`\`\``,
    `| a | b |\n| - | - |\n| ${line} | \`${line}\` |`,
    `> - [ ] ${line}\n\n# ${line}`,
    `$${line}$ and $$${line}$$\n\n$$\n${line}\n$$\n\n$\\href{${line}}{x}$`,
    `\`\`\`mermaid\ngraph TD; A["${line}"] --> B; click A "${line}"\n\`\`\``,
  ];
}
