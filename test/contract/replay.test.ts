import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { writeExchangeFile } from '../../src/inspector/common/exchangeFile.ts';
import { answerAttempt, askedForStream } from '../../src/inspector/common/exchangeRecord.ts';
import { createRecorder } from '../../src/inspector/common/exchangeRecorder.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { collect } from '../support/collect.ts';
import { pngImage } from '../support/images.ts';
import { secretConnections } from '../support/secretConnections.ts';

describe('Replaying a recorded request', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false, ...secretConnections.emulatorOptions });
  });
  afterEach(() => emulator.dispose());

  for (const { name, connect, secrets } of secretConnections.all) {
    const images = name.startsWith('Qianfan v1') ? undefined : [pngImage(32, 32)];
    for (const stream of [true, false]) {
      for (const incrementalOutput of name === 'DashScope' ? [true, false] : [undefined]) {
        const how = `${stream ? 'streamed' : 'in one piece'}${incrementalOutput === false ? ', cumulative' : ''}`;
        it(`${name}, ${how}: sends the same bytes, and reads the same answer`, async () => {
          const pieces = ['Ein', 's \\ "zwei"', '\u2028 三 🌉'];
          emulator.script({ pieces, times: 2, headers: { 'x-ratelimit-remaining': '7' } });
          const recorder = createRecorder({ number: 1, protocol: 'openai', model: '' });
          const connection: Connection = { ...connect(emulator.origin), observer: recorder.observer };
          const model = createChatModel(connection, name.startsWith('Qianfan v1') ? 'custom' : 'qwen-vl-max');
          const first = await collect(model, {
            messages: [{ role: 'user', content: '问 "quoted" \u2028', images }],
            parameters: { stream, incrementalOutput, temperature: 0.3 },
          });
          assert.equal(first.error, undefined, first.error?.message);
          const { request } = answerAttempt(recorder.record) ?? {};
          assert.ok(request);
          const raw = {
            body: request.body,
            stream: askedForStream(request),
            path: new URL(request.url).pathname,
          };
          assert.equal(raw.stream, stream);
          const again = await collect(
            { info: model.info, stream: (_request, signal) => model.replay(raw, signal) },
            { messages: [] },
          );
          const [one, other] = emulator.requests.filter(({ path }) => !path.includes('/oauth/'));
          assert.ok(one && other);
          assert.equal(other.bodyText, one.bodyText);
          assert.deepEqual([other.url, other.method], [one.url, one.method]);
          for (const header of Object.keys(one.headers)) {
            if (header !== 'x-bce-date' && !name.includes('signed'))
              assert.equal(other.headers[header], one.headers[header], header);
          }
          assert.deepEqual([again.text, again.finish?.reason], [first.text, first.finish?.reason]);
          assert.equal(first.text, pieces.join(''));
          const issued = emulator.requests.map(({ query }) => query.access_token ?? '').filter(Boolean);
          for (const secret of [...secrets, ...issued])
            assert.ok(!writeExchangeFile(recorder.record).includes(secret), secret);
        });
      }
    }
  }
});
