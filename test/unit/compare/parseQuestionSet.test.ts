import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasHidden } from '../../../src/base/common/hiddenText.ts';
import { exportCsv } from '../../../src/compare/common/exportCsv.ts';
import { mostQuestions, parseQuestionSet } from '../../../src/compare/common/parseQuestionSet.ts';
import { QuestionSetError, type QuestionSetFault } from '../../../src/compare/common/questionSet.ts';

const texts = (text: string, name: string): string[] =>
  parseQuestionSet(text, name).questions.map((question) => question.text);
const lines = (text: string, name: string): number[] =>
  parseQuestionSet(text, name).questions.map(({ line }) => line);
const faultOf = (text: string, name: string): QuestionSetFault | undefined => {
  try {
    parseQuestionSet(text, name);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof QuestionSetError, String(error));
    return error.fault;
  }
};

describe('questions out of a file', () => {
  it('hold no hidden characters: what the table shows is what is asked', () => {
    const hidden = '\u{e0072}\u{e006d}\u202e\u3164';
    assert.deepEqual(texts(`\uFEFFquestion\nWhy${hidden}?\n`, 'a.csv'), ['Why?']);
    assert.deepEqual(texts(`- Why${hidden} 👩‍💻?\n`, 'a.md'), ['Why 👩‍💻?']);
  });
});

describe('questions out of CSV', () => {
  it('takes the column of that name, wherever it stands and however it is written', () => {
    assert.deepEqual(texts('id,Question \n1,What?\n2,Why?\n', 'a.csv'), ['What?', 'Why?']);
    assert.deepEqual(texts('\uFEFF问题;编号\r\n你好，世界;1\r\n', 'a.csv'), ['你好，世界']);
    assert.deepEqual(texts('prompt\tquestion\nno\tyes\n', 'a.TSV'), ['yes']);
  });

  it('reads quotes, commas, doubled quotes and line breaks, and keeps the numbers of lines', () => {
    const text = 'question,note\r\n"a, ""b""\r\nc",x\r\n\r\nlast,"two\r\nlines"\r\nend,\r\n';
    assert.deepEqual(texts(text, 'a.csv'), ['a, "b"\nc', 'last', 'end']);
    assert.deepEqual(lines(text, 'a.csv'), [2, 5, 7]);
  });

  it('leaves out rows without a question, and says which', () => {
    const { questions, skippedLines } = parseQuestionSet('id,question\n1,\n2,Why?\n3\n', 'a.csv');
    assert.deepEqual(questions, [{ text: 'Why?', line: 3 }]);
    assert.deepEqual(skippedLines, [2, 4]);
  });

  it('says what is wrong, and where', () => {
    assert.deepEqual(faultOf('', 'a.csv'), { type: 'empty' });
    assert.deepEqual(faultOf('\uFEFF \n', 'a.csv'), { type: 'empty' });
    assert.deepEqual(faultOf('question\n', 'a.csv'), { type: 'no-questions' });
    assert.deepEqual(faultOf('a,b\n1,2\n', 'a.csv'), { type: 'no-column', columns: ['a', 'b'] });
    assert.deepEqual(faultOf('question\nok\n"open\nfor ever\n', 'a.csv'), { type: 'open-quote', line: 3 });
    assert.deepEqual(faultOf('question\nok\n"bad"x\n', 'a.csv'), { type: 'bad-quote', line: 3 });
    assert.deepEqual(faultOf('question\nok\nsay "hi"\n', 'a.csv'), { type: 'bad-quote', line: 3 });
    assert.deepEqual(faultOf('question\nWhat is a, or b?\n', 'a.csv'), {
      type: 'too-many-cells',
      line: 2,
      found: 2,
      expected: 1,
    });
  });

  it('takes ten thousand, and no more', () => {
    const rows = (count: number) => `question\n${'Why?\n'.repeat(count)}`;
    assert.equal(texts(rows(mostQuestions), 'a.csv').length, mostQuestions);
    assert.deepEqual(faultOf(rows(mostQuestions + 1), 'a.csv'), {
      type: 'too-many',
      count: mostQuestions + 1,
    });
  });

  it('reads back whatever an export wrote', () => {
    // Hidden characters are not read.
    const question = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => text.trim() === text && text !== '' && !/\r/.test(text) && !hasHidden(text));
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 20 }), (questions) => {
        const csv = exportCsv(
          questions.map((text, index) => ({
            number: index + 1,
            question: text,
            model: 'a/b',
            answer: undefined,
            metrics: undefined,
            best: false,
          })),
        );
        const escaped = questions.map((text) => text.replace(/^[=+\-@\t\uFF1D\uFF0B\uFF0D\uFF20]/, "'$&"));
        assert.deepEqual(texts(csv, 'a.csv'), escaped);
      }),
    );
  });
});

describe('questions out of Markdown', () => {
  it('takes each second-level heading with what stands below it', () => {
    const text = `---
title: Bridges
---
# All of them

Not a question.

## Why?

Because:

\`\`\`md
## no heading
\`\`\`

### Details

- one

## How?
`;
    assert.deepEqual(texts(text, 'a.md'), [
      'Why?\n\nBecause:\n\n```md\n## no heading\n```\n\n### Details\n\n- one',
      'How?',
    ]);
    assert.deepEqual(lines(text, 'a.md'), [8, 20]);
  });

  it('ends a section at a heading above it', () => {
    assert.deepEqual(texts('## One\n\na\n\n# Part two\n\nb\n\n## Two\n', 'a.md'), ['One\n\na', 'Two']);
  });

  it('takes the items of lists where there are no such headings', () => {
    const text =
      '# Questions\n\n1. First\n   goes on\n\n   - with a part\n2. Second\n\nText.\n\n- [ ] Third\n* Fourth\n';
    assert.deepEqual(texts(text, 'a.md'), ['First\ngoes on\n\n- with a part', 'Second', 'Third', 'Fourth']);
    assert.deepEqual(lines(text.replaceAll('\n', '\r\n'), 'a.md'), [3, 7, 11, 12]);
  });

  it('finds none in mere text', () => {
    assert.deepEqual(faultOf('# Title\n\nHow are you?\n', 'a.md'), { type: 'no-questions' });
    assert.deepEqual(faultOf(' \n', 'a.md'), { type: 'empty' });
  });
});
