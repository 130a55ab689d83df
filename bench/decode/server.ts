/** The server's process: writes prepared answers, and does nothing else that could disturb who is measured. */

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createAnswer } from './answers.ts';
import { type Exchange, readPath, steadyRate } from './deliveries.ts';
import { answerRequests } from './workerMessages.ts';

/** With its frame of HTTP just under 64 KiB. */
const burstBytes = 65_520;
/** Answers of more bytes are composed while they are sent. */
const preparedBytes = 32 * 2 ** 20;
const prepared = new Map<string, readonly Buffer[]>();
/** When each event of the last steady answer was written, in nanoseconds of the system's steady clock. */
let writtenAt = new Float64Array(0);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  serve(socket).catch(() => socket.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
answerRequests({
  port: async () => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  },
  writtenAt: async () => [...writtenAt],
});

/** Requests one after the other, as long as the connection lives. */
async function serve(socket: Socket): Promise<void> {
  let received = '';
  for await (const piece of socket) {
    received += String(piece);
    const end = received.indexOf('\r\n\r\n') + 4;
    if (end < 4) continue;
    const length = Number(/^content-length: *(\d+)/im.exec(received)?.[1] ?? 0);
    if (Buffer.byteLength(received) < Buffer.byteLength(received.slice(0, end)) + length) continue;
    const exchange = readPath(received.split(' ', 2)[1] ?? '');
    if (!exchange) throw new Error(`unknown address: ${received.slice(0, 200)}`);
    const close = /^connection: *close/im.test(received.slice(0, end));
    received = '';
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream;charset=UTF-8\r\ntransfer-encoding: chunked\r\n' +
        `connection: ${close ? 'close' : 'keep-alive'}\r\n\r\n`,
    );
    await (exchange.delivery === 'steady' ? writeSteadily : writeBursts)(socket, packetsOf(exchange));
    if (close) socket.end();
  }
}

async function writeBursts(socket: Socket, packets: Iterable<Buffer>): Promise<void> {
  for (const packet of packets) {
    if (!socket.write(packet)) await drained(socket);
  }
  socket.write(lastChunk);
}

async function writeSteadily(socket: Socket, packets: Iterable<Buffer>): Promise<void> {
  const all = [...packets];
  writtenAt = new Float64Array(all.length);
  const interval = 1e9 / steadyRate;
  const start = now() + interval;
  let last = 0;
  for (const [i, packet] of all.entries()) {
    await nextTurn();
    // Who comes late does not send two packets as one.
    sleepUntil(Math.max(start + i * interval, last + interval / 2));
    last = now();
    writtenAt[i] = last;
    if (!socket.write(packet)) await drained(socket);
  }
  socket.write(lastChunk);
}

async function drained(socket: Socket): Promise<void> {
  if (socket.destroyed) throw new Error('The client left.');
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}

const nap = new Int32Array(new SharedArrayBuffer(4));

/** Timers are too coarse, and turning in circles would take a core from the measured process. */
function sleepUntil(time: number): void {
  const ms = (time - now()) / 1e6;
  if (ms > 0.02) Atomics.wait(nap, 0, 0, ms - 0.02);
}

function now(): number {
  return Number(process.hrtime.bigint());
}

const lastChunk = '0\r\n\r\n';

function packetsOf(exchange: Exchange): Iterable<Buffer> {
  const key = JSON.stringify(exchange);
  const known = prepared.get(key);
  if (known) return known;
  const answer = createAnswer(exchange.protocol, exchange.events);
  const packets = exchange.delivery === 'steady' ? toChunks(answer.events()) : toBursts(answer.events());
  if (answer.bytes > preparedBytes) return packets;
  const all = [...packets];
  prepared.set(key, all);
  return all;
}

function* toChunks(pieces: Iterable<Buffer>): Iterable<Buffer> {
  for (const piece of pieces) {
    yield Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  }
}

function* toBursts(events: Iterable<Buffer>): Iterable<Buffer> {
  yield* toChunks(joinTo(burstBytes, events));
}

/** Cuts where the length says, in the middle of events and characters too. */
function* joinTo(length: number, events: Iterable<Buffer>): Iterable<Buffer> {
  let waiting: Buffer[] = [];
  let total = 0;
  for (const event of events) {
    waiting.push(event);
    total += event.length;
    if (total < length) continue;
    const all = Buffer.concat(waiting);
    let start = 0;
    for (; start + length <= all.length; start += length) yield all.subarray(start, start + length);
    waiting = [all.subarray(start)];
    total = all.length - start;
  }
  if (total > 0) yield Buffer.concat(waiting);
}
