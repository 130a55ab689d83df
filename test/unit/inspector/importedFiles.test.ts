// Recordings, catalogs and sets of questions from anybody: each is refused with an error, or can be shown.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseQuestionSet } from '../../../src/compare/common/parseQuestionSet.ts';
import { QuestionSetError } from '../../../src/compare/common/questionSet.ts';
import { parseCatalog } from '../../../src/connections/host/catalog/parseCatalog.ts';
import { readExchangeFile, writeExchangeFile } from '../../../src/inspector/common/exchangeFile.ts';
import type { ExchangeRecord } from '../../../src/inspector/common/exchangeRecord.ts';
import { recordTexts } from '../../../src/inspector/host/recordTexts.ts';
import { toRecordView } from '../../../src/inspector/host/recordView.ts';
import { catalogChanges } from '../../../src/providers/catalog/catalog.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';

const record: ExchangeRecord = {
  number: 1,
  startedAt: 5,
  protocol: 'openai',
  model: 'c/m',
  attempts: [
    {
      request: {
        purpose: 'answer',
        attempt: 1,
        method: 'POST',
        url: 'https://example.com/v1/chat/completions',
        headers: { accept: 'text/event-stream' },
        body: '{}',
        bodyChanged: false,
        atMs: 0,
      },
      response: { status: 200, headers: {}, atMs: 1 },
      chunks: [{ atMs: 1, text: 'data: {"choices":[]}\n\n' }],
    },
  ],
  parts: [{ atMs: 1, part: { type: 'text-delta', text: 'x' } }],
  endedMs: 2,
  failure: { kind: 'network', message: 'm' },
};
const catalog = {
  version: 1,
  parameterSets: { one: { temperature: { type: 'number', min: 0 } } },
  models: [
    {
      provider: 'dashscope',
      id: 'made-up',
      contextTokens: 5,
      parameters: 'one',
      price: { currency: 'CNY', tiers: [{ input: 1, output: 1 }], date: '2026-01-01', source: 's' },
      source: 's',
      date: '2026-01-01',
    },
  ],
};

/** The text with any JSON in the place of one of its members. */
function changed(text: string): fc.Arbitrary<string> {
  const value: unknown = JSON.parse(text);
  const count = (inside: unknown): number =>
    typeof inside === 'object' && inside !== null
      ? Object.values(inside).reduce<number>((sum, member) => sum + 1 + count(member), 0)
      : 0;
  return fc.tuple(fc.nat(count(value) - 1), fc.json({ maxDepth: 3 })).map(([place, json]) => {
    let left = place;
    return JSON.stringify(value, (key, member) => (key !== '' && left-- === 0 ? JSON.parse(json) : member));
  });
}

function refusesOr(read: () => void): void {
  try {
    read();
  } catch (error) {
    assert.ok(
      error instanceof Error && !(error instanceof TypeError || error instanceof RangeError),
      String(error),
    );
    assert.ok(error.message.length > 3);
  }
}

describe('a file from anybody', () => {
  it('as a recording is refused, or shown in the inspector', () => {
    fc.assert(
      fc.property(changed(writeExchangeFile(record)), (text) => {
        refusesOr(() => {
          const read = readExchangeFile(text);
          toRecordView(read, recordTexts(read));
          new Date(read.startedAt).toISOString();
        });
      }),
      { numRuns: 300 },
    );
    const late = writeExchangeFile({ ...record, startedAt: 1e300 });
    assert.ok(new Date(readExchangeFile(late).startedAt).toISOString());
  });

  it('as a catalog is refused, or compared with the one there is', () => {
    fc.assert(
      fc.property(changed(JSON.stringify(catalog)), (text) => {
        refusesOr(() => catalogChanges(parseCatalog(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('as a set of questions is refused, or gives questions', () => {
    const pieces = fc.constantFrom(
      '"',
      ',',
      '\n',
      '\r',
      '# ',
      '## ',
      '- ',
      '1. ',
      '```',
      '\t',
      'question',
      '\ufeff',
      '\0',
      'x',
      '>',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('a.md', 'a.csv', 'a.tsv', 'a'), (content, name) => {
        try {
          for (const { text: question, line } of parseQuestionSet(content, name).questions)
            assert.ok(question.trim() !== '' && line >= 1);
        } catch (error) {
          assert.ok(error instanceof QuestionSetError, String(error));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes no long time to be refused', () => {
    const many = (count: number, item: string): string => `[${Array(count).fill(item).join(',')}]`;
    const recording = writeExchangeFile(record).replace(
      /"parts": \[[\s\S]*?\](?=,\s+"endedMs")/,
      '"parts": HERE',
    );
    assert.ok(recording.includes('HERE'));
    const cases: (() => unknown)[] = [
      () => readExchangeFile(recording.replace('HERE', many(5_000_000, '0'))),
      () => readExchangeFile(recording.replace('HERE', '['.repeat(5_000_000))),
      () =>
        parseCatalog(JSON.stringify(catalog).replace(/"models":\[.*\]/, `"models":${many(1_500_000, '{}')}`)),
    ];
    for (const read of cases) assertCpuWithin(3000, () => assert.throws(read), String(read));
  });
});
