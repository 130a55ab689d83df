import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isFullRun } from '../support/fullRun.ts';
import { checkLeaks, eventually } from '../support/leaks.ts';
import { type LoopbackServer, startServer, writeAll } from '../support/loopbackServer.ts';
import { ask, event, eventStream } from '../support/networkClient.ts';

const streams = 200;
/** Of each. */
const events = isFullRun() ? 2000 : 400;
/** Bytes in one write; events and characters are cut wherever this falls. */
const pieceLength = 4093;

const textOf = (stream: number, index: number): string => `${stream}第${index}桥🌉 `;

/** The collector, without a flag on the command line. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

describe(`${streams} streams of ${events} events at once`, () => {
  let server: LoopbackServer;
  checkLeaks(() => server.dispose());

  beforeEach(async () => {
    let next = 0;
    server = await startServer(async (response) => {
      const stream = next++;
      let bytes = Buffer.alloc(0);
      response.writeHead(200, eventStream);
      for (let index = 0; index < events; index++) {
        bytes = Buffer.concat([
          bytes,
          Buffer.from(event(textOf(stream, index), index === events - 1 ? 'stop' : 'null')),
        ]);
        while (bytes.length >= pieceLength || (index === events - 1 && bytes.length > 0)) {
          await writeAll(response, bytes.subarray(0, pieceLength));
          bytes = bytes.subarray(pieceLength);
        }
      }
      response.end();
    });
  });

  const run = async (count: number): Promise<void> => {
    const answers = await Promise.all(Array.from({ length: count }, () => ask(server.origin)));
    const seen = new Set<number>();
    for (const { text, error, finish } of answers) {
      assert.equal(error?.message, undefined);
      assert.equal(finish?.reason, 'stop');
      const stream = Number.parseInt(text, 10);
      seen.add(stream);
      const expected = Array.from({ length: events }, (_, index) => textOf(stream, index)).join('');
      assert.ok(text === expected, `stream ${stream} is complete and unmixed`);
    }
    assert.equal(seen.size, count);
  };

  it('loses and mixes nothing, and gives its memory back', async () => {
    const collect = collector();
    const held = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    await run(20);
    const before = held();
    await run(streams);
    // Sockets that close hold on to something until they have.
    await eventually(() => {
      const grown = held() - before;
      assert.ok(grown < 8 * 2 ** 20, `${grown} bytes more than before`);
    });
  });
});
