// A secret that a platform writes into everything it sends is found in nothing that Qiao keeps, shows or exports.

import assert from 'node:assert/strict';
import { toAnswerFields } from '../../src/chat/common/collectAnswer.ts';
import { type AnswerOutcome, createConversation } from '../../src/chat/common/conversation.ts';
import { applyEvents, type ConversationEvent } from '../../src/chat/common/conversationLog.ts';
import { exportJson } from '../../src/chat/common/exportJson.ts';
import { exportMarkdown } from '../../src/chat/common/exportMarkdown.ts';
import { logOutcome } from '../../src/chat/host/answerTurn.ts';
import type { Comparison } from '../../src/compare/common/comparison.ts';
import { exportCsv } from '../../src/compare/common/exportCsv.ts';
import { exportComparisonJson } from '../../src/compare/common/exportJson.ts';
import { exportRows } from '../../src/compare/common/exportRows.ts';
import { writeReport } from '../../src/diagnostics/host/report.ts';
import { toErrorCard } from '../../src/errors/host/errorCard.ts';
import { readExchangeFile, writeExchangeFile } from '../../src/inspector/common/exchangeFile.ts';
import { createRecorder } from '../../src/inspector/common/exchangeRecorder.ts';
import { answerReasoning, answerText } from '../../src/llm/answerParts.ts';
import { ChatError } from '../../src/llm/chatError.ts';
import type { StreamPart } from '../../src/llm/chatModel.ts';
import { decodeBody } from '../../src/providers/decodeBody.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { targetsFor } from '../../src/snippets/common/targets.ts';
import { type Collected, collect } from '../support/collect.ts';
import { isFullRun } from '../support/fullRun.ts';
import { type LoopbackServer, startServer } from '../support/loopbackServer.ts';
import { holdsSecret, spellings } from '../support/secretSpellings.ts';
import { comments, snippetRequest } from '../support/snippets.ts';

/** The texts of one answer; a text in two pieces comes in two events, with one about something else between them. */
interface Planted {
  whole: string;
  pieces: readonly [string, string];
}

interface Platform {
  name: string;
  secrets: readonly string[];
  connect(origin: string): Connection;
  answer(planted: Planted): object[];
  failure(planted: Planted): object;
}

const usage = (extra: string): object => ({ prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, extra });

const openai = (delta: object, { whole }: Planted, reason?: string): object => ({
  id: whole,
  model: whole,
  choices: [{ index: 0, delta, finish_reason: reason ?? null, note: whole }],
});
const dashscope = (message: object, { whole }: Planted, reason = 'null'): object => ({
  request_id: whole,
  usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2, extra: whole },
  output: { choices: [{ finish_reason: reason, message: { role: 'assistant', content: '', ...message } }] },
});
const call = (id: string, name: string, text: string): object => ({
  tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: text } }],
});
const sentence = (planted: Planted, id: number, result: string, end = false): object => ({
  id: planted.whole,
  sentence_id: id,
  result,
  is_end: end,
  finish_reason: end ? planted.whole : null,
  usage: usage(planted.whole),
});
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);

