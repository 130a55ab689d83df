/** The platform's process: answers Qiao in DashScope's protocol and the bare page in plain text, at the same pace. */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { answerRequests } from '../decode/workerMessages.ts';
import { wallClockOffset } from './clock.ts';
import { createText, type ExchangeTimes, type Plan, pieceLength } from './exchanges.ts';

let plan: Plan | undefined;
let times: ExchangeTimes | undefined;
const offset = wallClockOffset();
const now = (): number => offset + performance.now();

const server = createServer({ noDelay: true }, (request, response) => {
  const arrivedAt = now();
  request.resume().once('end', () => {
    const isBare = request.url === '/bare';
    if (request.method !== 'POST' || !plan) response.writeHead(404).end();
    else
      answer(response, plan, { arrivedAt, frame: isBare ? plain : dashScope }).catch(() =>
        response.destroy(),
      );
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

answerRequests({
  port: async () => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  },
  /** What the next request gets. */
  plan: async (next) => {
    plan = next as Plan;
    times = undefined;
  },
  /** Of the last whole answer; `null` while there is none. */
  times: async () => times ?? null,
});

interface Frame {
  readonly type: string;
  piece(text: string, index: number): string;
  tail: string;
}

const plain: Frame = { type: 'text/plain; charset=utf-8', piece: (text) => text, tail: '' };

const id = '4bbf022b-e68c-9848-8328-dc401165051d';
const event = (content: string, finish: string, output: number): string =>
  `id:${output}\nevent:result\n:HTTP_STATUS/200\ndata:{"output":{"choices":[{"message":{"content":${JSON.stringify(content)},"role":"assistant"},"finish_reason":"${finish}"}]},"usage":{"total_tokens":${output + 11},"input_tokens":11,"output_tokens":${output}},"request_id":"${id}"}\n\n`;
const dashScope: Frame = {
  type: 'text/event-stream;charset=UTF-8',
  piece: (text, index) => event(text, 'null', index + 1),
  tail: event('', 'stop', 1),
};

async function answer(
  response: ServerResponse,
  plan: Plan,
  { arrivedAt, frame }: { arrivedAt: number; frame: Frame },
): Promise<void> {
  const { pieces, thinkMs, pauseMs, pieceLength: units = pieceLength } = plan;
  const whole = createText(plan);
  const frames = Array.from({ length: pieces }, (_, i) =>
    frame.piece(whole.slice(i * units, (i + 1) * units), i),
  );
  const writtenAt: number[] = [];
  await delay(thinkMs);
  response.writeHead(200, { 'content-type': frame.type });
  const start = now();
  for (const [i, bytes] of frames.entries()) {
    // Without a turn of the loop Node would send many pieces as one.
    await nextTurn();
    if (pauseMs > 0) await until(start + i * pauseMs);
    writtenAt.push(now());
    if (!response.write(bytes)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) return;
  }
  response.end(frame.tail);
  times = { arrivedAt, writtenAt };
}

const nap = new Int32Array(new SharedArrayBuffer(4));

/** Timers are too coarse for the last millisecond. */
async function until(time: number): Promise<void> {
  if (time - now() > 2) await delay(time - now() - 1.5);
  const rest = time - now();
  if (rest > 0.02) Atomics.wait(nap, 0, 0, rest);
}
