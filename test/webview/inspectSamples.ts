/** Records and texts for the inspector's page. */

import type { ExchangeRecord } from '../../src/inspector/common/exchangeRecord.ts';
import { createRecorder } from '../../src/inspector/common/exchangeRecorder.ts';
import type { InspectMessage } from '../../src/inspector/common/inspectProtocol.ts';
import { toRecordView } from '../../src/inspector/host/recordView.ts';
import { ChatError } from '../../src/llm/chatError.ts';

const body = JSON.stringify({
  model: 'qwen-plus',
  input: { messages: [{ role: 'user', content: '桥的英文怎么说？' }] },
  parameters: { result_format: 'message', incremental_output: true, temperature: 0.7 },
});

const event = (content: string): string =>
  `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify({
    output: { choices: [{ message: { content, role: 'assistant' }, finish_reason: 'null' }] },
    request_id: 'r-1',
  })}\n\n`;

/** An answer of so many events, one every 20 ms, after a first try that failed. */
export function sampleRecord(events: number, about: Partial<ExchangeRecord> = {}): ExchangeRecord {
  let time = Date.UTC(2026, 0, 2, 3, 4, 5);
  const { record, observer } = createRecorder({
    number: about.number ?? 3,
    protocol: 'dashscope',
    model: 'dashscope/qwen-plus',
    now: () => time,
    limit: 64 * 2 ** 20,
    ...about,
  });
  const send = (attempt: number): void => {
    observer.request({
      purpose: 'answer',
      attempt,
      method: 'POST',
      url: 'https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation',
      headers: {
        host: 'dashscope.aliyuncs.com',
        authorization: 'Bearer ***',
        'content-type': 'application/json',
        'x-dashscope-sse': 'enable',
      },
      body,
      bodyChanged: false,
    });
    time += 180;
  };
  send(1);
  observer.response({ status: 503, headers: { 'retry-after': '1', 'content-type': 'application/json' } });
  observer.data('{"code":"ServiceUnavailable","message":"Too busy."}');
  observer.failure(
    new ChatError({ kind: 'unavailable', providerId: 'dashscope', message: 'Too busy.', status: 503 }),
  );
  observer.wait({ attempt: 2, delayMs: 1000 });
  time += 1000;
  send(2);
  observer.response({ status: 200, headers: { 'content-type': 'text/event-stream', 'x-request-id': 'r-1' } });
  for (let index = 0; index < events; index++) {
    time += 20;
    observer.data(event(`word ${index} `));
    observer.part({ type: 'text-delta', text: `word ${index} ` });
  }
  observer.part({ type: 'finish', reason: 'stop', rawReason: 'stop', requestId: 'r-1' });
  observer.end();
  return record;
}

export function inspectMessage(
  records: readonly ExchangeRecord[],
  more: Partial<InspectMessage> = {},
): InspectMessage {
  return {
    type: 'inspect-show',
    records: records.map((record) =>
      toRecordView(record, { title: `Request ${record.number}: ${record.model}` }),
    ),
    replaying: false,
    ...more,
  };
}
