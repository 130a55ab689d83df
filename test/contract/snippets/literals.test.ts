/** Any text comes through the literals of every language as it was: written as code, run, and read back. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as fc from 'fast-check';
import { javaText } from '../../../src/snippets/common/java.ts';
import { quote, quoteForShell } from '../../../src/snippets/common/literals.ts';
import { writeValue } from '../../../src/snippets/common/values.ts';
import { hostilePayloads } from '../../support/hostileCorpus.ts';
import { findSyntaxError, parseSnippet, readGo } from '../../support/readers/treeReader.ts';
import { createSnippetFolder, has, run } from '../../support/snippets.ts';
import { allSnippets } from './allSnippets.ts';
import { hostileText } from './cases.ts';

const drawn = [
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { numRuns: 200, seed: 7 }),
  // UTF-16 units as they come: most are no text.
  ...fc.sample(
    fc.array(fc.integer({ min: 0xd700, max: 0xe0ff })).map((units) => String.fromCharCode(...units)),
    { numRuns: 60, seed: 7 },
  ),
  ...fc.sample(
    fc
      .array(
        fc.constantFrom(
          '\n',
          '\r',
          '\\',
          '"',
          "'",
          '$',
          '`',
          '\\u',
          '{',
          '}',
          '\u2028',
          '🌉',
          ' ',
          'u0022',
          '\\N',
        ),
      )
      .map((parts) => parts.join('')),
    { numRuns: 150, seed: 7 },
  ),
];
const texts: readonly string[] = [
  ...drawn,
  ...hostilePayloads,
  hostileText,
  '',
  '\n',
  '\0',
  'x'.repeat(70_000),
  `${'桥'.repeat(40_000)}\n🌉`,
  `${'line of text\n'.repeat(3000)}end`,
];
/** As UTF-16 units in hexadecimal: no encoding can hide a difference. */
const hex = (text: string): string =>
  Array.from({ length: text.length }, (_, index) =>
    text.charCodeAt(index).toString(16).padStart(4, '0'),
  ).join('');

const wellFormed = (text: string): string => Buffer.from(text).toString();

describe('literals of snippets', () => {
  let place: Awaited<ReturnType<typeof createSnippetFolder>>;
  before(async () => {
    place = await createSnippetFolder();
  });
  after(() => place.dispose());

  async function outputOf(command: string, name: string, snippet: string): Promise<string[]> {
    const file = path.join(place.folder, name);
    await writeFile(file, snippet);
    // Java before 18 takes the encoding of the system for that of its sources.
    const options = command === 'java' ? ['-Dfile.encoding=UTF-8'] : [];
    const { code, output, errors } = await run(command, [...options, file]);
    assert.equal(code, 0, errors.slice(0, 2000));
    return output.split('\n').slice(0, -1);
  }

  function assertSame(actual: readonly string[], expected: readonly string[]): void {
    assert.equal(actual.length, expected.length);
    for (const [index, text] of actual.entries()) assert.equal(text, expected[index], `text ${index}`);
  }

  it('JSON', () => {
    for (const text of texts) assert.equal(JSON.parse(writeValue(text, 'json')), text);
  });

  it('JavaScript', async () => {
    const items = texts.map((text) => writeValue(text, 'javascript')).join(',\n');
    const snippet = `const texts = [${items}];
for (const text of texts) {
  console.log(Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0")).join(""));
}
`;
    assertSame(await outputOf(process.execPath, 'texts.mjs', snippet), texts.map(hex));
  });

  it('Python', async () => {
    const items = texts.map((text) => writeValue(text, 'python')).join(',\n');
    if (!(await has('Python', 'python3', ['--version'])))
      return assert.equal(findSyntaxError(await parseSnippet(`texts = [${items}]\n`, 'python')), undefined);
    const snippet = `texts = [${items}]
for text in texts:
    print(text.encode("utf-16-be", "surrogatepass").hex())
`;
    assertSame(await outputOf('python3', 'texts.py', snippet), texts.map(hex));
  });

  it('Java', async () => {
    const methods = texts.map(
      (text, index) => `    static String text${index}() { return ${javaText(text, '        ')}; }\n`,
    );
    const snippet = `public class Texts {
    static void print(String text) {
        StringBuilder units = new StringBuilder();
        for (char unit : text.toCharArray()) units.append(String.format("%04x", (int) unit));
        System.out.println(units);
    }
${methods.join('')}    public static void main(String[] args) {
${texts.map((_, index) => `        print(text${index}());\n`).join('')}    }
}
`;
    if (!allSnippets || !(await has('Java', 'javac', ['-version'])))
      return assert.equal(findSyntaxError(await parseSnippet(snippet, 'java')), undefined);
    assertSame(await outputOf('java', 'Texts.java', snippet), texts.map(hex));
  });

  it('Go, which has no lone surrogates', async () => {
    const items = texts.map((text) => quote(text, 'go'));
    const root = await parseSnippet(`package main\nvar texts = []string{\n${items.join(',\n')},\n}\n`, 'go');
    assert.equal(findSyntaxError(root), undefined);
    const read = root.descendantsOfType('interpreted_string_literal').map((node) => node && readGo(node));
    assertSame(
      read.map(String),
      texts.map((text) => wellFormed(text)),
    );
  });

  it('a POSIX shell, without the character NUL', async () => {
    const plain = [...drawn, hostileText].filter(
      (text) => !text.includes('\0') && wellFormed(text) === text && text.length < 30_000,
    );
    // Behind each text stands the one character that none of them holds.
    const lines = plain.map((text) => `printf '%s\\000' ${quoteForShell(text)}\n`);
    const snippet = `{\n${lines.join('')}} | od -An -v -tx1 | tr -d ' \\n'; echo\n`;
    const [output = ''] = await outputOf('sh', 'texts.sh', snippet);
    assertSame(Buffer.from(output, 'hex').toString().split('\0').slice(0, -1), plain);
  });

  it('what is invisible can be seen', () => {
    for (const language of ['json', 'python', 'java', 'go'] as const) {
      const code = quote('a\u202eb\u2028c\u200bd\ufeffe\u00a0f\u{e0067}', language);
      assert.match(code, /^"[\x20-\x7e]+"$/, language);
    }
    assert.equal(quote('👨‍👩‍👧　桥', 'json'), '"👨‍👩‍👧　桥"');
  });
});