const platforms: readonly Platform[] = [
  {
    name: 'OpenAI',
    secrets: ['sk-Planted/key+7=', 'gateway-Secret/3'],
    connect: (origin) => ({
      protocol: 'openai',
      baseUrl: `${origin}/v1`,
      apiKey: 'sk-Planted/key+7=',
      headers: { 'X-Api-Key': 'gateway-Secret/3' },
    }),
    answer: (planted) => [
      ...planted.pieces.map((reasoning_content) => openai({ reasoning_content }, planted)),
      ...planted.pieces.flatMap((content) => [openai({ content }, planted), openai({}, planted)]),
      openai(call(planted.whole, planted.whole, `{"a":"${quoted(planted.pieces[0])}`), planted),
      openai(call('', '', `${quoted(planted.pieces[1])}"}`), planted),
      openai({}, planted, planted.whole),
      { id: planted.whole, choices: [], usage: usage(planted.whole) },
    ],
    failure: ({ whole }) => ({ error: { message: whole, code: whole, type: whole }, request_id: whole }),
  },
  {
    name: 'DashScope',
    secrets: ['sk-Planted/key+8='],
    connect: (origin) => ({ protocol: 'dashscope', baseUrl: origin, apiKey: 'sk-Planted/key+8=' }),
    answer: (planted) => [
      ...planted.pieces.map((reasoning_content) => dashscope({ reasoning_content }, planted)),
      ...planted.pieces.map((content) => dashscope({ content }, planted)),
      dashscope(call(planted.whole, planted.whole, `{"a":"${quoted(planted.pieces[0])}`), planted),
      dashscope(call('', '', `${quoted(planted.pieces[1])}"}`), planted),
      dashscope({}, planted, planted.whole),
    ],
    failure: ({ whole }) => ({ message: whole, code: whole, request_id: whole }),
  },
  {
    name: 'Qianfan v1',
    secrets: ['24.Planted/token+9='],
    connect: (origin) => ({
      protocol: 'qianfan-v1',
      baseUrl: origin,
      auth: { type: 'access-token', accessToken: '24.Planted/token+9=' },
    }),
    answer: (planted) => [
      sentence(planted, 0, `a ${planted.pieces[0]}`),
      sentence(planted, 1, `${planted.pieces[1]} z`),
      sentence(planted, 2, 'end', true),
    ],
    failure: ({ whole }) => ({ error_msg: whole, error_code: 336_000, error: whole, id: whole }),
  },
];

/** How the source of the JSON is written. */
const sources: Readonly<Record<string, (json: string) => string>> = {
  '': (json) => json,
  ', slashes escaped on the wire': (json) => json.replaceAll('/', '\\/'),
};
/** How far the places of two cuts are from each other: 1 where what hides secrets has changed. */
const step = isFullRun(['src/providers', 'src/llm', 'src/inspector', 'src/chat/host/answerTurn.ts']) ? 1 : 3;
const five = ['plain', 'other case', 'base64', 'percent, small letters', 'escaped slash'] as const;

