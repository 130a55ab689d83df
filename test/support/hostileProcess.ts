/**
 * A process of its own that reads what a hostile server sends, and tells what each case cost:
 * `node --expose-gc --max-old-space-size=… hostileProcess.ts <one of so many attacks> <generated frames for each protocol>`.
 * Writes a line of JSON for each case.
 */

import fc from 'fast-check';
import { type ProtocolId, protocolIds } from '../../src/providers/common/protocols.ts';
import type { Connection } from '../../src/providers/index.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { type Collected, collect } from './collect.ts';
import { slowness } from './cpuTime.ts';
import { attackCases, floodCases, type HostileCase, hostileBody } from './hostileFrames.ts';
import { startServer, writeAll } from './loopbackServer.ts';
import { readBytes } from './readAnswer.ts';

export interface HostileOutcome {
  name: string;
  protocol: ProtocolId;
  /** CPU time of client and server, in milliseconds of a machine that is not slow: see `slowness`. */
  cpuMs: number;
  /** How it ended: `finish`, the kind of the error, or what was thrown instead. */
  end: string;
  code?: string;
}

/** Before a case with a longer body (in UTF-16 units) garbage is collected, if the heap holds more than so many bytes. */
const large = 1_000_000;
const collectedFrom = 40 * 2 ** 20;

/** A case that takes less than so many milliseconds of CPU time is tried once. */
const worthAnother = 900;

function connectionTo(protocol: ProtocolId, baseUrl: string): Connection {
  switch (protocol) {
    case 'openai':
      return { protocol, baseUrl, apiKey: 'sk-hostile-0123456789' };
    case 'dashscope':
      return { protocol, baseUrl, apiKey: 'sk-hostile-0123456789' };
    case 'qianfan-v1':
      return { protocol, baseUrl, auth: { type: 'access-token', accessToken: '24.hostile-0123456789' } };
  }
}

if (import.meta.filename === process.argv[1]) {
  const [every = 1, generated = 0] = process.argv.slice(2).map(Number);
  let current: HostileCase | undefined;
  const server = await startServer(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const body = current?.body ?? '';
    for (let at = 0; at < body.length && !response.destroyed; at += 65_536)
      await writeAll(response, body.slice(at, at + 65_536));
    response.end();
  });
  /** Through HTTP, from a server in this process. */
  const ask = async (hostile: HostileCase): Promise<Pick<Collected, 'finish' | 'error'>> => {
    current = hostile;
    const model = createChatModel(connectionTo(hostile.protocol, server.origin), 'qwen-plus');
    return collect(model, { messages: [{ role: 'user', content: 'x' }] });
  };
  /** Without HTTP. */
  const read = async ({ protocol, body }: HostileCase): Promise<Pick<Collected, 'finish' | 'error'>> => {
    const { parts, error } = await readBytes(protocol, [body]);
    return { error, finish: parts.find((part) => part.type === 'finish') };
  };
  const tryOnce = async (hostile: HostileCase, by: typeof ask): Promise<HostileOutcome> => {
    const { name, protocol } = hostile;
    // Garbage of earlier cases does not count: a busy machine collects it late.
    if (hostile.body.length > large && process.memoryUsage().heapUsed > collectedFrom) globalThis.gc?.();
    const before = process.cpuUsage();
    let end: string;
    let code: string | undefined;
    try {
      const { error, finish } = await by(hostile);
      end = error?.kind ?? (finish ? 'finish' : 'nothing');
      code = error?.code;
    } catch (error) {
      end = String(error);
    }
    const { user, system } = process.cpuUsage(before);
    return { name, protocol, cpuMs: (user + system) / 1000, end, code };
  };
  const run = async (hostile: HostileCase, by: typeof ask): Promise<void> => {
    let outcome = await tryOnce(hostile, by);
    // What else the machine does may make it slow, and the collector may come: what takes long takes long each time.
    for (let attempt = 1; attempt < 5 && outcome.cpuMs > worthAnother; attempt++) {
      const slow = slowness();
      const again = await tryOnce(hostile, by);
      outcome = { ...again, cpuMs: Math.min(outcome.cpuMs, again.cpuMs / slow) };
    }
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  };
  for (const hostile of attackCases(every)) await run(hostile, ask);
  for (const hostile of floodCases('dashscope')) await run(hostile, ask);
  for (const protocol of protocolIds) {
    const bodies = fc.sample(hostileBody(protocol), { numRuns: generated, seed: 20_260_724 });
    for (const [index, body] of bodies.entries())
      await run({ name: `generated ${index}`, protocol, body }, read);
  }
  await server.dispose();
}
