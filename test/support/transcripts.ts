/** Recorded and constructed answers with what a client must make of them, and a server that replays them. */

import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface Transcript {
  name: string;
  protocol: 'dashscope-native' | 'openai-compatible' | 'qianfan-v1' | 'qianfan-v2';
  body: Buffer;
  request: { stream: boolean; resultFormat?: 'text' | 'message'; incrementalOutput?: boolean };
  response: { status: number; headers: Record<string, string> };
  expected: {
    text: string;
    reasoning?: string;
    toolCalls?: { id: string; name: string; arguments: string }[];
    /** Name and arguments of calls whose ids the server leaves out. */
    calls?: [name: string, arguments: string][];
    finishReason?: string | null;
    usage?: { inputTokens: number; outputTokens: number; totalTokens?: number } | null;
    requestId?: string;
    error?: {
      kind: string;
      code?: string;
      /** Words of the service that must reach the user. */
      message?: string;
      status?: number;
      retryable?: boolean;
      /** This kind, and no other. */
      exact?: string;
      /** Not this kind. */
      notKind?: string;
    };
    /** The error's kind is open: the test says which one Qiao gives. */
    kindAny?: boolean;
  };
}

/** `whole`: one write. `events`: one write per blank-line block. `bytes`: one write per byte. */
export type Delivery = 'whole' | 'events' | 'bytes';

/** `transcripts`: what the platforms document. `servers`: what servers of OpenAI's protocol send beside it. */
export function readTranscripts(set: 'transcripts' | 'servers' = 'transcripts'): Transcript[] {
  const folder = path.join(import.meta.dirname, '../fixtures', set);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
      body: readFileSync(path.join(folder, file.replace(/json$/, 'txt'))),
    }));
}

/** Cuts a body as a delivery asks; `at` cuts at the given byte offsets instead. */
export function cut(body: Buffer, delivery: Delivery | { at: readonly number[] }): Buffer[] {
  if (delivery === 'whole') return [body];
  if (delivery === 'bytes') return Array.from(body, (byte) => Buffer.of(byte));
  if (delivery === 'events')
    return body
      .toString()
      .split(/(?<=\n\n)/)
      .map((text) => Buffer.from(text));
  const places = [0, ...[...delivery.at].sort((a, b) => a - b), body.length];
  return places.slice(1).map((end, i) => body.subarray(places[i], end));
}

export interface Replay {
  origin: string;
  close(): Promise<void>;
}

/** Answers every request with the pieces, each in a packet of its own as far as the socket allows. */
export async function startReplay(
  response: Transcript['response'],
  pieces: readonly Buffer[],
): Promise<Replay> {
  const server = http.createServer(async (_request, answer) => {
    answer.socket?.setNoDelay(true);
    answer.writeHead(response.status, response.headers);
    for (const piece of pieces) {
      answer.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
