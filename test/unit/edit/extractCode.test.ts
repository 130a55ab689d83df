import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extractCode } from '../../../src/edit/common/extractCode.ts';
import {
  type NormalizeOptions,
  normalizeReplacement,
} from '../../../src/edit/common/normalizeReplacement.ts';

const whole = (answer: string, prose = false): string =>
  extractCode(answer, { prose, markdown: prose, complete: true }).lines.join('\n');
const partly = (answer: string, prose = false): string =>
  extractCode(answer, { prose, markdown: prose, complete: false }).lines.join('\n');

describe('the code of an answer', () => {
  it('is what the first fence holds, whatever is said around it', () => {
    const code = 'const a = `x`;\n\nif (a) {\n\tb();\n}';
    assert.equal(whole(`Sure!\n\n\`\`\`ts\n${code}\n\`\`\`\n\nI changed a.`), code);
    assert.equal(whole(`\`\`\`\n${code}\n\`\`\``), code);
    assert.equal(whole(`~~~~js\r\n${code}\r\n~~~~\r\n`), code);
    assert.equal(whole(`\`\`\`ts\n${code}`), code, 'cut short');
    assert.equal(whole(`<think>\`\`\`\nno\n\`\`\`</think>\n\`\`\`ts\n${code}\n\`\`\``), code);
    assert.equal(whole(`1. So:\n   \`\`\`ts\n   a();\n     b();\n   \`\`\``), 'a();\n  b();');
  });

  it('may hold fences itself', () => {
    const docs = 'def f():\n    """\n```python\nf()\n```\n    """';
    assert.equal(whole(`\`\`\`python\n${docs}\n\`\`\``), docs);
    const markdown = '# 标题\n\n```ts\na\n```\n\n```\nb\n```\n\nEnd.';
    assert.equal(whole(`\`\`\`markdown\n${markdown}\n\`\`\``, true), markdown);
    assert.equal(whole(markdown, true), markdown);
    assert.equal(whole(`\`\`\`\`md\n${markdown}\n\`\`\`\``, true), markdown);
  });

  it('is all of an answer without a fence, but for its sentences', () => {
    assert.equal(whole('  a();\n  b();\n'), '  a();\n  b();');
    assert.equal(whole('Here is the code:\n\na();\nb();\n\nI hope this helps.'), 'a();\nb();');
    assert.equal(whole('以下是修改后的代码：\n\na();\n'), 'a();');
    assert.equal(whole('# A comment.\nprint("x")'), '# A comment.\nprint("x")');
  });

  it('is nothing where there is none', () => {
    for (const answer of [
      '',
      '\n\n',
      '```ts\n```',
      'I am sorry, but I cannot do that.',
      '抱歉，我不能修改这段代码。',
    ])
      assert.equal(whole(answer), '', answer);
  });

  it('comes by whole lines, and only when it is code for sure', () => {
    assert.equal(partly('Here is the code:\n'), '');
    assert.equal(partly('Here is the code:\n\na();\n'), '', 'a fence may still come');
    assert.equal(partly('```ts\na();\nb('), 'a();');
    assert.equal(partly('```ts\na();\n``'), 'a();');
    assert.equal(partly('a();\nb('), 'a();');
  });

  it('only grows while a fenced answer comes', () => {
    const line = fc.constantFrom('', 'a();', '  b', '你好🌉', '}', '# x');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.nat(), (lines, cut) => {
        const answer = `So:\n\`\`\`ts\n${lines.join('\n')}\n\`\`\`\nDone.`;
        const full = whole(answer);
        const part = partly(answer.slice(0, cut % (answer.length + 1)));
        assert.ok(full.startsWith(part));
      }),
    );
  });
});

describe('an answer made to fit', () => {
  const fitted = (answer: string, old: string, more: Partial<NormalizeOptions> = {}): string =>
    normalizeReplacement(answer.split('\n'), {
      old: old.split('\n'),
      before: [],
      after: [],
      complete: true,
      ...more,
    }).join('\n');

  it('gets the indentation of its place back', () => {
    assert.equal(
      fitted('if (a) {\n  b();\n}', '    if (x) {\n      b();\n    }'),
      '    if (a) {\n      b();\n    }',
    );
    assert.equal(
      fitted('def f():\n    return 2', '    def f():\n        return 1'),
      '    def f():\n        return 2',
    );
    assert.equal(
      fitted('if (a) {\n      b();\n    }', '    if (x) {\n      b();\n    }'),
      '    if (a) {\n      b();\n    }',
    );
    assert.equal(fitted('a()', '\t\tb()'), '\t\ta()');
  });

  it('keeps what is indented right, text that stands at the margin too', () => {
    for (const answer of ['    cat <<EOF\nx\nEOF', '    a();', '      deeper();\n    a();', '\t\ta'])
      assert.equal(fitted(answer, '    old();'), answer);
  });

  it('indents as the document does', () => {
    const style = { insertSpaces: false, tabSize: 4 };
    assert.equal(fitted('    if (a)\n        b();', '\tif (x)\n\t\tb();', { style }), '\tif (a)\n\t\tb();');
  });

  it('keeps blank lines at the edges', () => {
    assert.equal(fitted('a', '\nb\n\n'), '\na\n\n');
    assert.equal(fitted('a', '\nb\n\n', { complete: false }), '\na');
  });

  it('leaves out what it repeats of the code around, and what it changes there', () => {
    const before = ['import x;', '', 'function one() {', '  return 1;', '}'];
    const after = ['', 'function three() {', '  return 3;', '}'];
    const answer = ['import y;', ...before, 'two(1);', 'more();', ...after, 'extra();'];
    assert.equal(fitted(answer.join('\n'), 'two();', { before, after }), 'two(1);\nmore();');
    assert.equal(fitted(answer.slice(1, 4).join('\n'), 'two();', { before, after, complete: false }), '');
    assert.equal(fitted('two(1);', 'two();', { before, after }), 'two(1);');
  });
});
