import assert from 'node:assert/strict';
import { readExchangeFile, writeExchangeFile } from '../../../src/inspector/common/exchangeFile.ts';
import { answerAttempt } from '../../../src/inspector/common/exchangeRecord.ts';
import { createRecorder } from '../../../src/inspector/common/exchangeRecorder.ts';
import { ChatError } from '../../../src/llm/chatError.ts';

const request = (purpose: 'answer' | 'token', attempt: number) => ({
  purpose,
  attempt,
  method: 'POST' as const,
  url: 'https://example.com/v1',
  headers: { 'content-type': 'application/json' },
  body: '{"stream":true}',
  bodyChanged: false,
});
const failure = new ChatError({ kind: 'unavailable', providerId: 'openai', message: 'Busy.', status: 503 });

function record(limit?: number) {
  let time = 1_700_000_000_000;
  const recorder = createRecorder({ number: 1, protocol: 'openai', model: 'm/x', limit, now: () => time });
  return {
    ...recorder,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

describe('The recorder of exchanges', () => {
  it('keeps each try with its times', () => {
    const { record: kept, observer, pass } = record();
    observer.request(request('token', 1));
    pass(5);
    observer.response({ status: 200, headers: {} });
    observer.request(request('answer', 1));
    pass(5.5);
    observer.response({ status: 503, headers: { 'retry-after': '1' } });
    observer.data('{"error":');
    observer.failure(failure);
    observer.wait({ attempt: 2, delayMs: 1000 });
    pass(1000);
    observer.request(request('answer', 2));
    observer.data('data: 1\n\n');
    observer.part({ type: 'text-delta', text: 'a' });
    observer.end();
    assert.deepEqual(
      kept.attempts.map((attempt) => [attempt.request?.purpose, attempt.request?.atMs, attempt.waitMs]),
      [
        ['token', 0, undefined],
        ['answer', 5, 1000],
        ['answer', 1010.5, undefined],
      ],
    );
    assert.equal(kept.attempts[1]?.failure?.kind, 'unavailable');
    assert.equal(answerAttempt(kept)?.request?.attempt, 2);
    assert.equal(kept.endedMs, 1010.5);
    assert.deepEqual(readExchangeFile(writeExchangeFile(kept)), JSON.parse(JSON.stringify(kept)));
  });

  it('keeps no more than its limit, says so, and still tells the end', () => {
    const { record: kept, observer } = record(100);
    observer.request(request('answer', 1));
    observer.data('x'.repeat(90));
    observer.data('y'.repeat(90));
    observer.part({ type: 'text-delta', text: 'a' });
    observer.part({ type: 'finish', reason: 'stop' });
    observer.end();
    observer.data('late');
    assert.equal(kept.attempts[0]?.chunks.map(({ text }) => text).join('').length, 100);
    assert.equal(kept.cut, true);
    assert.deepEqual(
      kept.parts.map(({ part }) => part.type),
      ['finish'],
    );
  });

  it('keeps slices that came at the same moment as one', () => {
    const { record: kept, observer, pass } = record();
    observer.request(request('answer', 1));
    for (const letter of 'abc') observer.data(letter);
    pass(1);
    observer.data('d');
    observer.request(request('answer', 2));
    observer.data('e');
    assert.deepEqual(
      kept.attempts.map(({ chunks }) => chunks),
      [
        [
          { atMs: 0, text: 'abc' },
          { atMs: 1, text: 'd' },
        ],
        [{ atMs: 1, text: 'e' }],
      ],
    );
  });

  it('names what is wrong with a file', () => {
    const text = writeExchangeFile(record().record).replace('"openai"', '"smtp"');
    assert.throws(() => readExchangeFile(text), /record\.protocol/);
  });
});
