import assert from 'node:assert/strict';
import { diffAnswers } from '../../../src/compare/common/answerDiff.ts';
import {
  type ComparedAnswer,
  type Comparison,
  columnsFor,
  pendingCells,
} from '../../../src/compare/common/comparison.ts';
import { type ComparisonEvent, readComparison } from '../../../src/compare/common/comparisonLog.ts';
import { comparisonEventSchema } from '../../../src/compare/common/comparisonSchema.ts';
import { exportCsv } from '../../../src/compare/common/exportCsv.ts';
import { exportComparisonJson } from '../../../src/compare/common/exportJson.ts';
import { exportComparisonMarkdown } from '../../../src/compare/common/exportMarkdown.ts';
import { exportRows } from '../../../src/compare/common/exportRows.ts';
import { median, metricsOf } from '../../../src/compare/common/metrics.ts';

const answer = (fields: Partial<ComparedAnswer> = {}): ComparedAnswer => ({
  status: 'done',
  text: 'Yes.',
  reasoning: '',
  askedAt: 1_700_000_000_000,
  firstTokenMs: 500,
  totalMs: 2500,
  retries: 0,
  usage: { inputTokens: 12, outputTokens: 80, totalTokens: 92 },
  finishReason: 'stop',
  ...fields,
});

const header: ComparisonEvent = {
  type: 'comparison',
  version: 1,
  id: 'a',
  createdAt: 1,
  setup: { systemPrompt: '', parameters: { temperature: 0.5 } },
  questions: ['One', 'Two'].map((text, index) => ({
    id: `q${index + 1}`,
    text,
    attachments: [],
    history: [],
  })),
};
const columns: ComparisonEvent = {
  type: 'columns',
  columns: [
    { id: 'c1', model: 'a/x' },
    { id: 'c2', model: 'b/y' },
  ],
};

/** As they come back from the disk. */
function read(...events: readonly ComparisonEvent[]): Comparison {
  const comparison = readComparison(
    events.map((event) => {
      const line: unknown = JSON.parse(JSON.stringify(event));
      const parsed = comparisonEventSchema.parse(line);
      assert.deepEqual(parsed, line);
      return parsed;
    }),
  );
  assert.ok(comparison);
  return comparison;
}

describe('a comparison', () => {
  it('is what its events say', () => {
    const { answers, best, running } = read(
      header,
      columns,
      { type: 'run', at: 1 },
      { type: 'answer', questionId: 'q1', columnId: 'c1', answer: answer() },
      { type: 'answer', questionId: 'q1', columnId: 'c1', answer: answer({ text: 'No.' }) },
      { type: 'best', questionId: 'q1', columnId: 'c1' },
      { type: 'best', questionId: 'q2', columnId: 'c1' },
      { type: 'best', questionId: 'q2' },
    );
    assert.deepEqual([...answers], [['q1/c1', answer({ text: 'No.' })]]);
    assert.deepEqual([...best], [['q1', 'c1']]);
    assert.equal(running, true);
  });

  it('keeps the platform’s own word for how an answer ended', () => {
    const ended = answer({ finishReason: 'other', rawReason: 'network_error' });
    const comparison = read(header, columns, {
      type: 'answer',
      questionId: 'q1',
      columnId: 'c1',
      answer: ended,
    });
    assert.deepEqual(comparison.answers.get('q1/c1'), ended);
    const file = exportComparisonJson(comparison, exportRows(comparison));
    assert.match(file, /"rawReason": "network_error"/);
  });

  it('asks what has no whole answer, and what failed only when it is meant', () => {
    const comparison = read(
      header,
      columns,
      { type: 'answer', questionId: 'q1', columnId: 'c1', answer: answer() },
      { type: 'answer', questionId: 'q1', columnId: 'c2', answer: answer({ status: 'failed' }) },
      { type: 'answer', questionId: 'q2', columnId: 'c1', answer: answer({ status: 'stopped' }) },
    );
    const keys = (options?: { failed: boolean }) =>
      pendingCells(comparison, options).map(({ question, column }) => `${question.id}/${column.id}`);
    assert.deepEqual(keys(), ['q2/c1', 'q2/c2']);
    assert.deepEqual(keys({ failed: true }), ['q1/c2', 'q2/c1', 'q2/c2']);
  });

  it('never gives a new column the id of one that was taken away', () => {
    const first = columnsFor(['a/x', 'a/y'], []);
    assert.deepEqual(
      first.map(({ id }) => id),
      ['c1', 'c2'],
    );
    const known = [...columnsFor(['a/x', 'a/z'], first), ...first];
    assert.deepEqual(columnsFor(['a/y', 'a/y', 'a/z', 'a/w'], known), [
      { id: 'c2', model: 'a/y' },
      { id: 'c4', model: 'a/y' },
      { id: 'c3', model: 'a/z' },
      { id: 'c5', model: 'a/w' },
    ]);
  });
});