describe('a planted secret', () => {
  let server: LoopbackServer;
  let body = '';
  let status = 200;
  let echoed = '';
  before(async () => {
    server = await startServer((response) => {
      response.writeHead(status, {
        'content-type': status === 200 ? 'text/event-stream' : 'application/json',
        'x-request-id': echoed,
        'x-ratelimit-limit-requests': echoed,
        'x-echo': echoed,
      });
      response.end(body);
    });
  });
  after(() => server.dispose());

  /** Everything that is kept, shown or exported of one request, by where it is. */
  async function ask(connection: Connection): Promise<{ sinks: Record<string, string>; got: Collected }> {
    const recorder = createRecorder({ number: 1, protocol: connection.protocol, model: 'a/b' });
    const model = createChatModel({ ...connection, observer: recorder.observer }, 'qwen-plus');
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    const tools = [{ name: 'f', description: '', inputSchema: {} }];
    const got = await collect(
      model,
      connection.protocol === 'qianfan-v1' ? { messages } : { messages, tools },
    );
    return { got, sinks: { ...sinksOf(got, connection), ...recordingOf(recorder.record) } };
  }

  for (const platform of platforms) {
    const { name, secrets, connect } = platform;
    for (const spelling of five) {
      for (const [suffix, source] of Object.entries(sources)) {
        it(`of ${name} is found nowhere, wherever it is cut: ${spelling}${suffix}`, async () => {
          const spell = spellings[spelling] ?? String;
          for (const secret of secrets) {
            const whole = spell(secret);
            assert.ok(holdsSecret(whole, secret));
            echoed = whole;
            status = 200;
            for (let at = 1; at < whole.length; at += step) {
              const pieces = [whole.slice(0, at), whole.slice(at)] as const;
              const events = platform.answer({ whole, pieces });
              body = events.map((event) => `data: ${source(JSON.stringify(event))}\n\n`).join('');
              const { sinks, got } = await ask(connect(server.origin));
              assert.equal(got.error, undefined, got.error?.message);
              assert.match(got.text, /\*\*\*/);
              for (const [place, text] of Object.entries(sinks)) {
                assert.ok(!holdsSecret(text, secret), `${place}, cut at ${at}: ${text}`);
                for (const half of pieces.filter(
                  ({ length }) => length >= (8 * whole.length) / secret.length,
                ))
                  assert.ok(!text.includes(quoted(half)), `${place}, half cut at ${at}: ${text}`);
              }
            }
            status = 400;
            body = source(JSON.stringify(platform.failure({ whole, pieces: [whole, ''] })));
            const { sinks, got } = await ask(connect(server.origin));
            assert.match(got.error?.message ?? '', /\*\*\*/);
            for (const [place, text] of Object.entries(sinks))
              assert.ok(!holdsSecret(text, secret), `${place}: ${text}`);
          }
        });
      }
    }
  }

  it('is in no list of models, and no error about it', async () => {
    const secret = 'sk-Planted/key+7=';
    const connection = { protocol: 'openai' as const, baseUrl: `${server.origin}/v1`, apiKey: secret };
    const { signal } = new AbortController();
    status = 200;
    echoed = 'x';
    body = JSON.stringify({ data: [{ id: `a-${secret}` }, { id: encodeURIComponent(secret) }] });
    assert.deepEqual(await listModels(connection, signal), ['a-***', '***']);
    status = 401;
    body = JSON.stringify({ error: { message: Buffer.from(secret).toString('base64'), code: secret } });
    await assert.rejects(listModels(connection, signal), (error: unknown) => {
      return error instanceof ChatError && !holdsSecret(`${error.message} ${error.code}`, secret);
    });
  });

  it('that a token service issues is in no recording of its answer', async () => {
    const token = '24.Issued/token+1=';
    status = 200;
    echoed = 'x';
    body = JSON.stringify({ access_token: token, refresh: token, scope: [`a ${encodeURIComponent(token)}`] });
    const auth = { type: 'oauth', apiKey: 'AK-Planted-1', secretKey: 'SK-Planted-2' } as const;
    const { sinks } = await ask({ protocol: 'qianfan-v1', baseUrl: server.origin, auth });
    assert.match(sinks.recording ?? '', /access_token/);
    for (const [place, text] of Object.entries(sinks))
      assert.ok(!holdsSecret(text, token), `${place}: ${text}`);
  });

  it('of a proxy, or of a header by its name, is hidden too', async () => {
    const connection: Connection = {
      protocol: 'openai',
      baseUrl: `${server.origin}/v1`,
      headers: { Authorization: 'Basic dXNlcjpoZWFkZXItcGFzcy03' },
      network: {
        proxyUrl: 'http://user:proxy-pass-1@127.0.0.1:9',
        proxyAuthorization: 'Basic cHJveHktdG9rZW4tMQ==',
      },
    };
    status = 200;
    echoed = 'x';
    const said = 'header-pass-7 dXNlcjpoZWFkZXItcGFzcy03 proxy-pass-1 cHJveHktdG9rZW4tMQ==';
    body = `data: ${JSON.stringify({ choices: [{ delta: { content: said }, finish_reason: 'stop' }] })}\n\n`;
    const { got } = await ask(connection);
    assert.equal(got.text, '*** *** *** ***');
  });
});

