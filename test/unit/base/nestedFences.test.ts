/** Tests that the panel, its Copy and Apply, quick answers and edits read nested code blocks in the same way. */

import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { useNestedFences } from '../../../src/base/common/nestedFences.ts';
import { extractCode } from '../../../src/edit/common/extractCode.ts';
import { codeAround } from '../../../src/ui/markdown/codeBlock.ts';
import { nestedFences } from '../../fixtures/markdown/nestedFences.ts';
import { cuttings, panel, render } from '../ui/markdownDom.ts';

interface Block {
  info: string;
  code: string;
}

/** The code as the panel's buttons get it. */
function inPanel(chunks: readonly string[]): Block[] {
  const blocks = [...render(chunks, panel).querySelectorAll('.code-block')];
  return blocks.map((block) => {
    const { info = '', code = '' } = codeAround(block) ?? {};
    return { info: info.trim(), code };
  });
}

/** Without block headers, as in the specifications. */
function plain(chunks: readonly string[]): string[] {
  return [...render(chunks).querySelectorAll('pre > code')].map(
    ({ textContent }) => textContent?.replace(/\n$/, '') ?? '',
  );
}

const parser = new MarkdownIt();
useNestedFences(parser);

function inQuickAnswer(text: string): Block[] {
  return parser
    .parse(text, {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content }) => ({ info: info.trim(), code: content.replace(/\n$/, '') }));
}

/** Without blank lines at its ends, which an edit drops. */
function trimmed(code: string): string {
  return code.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

describe('blocks of code that hold fences', () => {
  for (const { name, answer, blocks } of nestedFences) {
    it(`are read as they are meant: ${name}`, () => {
      assert.deepEqual(inPanel([answer]), blocks);
      const codes = blocks.map(({ code }) => code);
      assert.deepEqual(plain([answer]), codes);
      assert.deepEqual(inQuickAnswer(answer), blocks);
      for (const chunks of cuttings(answer, 20)) {
        assert.deepEqual(inPanel(chunks), blocks, JSON.stringify(chunks));
        assert.deepEqual(plain(chunks), codes);
      }
      const edit = extractCode(answer, { prose: false, complete: true }).lines.join('\n');
      assert.equal(edit.trimEnd(), trimmed(codes[0] ?? ''));
    });
  }

  it('come back whole out of any text with balanced blocks', () => {
    const line = fc.constantFrom('', 'Text.', '- item', '# Title', 'a: b', '    deep', '正文。');
    const block = fc
      .tuple(fc.constantFrom('js', 'bash', '标题'), fc.array(line))
      .map(([info, lines]) => [`\`\`\`${info}`, ...lines, '```']);
    const bare = fc.array(line).map((lines) => ['', '```', 'npm start', ...lines, '```', '']);
    const text = fc
      .array(
        fc.oneof(
          line.map((one) => [one]),
          block,
          bare,
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.flat().join('\n'));
    fc.assert(
      fc.property(text, fc.constantFrom('md', 'markdown', 'Markdown title="x"'), (code, info) => {
        const answer = `So:\n\n\`\`\`${info}\n${code}\n\`\`\`\n\nThat is all.`;
        assert.deepEqual(inPanel([answer]), [{ info, code }]);
        assert.deepEqual(inQuickAnswer(answer), [{ info, code }]);
      }),
    );
  });
});
