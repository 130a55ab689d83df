/** Every fault a script can order, as a client sees it. */

import assert from 'node:assert/strict';
import type { Readable } from 'node:stream';
import { brotliDecompressSync, constants, createGunzip, gunzipSync } from 'node:zlib';
import { type Emulator, type ScriptStep, startEmulator } from '../../../src/emulator/index.ts';
import { generationPath, open, question, send } from './client.ts';

const pieces = ['一', '二', '三'];
const body = question('q', { incremental_output: true });
const stream = { stream: true, body };

describe('emulator: faults', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  const answer = (step: ScriptStep) => {
    emulator.script({ requestId: 'r', ...step });
    return send(emulator, stream);
  };

  it('answers with a status, code, message and headers', async () => {
    const reply = await answer({
      error: { status: 429, code: 'Throttling', message: 'slow', headers: { 'retry-after': '7' } },
    });
    assert.equal(reply.status, 429);
    assert.equal(reply.headers['retry-after'], '7');
    assert.equal(reply.text, '{"code":"Throttling","message":"slow","request_id":"r"}');
  });

  it('labels an error body otherwise', async () => {
    const reply = await answer({
      error: { status: 500, code: 'c', message: 'm', contentType: 'text/plain' },
    });
    assert.equal(reply.headers['content-type'], 'text/plain');
  });

  it('sends an error event after pieces', async () => {
    const reply = await answer({
      pieces,
      error: { status: 400, code: 'DataInspectionFailed', message: 'm', afterPieces: 2 },
    });
    assert.equal(reply.status, 200);
    assert.equal(countEvents(reply.text), 3);
    assert.ok(
      reply.text.endsWith(
        'id:3\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"DataInspectionFailed","message":"m","request_id":"r"}\n\n',
      ),
    );
  });

  it('puts the error event in the place of the finish when the pieces run out', async () => {
    const reply = await answer({ pieces, error: { status: 500, code: 'c', message: 'm', afterPieces: 9 } });
    assert.match(reply.text, /id:4\nevent:error\n/);
  });

  it('sends nothing but an error event', async () => {
    const reply = await answer({ error: { status: 429, code: 'c', message: 'm', framing: 'event' } });
    assert.equal(reply.status, 200);
    assert.match(reply.text, /^id:1\nevent:error\n:HTTP_STATUS\/429\n/);
  });

  it('ends cleanly without a finish', async () => {
    const reply = await answer({ pieces, cutAfter: 2 });
    assert.equal(reply.broken, undefined);
    assert.equal(countEvents(reply.text), 2);
    assert.ok(!reply.text.includes('"stop"'));
  });

  it('ends cleanly before the finish when cut after the last piece', async () => {
    assert.equal(countEvents((await answer({ pieces, cutAfter: 3 })).text), 3);
  });

  it('destroys the socket after pieces', async () => {
    const reply = await answer({ pieces, resetAfter: 1 });
    assert.ok(reply.broken);
    assert.equal(countEvents(reply.text), 1);
    assert.equal(emulator.requests[0]?.closedByClient, false);
  });

  it('destroys the socket inside an event', async () => {
    const reply = await answer({ pieces, resetAfter: 1, partialBytes: 10 });
    assert.ok(reply.broken);
    assert.ok(reply.text.endsWith('\n\nid:2\nevent'));
  });

  it('breaks an answer that is not streamed', async () => {
    emulator.script({ pieces, resetAfter: 0, partialBytes: 12 });
    const reply = await send(emulator, { body: question('q') });
    assert.ok(reply.broken);
    assert.equal(reply.text, '{"output":{"');
  });

  it('destroys the socket before any header', async () => {
    emulator.script({ resetAfter: 'request' });
    await assert.rejects(send(emulator, stream), { code: 'ECONNRESET' });
  });

  it('falls silent after pieces with the socket open', async () => {
    emulator.script({ pieces, stallAfter: 1 });
    const incoming = await open(emulator, stream);
    const [first] = await collect(incoming, 1);
    assert.equal(countEvents(String(first)), 1);
    assert.equal(incoming.complete, false);
    incoming.destroy();
    await emulator.requests[0]?.ended;
    assert.equal(emulator.requests[0]?.closedByClient, true);
  });

  it('falls silent before any header', async () => {
    emulator.script({ stallAfter: 'request' });
    const aborter = new AbortController();
    const reply = fetch(emulator.origin + generationPath, request(aborter.signal));
    const recorded = await emulator.request(0);
    aborter.abort();
    await assert.rejects(reply, { name: 'AbortError' });
    await recorded.ended;
    assert.equal(recorded.bytesWritten, 0);
  });

  it('sends a web page', async () => {
    const reply = await answer({ html: 502 });
    assert.equal(reply.status, 502);
    assert.match(reply.headers['content-type'] ?? '', /^text\/html/);
    assert.match(reply.text, /<html>/);
  });

  it('sends an empty body', async () => {
    const reply = await answer({ empty: true });
    assert.deepEqual([reply.status, reply.text], [200, '']);
  });

  it('redirects', async () => {
    assert.equal((await answer({ redirect: 'http://127.0.0.1:9/' })).status, 307);
    const reply = await answer({ redirect: { location: '/login', status: 302 } });
    assert.deepEqual([reply.status, reply.headers.location], [302, '/login']);
  });

  it('sends bytes verbatim', async () => {
    const text = 'data: 桥\r\n\r\n: end';
    const headers = { 'content-type': 'text/event-stream', 'x-more': '1' };
    const reply = await answer({ response: { status: 201, headers, body: text } });
    assert.deepEqual([reply.status, reply.text, reply.headers['x-more']], [201, text, '1']);
    const binary = Buffer.from([0xff, 0x00, 0x80]);
    const other = await answer({ response: { bodyBase64: binary.toString('base64') } });
    assert.deepEqual(other.bytes, binary);
  });

  it('sends verbatim bytes block by block, and breaks them off', async () => {
    const response = { body: 'data: 1\n\ndata: 2\r\n\r\ndata: 3' };
    const whole = await answer({ response, split: 'event' });
    assert.deepEqual(whole.chunks.map(String), ['data: 1\n\n', 'data: 2\r\n\r\n', 'data: 3']);
    const broken = await answer({ response, split: 'event', resetAfter: 2 });
    assert.equal(broken.text, 'data: 1\n\ndata: 2\r\n\r\n');
    assert.ok(broken.broken);
    assert.ok((await answer({ response, end: 'reset' })).broken);
  });

  it('answers paths no wire knows when the step is unchecked', async () => {
    emulator.script({ unchecked: true, response: { body: 'data: [DONE]\n\n' } });
    const reply = await send(emulator, { path: '/v1/chat/completions', body: 'no JSON' });
    assert.deepEqual([reply.status, reply.text], [200, 'data: [DONE]\n\n']);
  });

  it('divides the body into writes of so many bytes, through characters', async () => {
    const step = { pieces: ['桥🌉'], requestId: 'r' };
    emulator.script(step, { ...step, split: { everyBytes: 1 } }, { ...step, split: { everyBytes: 7 } });
    const whole = await send(emulator, stream);
    const single = await send(emulator, stream);
    const sevens = await send(emulator, stream);
    assert.deepEqual([single.text, sevens.text], [whole.text, whole.text]);
    assert.ok(single.chunks.every((chunk) => chunk.length === 1));
    assert.ok(sevens.chunks.slice(0, -1).every((chunk) => chunk.length === 7));
  });

  it('divides the body at given offsets', async () => {
    const reply = await answer({ response: { body: '0123456789' }, split: { atBytes: [7, 3] } });
    assert.deepEqual(reply.chunks.map(String), ['012', '3456', '789']);
  });

  it('compresses, flushed after every event', async () => {
    emulator.script({ pieces, contentEncoding: 'gzip', holdAfter: 1 });
    const incoming = await open(emulator, stream);
    assert.equal(incoming.headers['content-encoding'], 'gzip');
    const gunzip = createGunzip();
    incoming.pipe(gunzip);
    const [first] = await collect(gunzip, 1);
    assert.match(String(first), /^id:1\n.*"text":"一".*\n\n$/s);
    emulator.release();
    assert.equal(countEvents(Buffer.concat(await collect(gunzip)).toString()), 3);
  });

  it('compresses with brotli, also byte by byte', async () => {
    const reply = await answer({ pieces, contentEncoding: 'br', split: { everyBytes: 1 } });
    assert.equal(reply.headers['content-encoding'], 'br');
    assert.equal(countEvents(brotliDecompressSync(reply.bytes).toString()), 4);
  });

  it('breaks off a compressed answer', async () => {
    const reply = await answer({ pieces, contentEncoding: 'gzip', resetAfter: 1 });
    assert.ok(reply.broken);
    const finishFlush = constants.Z_SYNC_FLUSH;
    assert.equal(countEvents(gunzipSync(reply.bytes, { finishFlush }).toString()), 1);
  });

  it('adds headers and takes the place of its own', async () => {
    const reply = await answer({ pieces, headers: { 'content-type': 'application/json', 'x-more': '1' } });
    assert.deepEqual([reply.headers['content-type'], reply.headers['x-more']], ['application/json', '1']);
  });

  it('waits before the headers, the first event and between events', async () => {
    emulator.script({ pieces, delayMs: { headers: 20, firstEvent: 20, betweenEvents: 10 } });
    const start = performance.now();
    await send(emulator, stream);
    // A timer may ring a little early.
    assert.ok(performance.now() - start >= 55);
  });

  it('takes a step in code that answers itself, or returns a step', async () => {
    emulator.script(
      (request, response) => {
        response.end(`self ${request.model}`);
        return undefined;
      },
      async () => ({ html: 200 }),
    );
    assert.equal((await send(emulator, stream)).text, 'self qwen2-72b-instruct');
    assert.match((await send(emulator, stream)).text, /<html>/);
  });

  it('refuses a step that is none', () => {
    assert.throws(() => emulator.script(JSON.parse('{"cutafter": 2}')), { name: 'ZodError' });
  });

  it('uses a step as often as it says, for the requests it fits', async () => {
    emulator.script(
      { match: { model: 'yi-large' }, text: 'yi' },
      { match: { bodyIncludes: 'needle' }, text: 'found' },
      { match: { stream: true }, text: 'stream' },
      { text: 'twice', times: 2 },
      { text: 'always', times: 'always' },
    );
    const ask = async (text: string) =>
      JSON.parse((await send(emulator, { body: question(text) })).text).output.text;
    assert.deepEqual(
      [await ask('a'), await ask('needle'), await ask('b'), await ask('c')],
      ['twice', 'found', 'twice', 'always'],
    );
    assert.equal(emulator.pendingSteps, 2);
  });

  it('takes no step for a request it refuses', async () => {
    emulator.script({ text: 'kept' });
    assert.equal((await send(emulator, { body: question('') })).status, 400);
    assert.equal(emulator.pendingSteps, 1);
  });

  const request = (signal: AbortSignal): RequestInit => ({
    method: 'POST',
    headers: {
      authorization: 'Bearer sk-test',
      'content-type': 'application/json',
      accept: 'text/event-stream',
    },
    body: JSON.stringify(body),
    signal,
  });
});

const countEvents = (text: string): number => text.match(/^id:/gm)?.length ?? 0;

/** The next chunks, or all that are left. */
async function collect(readable: Readable, count = Number.POSITIVE_INFINITY): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of readable.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    if (chunks.length >= count) {
      break;
    }
  }
  return chunks;
}