function sinksOf(got: Collected, connection: Connection): Record<string, string> {
  const outcome = got.finish
    ? { status: 'done' as const, finish: got.finish, steps: [] }
    : {
        status: 'failed' as const,
        steps: [],
        error: got.error ?? new ChatError({ kind: 'unexpected', providerId: '', message: '' }),
      };
  const fields: AnswerOutcome = toAnswerFields(outcome, false);
  const turn = {
    ...{
      id: 't',
      question: 'Hello',
      attachments: [],
      model: 'a/b',
      parameters: {},
      askedAt: 0,
      parentId: null,
    },
  };
  const events: ConversationEvent[] = [
    { type: 'turn', turn },
    ...got.parts.flatMap(toEvent),
    { type: 'outcome', turnId: 't', outcome: fields },
  ];
  const conversation = applyEvents(createConversation('c', 0, null), events);
  const [{ answer } = { answer: undefined }] = conversation.turns;
  const comparison: Comparison = {
    ...{ id: 'c', createdAt: 0, systemPrompt: '', parameters: {}, running: false, best: new Map() },
    questions: [{ id: 'q', text: 'Hello', attachments: [], history: [] }],
    columns: [{ id: 'c1', model: 'a/b' }],
    knownColumns: new Map(),
    answers: new Map([
      [
        'q/c1',
        {
          ...fields,
          status: 'done',
          text: answer ? answerText(answer) : '',
          reasoning: answer ? answerReasoning(answer) : '',
          askedAt: 0,
          totalMs: 1,
          retries: 0,
        },
      ],
    ]),
  };
  const rows = exportRows(comparison);
  const logged: string[] = [];
  const log = { error: (text: string) => logged.push(text), info: (text: string) => logged.push(text) };
  logOutcome(
    log as unknown as Parameters<typeof logOutcome>[0],
    { ...turn, answer: { status: 'done', parts: [] } },
    outcome,
  );
  const described = snippetRequest(connection, 'qwen-plus', {
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: (answer && answerText(answer)) || '-' },
      { role: 'user', content: 'And?' },
    ],
  });
  const report = got.error
    ? writeReport([{ title: 'a', results: [{ status: 'problem', title: 'b', text: got.error.message }] }], 0)
        .text
    : '';
  return {
    parts: JSON.stringify(got.parts),
    'text of the parts': got.text,
    'reasoning of the parts': got.reasoning,
    error: `${got.error?.message} ${got.error?.code} ${got.error?.requestId} ${got.error?.stack}`,
    'card of the error': got.error ? JSON.stringify(toErrorCard(got.error)) : '',
    history: events.map((event) => JSON.stringify(event)).join('\n'),
    'exported conversation': exportJson([conversation]),
    'exported as Markdown': exportMarkdown(conversation, {
      ...{
        title: 'T',
        question: 'Q',
        answer: (model) => model,
        time: String,
        tool: ({ type }) => type,
        attachment: () => '',
      },
      ending: ({ error }) => error?.message ?? '',
    }),
    'comparison as a table': exportCsv(rows),
    'comparison as JSON': exportComparisonJson(comparison, rows),
    log: logged.join('\n'),
    snippets: targetsFor(described)
      .map(({ write }) => write(described, comments).text)
      .join('\n'),
    report,
  };
}

function toEvent(part: StreamPart): ConversationEvent[] {
  switch (part.type) {
    case 'text-delta':
      return [{ type: 'delta', turnId: 't', text: part.text, reasoning: '' }];
    case 'reasoning-delta':
      return [{ type: 'delta', turnId: 't', text: '', reasoning: part.text }];
    case 'text-replace':
      return [{ type: 'replace', turnId: 't', text: part.text }];
    case 'tool-call':
      return [{ type: 'part', turnId: 't', part }];
    default:
      return [];
  }
}

/** As it is exported, and what whoever opens it reads out of it. */
function recordingOf(record: ReturnType<typeof createRecorder>['record']): Record<string, string> {
  const file = writeExchangeFile(record);
  const { protocol, attempts } = readExchangeFile(file);
  const chunks = attempts.flatMap((attempt) => attempt.chunks);
  const decoded = decodeBody({ protocol, chunks });
  const texts = { text: '', reasoning: '' };
  for (const { part } of decoded.parts) {
    if (part.type === 'text-delta') texts.text += part.text;
    if (part.type === 'reasoning-delta') texts.reasoning += part.text;
  }
  return {
    recording: file,
    'body of the recording': chunks.map(({ text }) => text).join(''),
    'parts of the recording': JSON.stringify(decoded.parts),
    'text of the recording': texts.text,
    'reasoning of the recording': texts.reasoning,
  };
}
