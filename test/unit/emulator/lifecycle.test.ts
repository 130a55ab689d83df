/** Recording, holding, closing: what tests lean on when they drive the emulator. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { pngImage, toUrl } from '../../support/images.ts';
import { generationPath, open, question, send } from './client.ts';

const stream = { stream: true, body: question('q', { incremental_output: true }) };

describe('emulator: recording and control', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
  });
  afterEach(() => emulator.dispose());

  it('listens on loopback', () => {
    assert.match(emulator.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('serves no page on a rebound name, and no page of another server', async () => {
    emulator.script({ text: 'for Qiao' });
    const own = new URL(emulator.origin).host;
    const strangers: Record<string, string>[] = [
      { host: 'evil.example' },
      { host: `evil.example:${new URL(emulator.origin).port}` },
      { host: '127.0.0.1.evil.example' },
      { host: 'evil.example', origin: 'http://evil.example' },
      { host: own, origin: 'http://evil.example' },
      { host: own, origin: 'null' },
    ];
    for (const headers of strangers) {
      const { status, text } = await send(emulator, { headers });
      assert.deepEqual([status, text.includes('for Qiao')], [403, false], JSON.stringify(headers));
    }
    assert.deepEqual([emulator.requests.length, emulator.pendingSteps], [0, 1]);
    for (const host of [own, 'localhost', '[::1]:80'])
      assert.equal((await send(emulator, { headers: { host } })).status, 200, host);
  });

  it('keeps long texts as they were sent, and of large images the beginning', async () => {
    const picture = pngImage(20, 20);
    const data = Buffer.concat([Buffer.from(picture.data, 'base64'), Buffer.alloc(100_000)]);
    const url = toUrl({ ...picture, data: data.toString('base64') });
    const long = 'x'.repeat(100_000);
    const messages = (image: string) => [{ role: 'user', content: [{ image }, { text: long }] }];
    const body = (image: string) => ({
      model: 'qwen-vl-max',
      input: { messages: messages(image) },
      parameters: {},
    });
    // A script still sees all of it.
    emulator.script({ text: 'matched', match: { bodyIncludes: 'A'.repeat(100_000) } });
    const reply = await send(emulator, {
      path: generationPath.replace('text', 'multimodal'),
      body: body(url),
    });
    assert.match(reply.text, /matched/);
    const kept = `${url.slice(0, 100)}… (${url.length} characters)`;
    assert.deepEqual(emulator.requests[0]?.body, body(kept));
    assert.equal(emulator.requests[0]?.bodyText, JSON.stringify(body(kept)));
    const spaced = JSON.stringify(question(long), null, 1);
    await send(emulator, { body: spaced });
    assert.equal(emulator.requests[1]?.bodyText, spaced);
  });

  it('records method, path, query, headers and body', async () => {
    emulator.script({ text: 'a' });
    const before = Date.now();
    const reply = await send(emulator, { path: `${generationPath}?a=1`, headers: { 'x-extra': 'yes' } });
    const [request] = emulator.requests;
    assert.ok(request);
    await request.ended;
    assert.deepEqual([request.method, request.path, request.query], ['POST', generationPath, { a: '1' }]);
    assert.equal(request.headers['x-extra'], 'yes');
    assert.deepEqual(request.body, question('hi'));
    assert.equal(request.bodyText, JSON.stringify(question('hi')));
    assert.equal(request.model, 'qwen2-72b-instruct');
    assert.ok(request.receivedAt >= before && request.receivedAt <= Date.now());
    assert.deepEqual([request.eventsWritten, request.bytesWritten], [1, reply.bytes.length]);
    assert.equal(request.closedByClient, false);
    assert.equal(request.refusal, undefined);
  });

  it('records what is no JSON', async () => {
    await send(emulator, { body: 'no JSON' });
    assert.deepEqual([emulator.requests[0]?.bodyText, emulator.requests[0]?.body], ['no JSON', undefined]);
  });

  it('waits for requests', async () => {
    await send(emulator);
    const next = emulator.nextRequest();
    const second = emulator.request(1);
    await send(emulator, { body: question('second') });
    assert.equal(await next, emulator.requests[1]);
    assert.equal(await second, emulator.requests[1]);
    assert.equal(await emulator.request(0), emulator.requests[0]);
  });

  it('calls back for every request once it is checked', async () => {
    const codes: (string | undefined)[] = [];
    const other = await startEmulator({ pace: 0, onRequest: (request) => codes.push(request.refusal?.code) });
    await send(other);
    await send(other, { body: question('') });
    await other.dispose();
    assert.deepEqual(codes, [undefined, 'InvalidParameter']);
  });

  it('holds an answer after a piece until it is released', async () => {
    emulator.script({ pieces: ['a', 'b', 'c'], holdAfter: [1, 2] });
    const incoming = await open(emulator, stream);
    const [first] = await once(incoming, 'data');
    assert.match(String(first), /"text":"a"/);
    const held = await emulator.nextHold();
    assert.equal(held.eventsWritten, 1);
    const second = once(incoming, 'data');
    emulator.release();
    assert.match(String((await second)[0]), /"text":"b"/);
    await emulator.nextHold();
    assert.equal(held.eventsWritten, 2);
    emulator.release();
    incoming.resume();
    await once(incoming, 'end');
    assert.equal(held.eventsWritten, 4);
  });

  it('remembers a release that comes before the hold', async () => {
    emulator.script({ pieces: ['a', 'b'], holdAfter: 1, delayMs: 5 });
    const reply = send(emulator, stream);
    await emulator.request(0);
    emulator.release();
    assert.match((await reply).text, /"finish_reason":"stop"/);
  });

  it('holds before the first event', async () => {
    emulator.script({ text: 'a', holdAfter: 0 });
    const incoming = await open(emulator, stream);
    assert.equal((await emulator.nextHold()).eventsWritten, 0);
    incoming.destroy();
  });

  it('notices at once that the client closed the socket of a held answer', async () => {
    emulator.script({ pieces: ['a', 'b'], holdAfter: 1 });
    const incoming = await open(emulator, stream);
    const held = await emulator.nextHold();
    const closing = Date.now();
    incoming.destroy();
    await held.ended;
    assert.equal(held.closedByClient, true);
    assert.ok(held.closedAt !== undefined && held.closedAt >= closing);
    assert.equal(held.eventsWritten, 1);
  });

  it('stops writing when the client closes the socket of a running answer', async () => {
    emulator.script({ pieces: Array.from({ length: 5000 }, () => 'x'), delayMs: 1 });
    const incoming = await open(emulator, stream);
    await once(incoming, 'data');
    incoming.destroy();
    const [request] = emulator.requests;
    await request?.ended;
    assert.equal(request?.closedByClient, true);
    assert.ok(request.eventsWritten < 5000);
  });

  it('is not blocked by a client that reads nothing and leaves', async () => {
    emulator.script({ pieces: Array.from({ length: 64 }, () => 'x'.repeat(250_000)) });
    const incoming = await open(emulator, stream);
    incoming.destroy();
    await emulator.requests[0]?.ended;
    assert.equal((await send(emulator)).status, 200);
  });

  it('closes every socket on dispose, without blaming the client', async () => {
    const other = await startEmulator({ script: [{ text: 'a', holdAfter: 0 }] });
    const incoming = await open(other, stream);
    const broken = once(incoming, 'error');
    const held = await other.nextHold();
    await other.dispose();
    await broken;
    await held.ended;
    assert.equal(held.closedByClient, false);
    await assert.rejects(send(other), { code: 'ECONNREFUSED' });
  });

  it('rejects when the port is taken', async () => {
    const port = Number(new URL(emulator.origin).port);
    await assert.rejects(startEmulator({ port }), { code: 'EADDRINUSE' });
  });
});
