/** The measured process: reads answers with one reader, and does nothing else. Its argument is the subject's index. */

import { createAnswer } from './answers.ts';
import { toBaseUrl } from './deliveries.ts';
import type { Cost, Run } from './measurements.ts';
import type { Reader } from './readers/reader.ts';
import { subjects } from './subjects.ts';
import { answerRequests } from './workerMessages.ts';

const subject = subjects[Number(process.argv[2])];
/** How often memory is looked at in one answer. */
const looks = 10;
let reader: Reader | undefined;

answerRequests({
  load: async () => {
    reader = await subject?.load();
  },
  measure: (run) => measure(run as Run),
  peak: (run) => findPeak(run as Run),
});

async function measure(run: Run): Promise<Cost> {
  const seenAt: number[] = [];
  const steady = run.delivery === 'steady';
  const expected = expectedLength(run);
  // A reader may join the texts of two events, or divide one: what counts is when all of an event's text is there.
  const ends = steady && !readsBytes() ? createAnswer(run.protocol, run.events).ends : undefined;
  // A full collection would also throw away compiled code, and that would be measured.
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
  const wall = performance.now();
  const cpu = process.cpuUsage();
  let received = 0;
  for (let i = 0; i < run.times; i++) {
    seenAt.length = 0;
    const before = received;
    await reader?.read(toBaseUrl(run.port, run), (piece) => {
      received += piece.length;
      if (!steady) return;
      const now = Number(process.hrtime.bigint());
      if (!ends) seenAt.push(now);
      else while ((ends[seenAt.length] ?? Number.POSITIVE_INFINITY) <= received - before) seenAt.push(now);
    });
  }
  const { user, system } = process.cpuUsage(cpu);
  const wallUs = (performance.now() - wall) * 1000;
  const wrong = check(received, expected * run.times);
  const total = run.events * run.times;
  return { cpuUs: (user + system) / total, wallUs: wallUs / total, seenAt, wrong };
}

/**
 * The most that was alive at any of some moments of one answer, in bytes beyond what was alive before it. `keep`: the
 * texts are kept to the end, as a conversation does.
 */
async function findPeak(run: Run): Promise<number> {
  const expected = expectedLength(run);
  const kept: (string | Uint8Array)[] = [];
  const before = alive();
  let peak = before;
  let received = 0;
  let look = 0;
  await reader?.read(toBaseUrl(run.port, run), (piece) => {
    received += piece.length;
    if (run.keep) kept.push(piece);
    if ((received / expected) * looks < look + 1) return;
    look = Math.floor((received / expected) * looks);
    peak = Math.max(peak, alive());
  });
  check(received, expected);
  return peak - before;
}

/** Collects twice: buffers that the first collection frees are counted until the second one has waited for it. */
function alive(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Its pieces are not the text of an answer. */
function readsBytes(): boolean {
  return ['limit', 'socket', 'step'].includes(subject?.role ?? '');
}

function expectedLength({ protocol, events }: Run): number {
  const answer = createAnswer(protocol, events);
  return readsBytes() ? answer.bytes : answer.characters;
}

/**
 * How much of the length is wrong. A reader that skips something would be measured as a fast one; but some peers
 * break characters that two packets share.
 */
function check(received: number, expected: number): number {
  // The socket's pieces hold HTTP, too, and a step's are texts of another length.
  if (subject?.role === 'socket' || subject?.role === 'step') return 0;
  const wrong = Math.abs(received - expected);
  if (wrong > (subject?.role === 'peer' ? expected / 100 : 0)) {
    throw new Error(`${subject?.name} read ${received} instead of ${expected}`);
  }
  return wrong;
}