describe('metrics', () => {
  it('count tokens of the platform over the time of the stream', () => {
    assert.deepEqual(metricsOf(answer()), {
      firstTokenMs: 500,
      totalMs: 2500,
      tokensPerSecond: 40,
      inputTokens: 12,
      outputTokens: 80,
      estimated: false,
    });
  });

  it('say when they are estimates', () => {
    const metrics = metricsOf(answer({ usage: undefined, estimatedInputTokens: 9, text: '你好，世界。' }));
    assert.equal(metrics.estimated, true);
    assert.equal(metrics.inputTokens, 9);
    assert.ok((metrics.outputTokens ?? 0) >= 3);
  });

  it('know no speed of what came in one piece, or not at all', () => {
    assert.equal(metricsOf(answer({ totalMs: 505 })).tokensPerSecond, undefined);
    const nothing = metricsOf(
      answer({ status: 'failed', text: '', usage: undefined, firstTokenMs: undefined }),
    );
    assert.equal(nothing.tokensPerSecond, undefined);
    assert.equal(nothing.outputTokens, undefined);
  });

  it('have a middle', () => {
    assert.equal(median([]), undefined);
    assert.equal(median([9]), 9);
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([9, 1, 5, 7]), 6);
  });
});

describe('differences of answers', () => {
  const changed = (first: string, second: string): [string[], string[]] => {
    const diff = diffAnswers(first, second);
    return [
      diff.first.map(([start, end]) => first.slice(start, end)),
      diff.second.map(([start, end]) => second.slice(start, end)),
    ];
  };

  it('are whole words, also where no spaces stand between them', () => {
    assert.deepEqual(changed('The bridge opens early.', 'The bridge opens late today.'), [
      ['early'],
      ['late today'],
    ]);
    assert.deepEqual(changed('渡轮整点出发。', '渡轮半点出发。'), [['整点'], ['半点']]);
  });

  it('are no line breaks and no spaces', () => {
    assert.deepEqual(changed('a b\n\nc', 'a  b c'), [[], []]);
    assert.equal(diffAnswers('a b', 'a\nb').likeness, 1);
    assert.equal(diffAnswers('', '').likeness, 1);
    assert.equal(diffAnswers('a', 'b').likeness, 0);
  });

  it('take no time to speak of, even for long answers that share nothing', () => {
    const words = (from: number) => Array.from({ length: 8000 }, (_, index) => `w${from + index}`).join(' ');
    const { likeness, first } = diffAnswers(words(0), words(100_000));
    assert.equal(likeness, 0);
    assert.equal(first.length, 1);
  });
});

describe('exports of a comparison', () => {
  const comparison = read(
    header,
    columns,
    {
      type: 'answer',
      questionId: 'q1',
      columnId: 'c1',
      answer: answer({ text: '=HYPERLINK("http://x")', cost: { currency: 'CNY', nanos: 250_000_000 } }),
    },
    {
      type: 'answer',
      questionId: 'q1',
      columnId: 'c2',
      answer: answer({
        status: 'failed',
        text: '',
        usage: undefined,
        error: { kind: 'timeout', providerId: 'dashscope', message: '@too late' },
      }),
    },
    { type: 'answer', questionId: 'q2', columnId: 'c1', answer: answer({ text: '# Yes\n\n| a, "b" |' }) },
    { type: 'best', questionId: 'q2', columnId: 'c1' },
  );
  const rows = exportRows(comparison);

  it('write CSV that no spreadsheet takes for formulas', () => {
    const csv = exportCsv(rows);
    assert.ok(csv.startsWith('\uFEFFnumber,question,model,status,answer,'));
    const [, first, second] = csv.split('\r\n');
    assert.equal(
      first,
      `1,One,a/x,done,"'=HYPERLINK(""http://x"")",,500,2500,40,12,80,no,0.25,CNY,stop,,,2023-11-14T22:13:20.000Z`,
    );
    assert.ok(second?.includes('failed') && second.includes('timeout: @too late'), second);
    assert.match(csv, /2,Two,b\/y,not asked,/);
  });

  it('write JSON with its version, and every answer there is', () => {
    const file = JSON.parse(exportComparisonJson(comparison, rows));
    assert.equal(file.format, 'qiao-comparison');
    assert.equal(file.version, 1);
    assert.deepEqual(file.models, ['a/x', 'b/y']);
    assert.equal(file.answers.length, 3);
    const { question, model, text, best, tokensPerSecond, cost } = file.answers[2];
    assert.deepEqual(
      [question, model, text, best, tokensPerSecond],
      [2, 'a/x', '# Yes\n\n| a, "b" |', true, 40],
    );
    assert.equal(cost, undefined);
    assert.deepEqual(file.answers[0].cost, { amount: '0.25', currency: 'CNY' });
  });

  it('write Markdown whose headings stay in order', () => {
    const text = exportComparisonMarkdown(comparison, rows, {
      title: 'Both\nof them',
      question: (number) => `Question ${number}`,
      headings: ['Model', 'Status'],
      cells: ({ model, answer: given }) => [`${model} | x`, given?.status ?? ''],
      best: 'Best',
      ending: ({ answer: given }) => given?.error?.message ?? '',
      name: (model) => model,
    });
    assert.deepEqual(
      text.split('\n').filter((line) => line.startsWith('#')),
      [
        '# Both of them',
        '## Question 1',
        '### a/x',
        '### b/y',
        '## Question 2',
        '### a/x · Best',
        '#### Yes',
        '### b/y',
      ],
    );
    assert.ok(text.includes('| a/x \\| x | done |') && text.includes('> @too late'));
  });
});
