import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Cell, type ComparedAnswer, cellsOf } from '../../src/compare/common/comparison.ts';
import { exportCsv } from '../../src/compare/common/exportCsv.ts';
import { exportComparisonJson } from '../../src/compare/common/exportJson.ts';
import { exportRows } from '../../src/compare/common/exportRows.ts';
import { type CompareListener, CompareSession } from '../../src/compare/host/compareSession.ts';
import {
  type Emulator,
  type RecordedRequest,
  type ScriptStep,
  startEmulator,
} from '../../src/emulator/index.ts';
import { type CompareProcessOptions, compareParts } from '../support/compareProcess.ts';
import { until } from '../support/until.ts';

/** Without members that are not there. */
const plain = (answers: ReadonlyMap<string, ComparedAnswer> | undefined): unknown =>
  JSON.parse(JSON.stringify([...(answers ?? [])]));

const quiet: CompareListener = { onRun() {}, onCell() {}, onDelta() {}, onColumns() {} };

describe('comparisons, against the emulator', () => {
  let emulator: Emulator;
  let folder: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-compare-'));
  });
  afterEach(async () => {
    await emulator.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const newSession = (texts: readonly string[], models: readonly string[]): CompareSession => {
    const session = new CompareSession(
      {
        type: 'comparison',
        version: 1,
        id: 'comparison',
        createdAt: 1,
        setup: { systemPrompt: 'Be short.', parameters: { temperature: 0.5 } },
        questions: texts.map((text, index) => ({ id: `q${index + 1}`, text, attachments: [], history: [] })),
      },
      compareParts(folder, emulator.origin),
    );
    session.setModels(models);
    return session;
  };
  /** The steps, and for all other requests a short answer. */
  const script = (...steps: readonly ScriptStep[]): void =>
    emulator.script(...steps, { text: 'Yes.', times: 'always' });
  const load = async () => (await compareParts(folder, emulator.origin).files.load('comparison'))?.comparison;
  const answers = ({ comparison }: Pick<CompareSession, 'comparison'>): ComparedAnswer[] => [
    ...comparison.answers.values(),
  ];

  const coming = (session: CompareSession): (string | undefined)[] =>
    cellsOf(session.comparison).map((cell) => session.runningAnswer(cell)?.text);

  it('asks four models of one connection at once, and none waits for another', async () => {
    const models = ['qwen-max', 'qwen-plus', 'qwen-turbo', 'qwen-long'];
    script(
      ...models.map((model, index) => ({
        match: { model },
        pieces: ['a', 'b', 'c'],
        holdAfter: index === 3 ? undefined : 1,
      })),
    );
    const session = newSession(
      ['Which?'],
      models.map((model) => `a/${model}`),
    );
    const finished: string[] = [];
    session.listener = {
      ...quiet,
      onCell({ column, question }: Cell) {
        if (session.comparison.answers.has(`${question.id}/${column.id}`)) finished.push(column.model);
      },
    };
    const run = session.start();
    // Three are held after their first word; the fourth finishes all the same.
    await until(() => finished.length === 1);
    assert.deepEqual(finished, ['a/qwen-long']);
    assert.equal(emulator.requests.length, 4);
    assert.equal(session.busy, true);
    emulator.release();
    await run;
    assert.deepEqual(
      answers(session).map(({ status, text }) => [status, text]),
      models.map(() => ['done', 'abc']),
    );
    for (const request of emulator.requests) {
      const body = JSON.stringify(request.body);
      assert.ok(body.includes('Be short.') && body.includes('Which?') && body.includes('0.5'), body);
    }
  });

  it('measures each answer by itself', async () => {
    script(
      {
        match: { model: 'qwen-max' },
        pieces: ['one', 'two', 'three'],
        delayMs: { firstEvent: 120, betweenEvents: 150 },
        usage: { inputTokens: 7, outputTokens: 40, totalTokens: 47 },
      },
      { match: { model: 'qwen-plus' }, pieces: ['你好世界'], usage: null },
      { match: { model: 'qwen-turbo' }, error: { status: 400, code: 'InvalidParameter', message: 'No.' } },
    );
    const session = newSession(['Which?'], ['a/qwen-max', 'a/qwen-plus', 'b/qwen-turbo']);
    await session.start();
    const [slow, uncounted, failed] = ['c1', 'c2', 'c3'].map((id) =>
      session.comparison.answers.get(`q1/${id}`),
    );
    assert.ok(slow?.firstTokenMs !== undefined && slow.firstTokenMs >= 100, String(slow?.firstTokenMs));
    assert.ok(slow.totalMs >= slow.firstTokenMs + 70, String(slow.totalMs));
    assert.deepEqual(slow.usage, { inputTokens: 7, outputTokens: 40, totalTokens: 47 });
    assert.equal(slow.finishReason, 'stop');
    assert.equal(uncounted?.usage, undefined);
    assert.ok((uncounted?.estimatedInputTokens ?? 0) > 0);
    assert.equal(failed?.status, 'failed');
    assert.equal(failed?.error?.kind, 'invalid-request');
    assert.equal(failed?.error?.code, 'InvalidParameter');
  });

  it('keeps the pace of each connection in a set of questions', async () => {
    let atOnce = 0;
    const most: Record<string, number> = {};
    script({ text: 'Yes.', delayMs: { firstEvent: 15 }, times: 'always' });
    const session = newSession(
      Array.from({ length: 6 }, (_, index) => `Question ${index}`),
      ['a/qwen-max', 'a/qwen-plus', 'b/qwen-turbo', 'b/qwen-long'],
    );
    const running = new Map<string, Set<string>>([
      ['a', new Set()],
      ['b', new Set()],
    ]);
    session.listener = {
      ...quiet,
      onCell({ question, column }: Cell) {
        const connection = column.model.charAt(0);
        const key = `${question.id}/${column.id}`;
        if (session.comparison.answers.has(key)) running.get(connection)?.delete(key);
        else running.get(connection)?.add(key);
        const count = running.get(connection)?.size ?? 0;
        most[connection] = Math.max(most[connection] ?? 0, count);
        atOnce = Math.max(
          atOnce,
          [...running.values()].reduce((sum, { size }) => sum + size, 0),
        );
      },
    };
    await session.start();
    assert.deepEqual(most, { a: 2, b: 2 });
    assert.equal(atOnce, 4);
    assert.equal(answers(session).length, 24);
  });

  it('asks nobody of a connection that wants a pause, and asks again afterwards', async () => {
    const toMax = () => emulator.requests.filter(({ model }) => model === 'qwen-max');
    const first = async ({ bodyText, model }: RecordedRequest): Promise<ScriptStep> => {
      if (bodyText.includes('Two')) return { text: 'Late.', delayMs: { firstEvent: 200 } };
      if (model !== 'qwen-max') return { text: 'Yes.' };
      // What is on its way already arrives before the refusal is heard.
      await until(() => toMax().length === 2);
      return {
        error: {
          status: 429,
          code: 'Throttling.RateQuota',
          message: 'Slow down.',
          headers: { 'retry-after': '1' },
        },
      };
    };
    // Two requests of each connection go at once.
    emulator.script(first, first, first, first);
    script();
    const session = newSession(['One', 'Two', 'Three'], ['a/qwen-max', 'b/qwen-plus']);
    let waitsFrom = Number.POSITIVE_INFINITY;
    session.listener = {
      ...quiet,
      onCell(cell) {
        if (session.runningAnswer(cell)?.wait) waitsFrom = Math.min(waitsFrom, Date.now());
      },
    };
    await session.start();
    const limited = toMax();
    // The one that was refused comes twice.
    assert.equal(limited.length, 4);
    const later = limited.map(({ receivedAt }) => receivedAt - waitsFrom).filter((after) => after > 0);
    assert.ok(later.length >= 1 && later.every((after) => after >= 950), `${later}`);
    assert.equal(
      answers(session).every(({ status }) => status === 'done'),
      true,
    );
    assert.deepEqual(
      answers(session).flatMap(({ retries }) => (retries === 0 ? [] : retries)),
      [1],
    );
  });

  it('writes no key into its file, whatever the platform says back', async () => {
    const message = 'Incorrect API key provided: sk-0123456789abcdef.';
    script({ match: { model: 'qwen-max' }, error: { status: 400, code: 'InvalidParameter', message } });
    const session = newSession(['One'], ['a/qwen-max', 'b/qwen-plus']);
    await session.start();
    const text = await readFile(path.join(folder, 'comparison.jsonl'), 'utf8');
    assert.ok(text.includes('InvalidParameter'));
    assert.ok(!text.includes('0123456789abcdef'), text);
    const rows = exportRows(session.comparison);
    for (const exported of [exportCsv(rows), exportComparisonJson(session.comparison, rows)])
      assert.ok(exported.includes('Incorrect API key') && !exported.includes('0123456789abcdef'));
  });

  it('does not go on with a model that can only fail', async () => {
    script({
      match: { model: 'qwen-max' },
      times: 'always',
      error: { status: 401, code: 'InvalidApiKey', message: 'Invalid API-key provided.' },
    });
    const session = newSession(
      Array.from({ length: 20 }, (_, index) => `Question ${index}`),
      ['a/qwen-max', 'b/qwen-plus'],
    );
    await session.start();
    const refused = emulator.requests.filter(({ model }) => model === 'qwen-max');
    assert.ok(refused.length <= 2, `${refused.length} requests`);
    assert.equal(session.blockOf('c1')?.error?.kind, 'unauthorized');
    assert.equal(answers(session).filter(({ status }) => status === 'done').length, 20);
  });

  it('stops at once, keeps what came, and goes on with what is missing', async () => {
    script({ match: { bodyIncludes: 'Three' }, pieces: ['half ', 'whole'], holdAfter: 1 });
    const session = newSession(['One', 'Two', 'Three', 'Four'], ['a/qwen-max', 'b/qwen-plus']);
    const run = session.start();
    await until(() => answers(session).length >= 7 && coming(session).includes('half '));
    await session.stop();
    await run;
    const stopped = answers(session).filter(({ status }) => status === 'stopped');
    assert.deepEqual(
      stopped.map(({ text }) => text),
      ['half '],
    );
    const before = emulator.requests.length;
    await session.start();
    assert.equal(emulator.requests.length, before + 1);
    assert.equal(
      answers(session).every(({ status }) => status === 'done'),
      true,
    );
    const stored = await load();
    assert.deepEqual(plain(stored?.answers), plain(session.comparison.answers));
    assert.equal(stored?.running, false);
  });

  it('has answers of a model again that was taken away and came back', async () => {
    script();
    const session = newSession(['One'], ['a/qwen-max', 'a/qwen-plus']);
    await session.start();
    session.setModels(['a/qwen-plus', 'a/qwen-turbo']);
    session.setModels(['a/qwen-turbo', 'a/qwen-max', 'a/qwen-max']);
    assert.deepEqual(
      session.comparison.columns.map(({ id }) => id),
      ['c3', 'c1', 'c4'],
    );
    await session.start();
    assert.equal(emulator.requests.length, 4);
    assert.deepEqual((await load())?.columns, session.comparison.columns);
  });

  it('reads a file whose last line a crash cut off, and writes on behind it', async () => {
    script();
    const session = newSession(['One', 'Two'], ['a/qwen-max', 'b/qwen-plus']);
    await session.start();
    const file = path.join(folder, 'comparison.jsonl');
    await appendFile(file, '{"type":"answer","questionId":"q1","colu');
    const comparison = await load();
    assert.ok(comparison);
    const again = new CompareSession(comparison, compareParts(folder, emulator.origin));
    again.markBest('q2', 'c2');
    await until(async () => (await readFile(file, 'utf8')).includes('"best"'));
    assert.deepEqual([...((await load())?.best ?? [])], [['q2', 'c2']]);
    assert.equal((await load())?.answers.size, 4);
  });

  it('repeats nothing of 200 questions that was answered before its process was killed', async () => {
    const total = 400;
    script({ text: 'Yes, of course.', delayMs: { firstEvent: 10 }, times: 'always' });
    const start = (questions?: number) => {
      const options: CompareProcessOptions = {
        folder,
        origin: emulator.origin,
        id: 'comparison',
        questions,
        models: ['a/qwen-max', 'b/qwen-plus'],
      };
      const program = path.join(import.meta.dirname, '../support/compareProcess.ts');
      return fork(program, [JSON.stringify(options)]);
    };
    const first = start(200);
    await until(() => emulator.requests.length >= 170);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const cutOff = await load();
    assert.equal(cutOff?.running, true);
    const kept = cutOff.answers.size;
    assert.ok(kept >= 160 && kept < total, `${kept} answers were kept`);
    const before = emulator.requests.length;

    const second = start();
    const [report] = await once(second, 'message');
    assert.deepEqual(report, { answers: total });
    assert.equal(emulator.requests.length - before, total - kept);
    assert.ok(before - kept <= 4, 'only what was on its way is asked twice');
    const stored = await load();
    assert.equal(stored?.running, false);
    assert.equal(
      [...(stored?.answers.values() ?? [])].every(({ status }) => status === 'done'),
      true,
    );
    // What was kept is as it was.
    for (const [key, answer] of cutOff.answers) assert.deepEqual(stored?.answers.get(key), answer);
  });
});
