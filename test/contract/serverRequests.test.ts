// What is asked of servers of OpenAI's protocol: addresses as people paste them, members that a server refuses, thoughts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatError } from '../../src/llm/chatError.ts';
import type { ChatRequest } from '../../src/llm/chatModel.ts';
import { habitsOf } from '../../src/providers/catalog/modelHabits.ts';
import { createChatModel, type OpenAIConnection } from '../../src/providers/index.ts';
import { openAIUrl } from '../../src/providers/openai/address.ts';
import { concessionsFor, learnFrom } from '../../src/providers/openai/concessions.ts';
import { listModels } from '../../src/providers/openai/modelList.ts';
import { type Collected, collect } from '../support/collect.ts';

interface Asked {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Record<string, unknown>;
}

const question: ChatRequest = { messages: [{ role: 'user', content: 'hi' }] };
const answer = JSON.stringify({
  choices: [{ message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
});

describe('requests to servers of OpenAI’s protocol', () => {
  let server: http.Server;
  let origin: string;
  let asked: Asked[];
  /** Status and body for a request. */
  let reply: (request: Asked) => [status: number, body: string];

  before(async () => {
    server = http.createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        const got = { path: request.url ?? '', headers: request.headers, body: JSON.parse(text || '{}') };
        asked.push(got);
        const [status, body] = reply(got);
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
    reply = () => [200, answer];
  });
  after(() => server.close());

  let number = 0;
  /** Each connection is another one: what is learned of one holds for it alone. */
  const connection = (more: Partial<OpenAIConnection> = {}): OpenAIConnection => ({
    protocol: 'openai',
    baseUrl: `${origin}/${number++}/v1`,
    ...more,
  });
  const ask = (to: OpenAIConnection, request: ChatRequest = question, model = 'm'): Promise<Collected> =>
    collect(createChatModel(to, model), request);

  it('takes addresses with what people paste along', () => {
    for (const pasted of ['', '/', '/chat/completions', '/models', '/completions/'])
      assert.equal(openAIUrl(`http://a/v1${pasted}`, 'models'), 'http://a/v1/models');
    assert.equal(
      openAIUrl('https://a/openai/v1?api-version=2026-01', 'chat/completions'),
      'https://a/openai/v1/chat/completions?api-version=2026-01',
    );
    assert.equal(openAIUrl('https://a/v4#top', 'models'), 'https://a/v4/models');
    // Azure's base URL.
    assert.equal(openAIUrl('https://a/models', 'chat/completions'), 'https://a/models/chat/completions');
  });

  it('finds `/v1` where it is left out, for questions and lists, and says so where it is not there either', async () => {
    reply = ({ path }) => (path.startsWith('/v1/') ? [200, answer] : [404, '404 page not found']);
    const to = connection({ baseUrl: origin });
    assert.equal((await ask(to)).text, 'ok');
    assert.equal((await ask(to)).text, 'ok');
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/chat/completions', '/v1/chat/completions', '/v1/chat/completions'],
    );
    reply = ({ path }) => (path === '/v1/models' ? [200, '["a"]'] : [404, '{"detail":"Not Found"}']);
    assert.deepEqual(await listModels({ ...to, baseUrl: `${origin}/` }, AbortSignal.timeout(5000)), ['a']);
    reply = () => [404, '404 page not found'];
    const { error } = await ask(connection({ baseUrl: `${origin}//` }));
    assert.deepEqual([error?.kind, error?.code], ['protocol', 'wrong-address']);
    const elsewhere = await ask(connection());
    assert.deepEqual(
      [elsewhere.error?.code, asked.at(-1)?.path.endsWith('/v1/chat/completions')],
      ['wrong-address', true],
    );
  });

  it('finds `/v1` behind a server’s own page', async () => {
    for (const status of [200, 404, 405]) {
      reply = ({ path }) => (path.startsWith('/v1/') ? [200, answer] : [status, '<html>Welcome</html>']);
      const to = connection({ baseUrl: `${origin}/?page=${status}` });
      assert.equal((await ask(to)).text, 'ok');
      reply = () => [status, '<html>Log in</html>'];
      const page = await ask(connection({ baseUrl: `${origin}/?login=${status}` }));
      assert.equal(page.error?.code, 'html-answer');
    }
  });

  it('finds `/v1` for many requests at a time', async () => {
    reply = ({ path }) => (path.startsWith('/v1/') ? [200, answer] : [404, '404 page not found']);
    const to = connection({ baseUrl: `${origin}/?many` });
    const all = await Promise.all([ask(to), ask(to), ask(to)]);
    assert.deepEqual(
      all.map(({ text }) => text),
      ['ok', 'ok', 'ok'],
    );
  });

  it('reads lists of models in all their shapes', async () => {
    const lists: [body: unknown, ids: string[]][] = [
      [
        {
          object: 'list',
          data: [{ id: 'a' }, { object: 'model' }, null, { id: '' }, { id: 'b' }, { id: 'b' }],
        },
        ['a', 'b'],
      ],
      [{ data: null }, []],
      [{ data: [] }, []],
      [
        ['a', { id: 'b' }],
        ['a', 'b'],
      ],
      [{ models: [{ name: 'a' }, { model: 'b', name: 'B' }] }, ['a', 'b']],
      [{ data: [{ id: 'a', detail: 'A fine model', status: 'failed', code: 7, error: 'x' }] }, ['a']],
      [[{ id: 'a', detail: 'A fine model' }], ['a']],
      [{ data: { models: ['a'] } }, ['a']],
      [{ code: 0, data: { list: [{ model_name: 'a' }, { model_id: 'b' }] } }, ['a', 'b']],
      [{ result: [{ id: 'a' }], success: true }, ['a']],
      [{ data: [], models: ['a'] }, ['a']],
      [{ models: null }, []],
    ];
    for (const [body, ids] of lists) {
      reply = () => [200, JSON.stringify(body)];
      assert.deepEqual(await listModels(connection(), AbortSignal.timeout(5000)), ids);
    }
    reply = () => [200, '{"success":false,"message":"令牌无效"}'];
    await assert.rejects(listModels(connection(), AbortSignal.timeout(5000)), { kind: 'unauthorized' });
  });

  it('waits as long as `retry-after-ms` says', async () => {
    const waits: number[] = [];
    let tries = 0;
    server.prependOnceListener('request', (_request, response) => {
      response.setHeader('retry-after-ms', '15');
      response.setHeader('retry-after', '20');
    });
    reply = () => (tries++ === 0 ? [429, '{"error":"slow down"}'] : [200, answer]);
    const retry = { maxAttempts: 2, onWait: ({ delayMs }: { delayMs: number }) => waits.push(delayMs) };
    assert.equal((await ask(connection({ retry }))).text, 'ok');
    assert.deepEqual(waits, [15]);
  });

  it('says who asks', async () => {
    await ask(connection({ network: { userAgent: 'Qiao/1.2.3 VSCode/1.104.0' } }));
    await ask(connection());
    await ask(connection({ headers: { 'User-Agent': 'mine' } }));
    assert.deepEqual(
      asked.map(({ headers }) => headers['user-agent']),
      ['Qiao/1.2.3 VSCode/1.104.0', 'Qiao', 'mine'],
    );
  });

  describe('a member that the server refuses by name', () => {
    const refusals: [member: string, message: unknown][] = [
      [
        'stream_options',
        {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'stream_options'],
              msg: 'Extra inputs are not permitted',
            },
          ],
        },
      ],
      ['stream_options', { error: { message: 'Unknown parameter: stream_options' } }],
      [
        'tool_choice',
        {
          error: {
            message: 'The tool_choice parameter does not support being set to required in thinking mode',
          },
        },
      ],
      ['top_k', { error: { message: '参数 top_k 不支持' } }],
      [
        'top_k',
        {
          error: { message: "Unknown parameter: 'top_k'. Supported parameters: temperature, stream_options" },
        },
      ],
      ['top_k', { error: { message: 'top_k is not a supported parameter' } }],
      ['stream_options', { error: { message: 'Invalid parameter: stream_options' } }],
      ['stream_options', { error: { message: '无法识别的参数 stream_options' } }],
      ['stream_options', { error: { message: 'stream_options is invalid' } }],
      ['stream_options', { error: { message: 'Parameter stream_options does not exist' } }],
      ['stream_options', { error: { message: 'Unsupported parameter', param: 'stream_options' } }],
      ['top_k', { error: { message: 'Argument not supported on this model: topK' } }],
      ['chat_template_kwargs', { error: { message: 'enable_thinking is not supported' } }],
      ...[
        'Thinking may not be enabled when tool_choice forces tool use.',
        "tool_choice only supports 'auto' and 'none'",
        "tool_choice must be 'auto' when thinking is enabled",
        'tool choice "required" is not supported in thinking mode',
        'tool_choice 参数目前仅支持 auto',
        'tool_choice 参数非法',
        'The parameter `tool_choice` specified in the request is not valid',
      ].map((message): [string, unknown] => ['tool_choice', { error: { message } }]),
    ];
    for (const [member, body] of refusals) {
      it(`${member}: ${JSON.stringify(body).slice(0, 70)}`, async () => {
        reply = (request) => (member in request.body ? [400, JSON.stringify(body)] : [200, answer]);
        const to = connection();
        const request: ChatRequest = {
          ...question,
          parameters: { topK: 3, enableThinking: true },
          tools: [{ name: 'f', description: 'f', inputSchema: {} }],
          toolChoice: 'required',
        };
        assert.equal((await ask(to, request)).text, 'ok');
        assert.deepEqual(
          asked.map((sent) => member in sent.body),
          [true, false],
        );
        assert.equal((await ask(to, request)).text, 'ok');
        assert.equal(asked.length, 3);
        assert.ok(!(member in (asked[2]?.body ?? {})));
        // Another connection knows nothing of it.
        await ask(connection(), request);
        assert.ok(member in (asked[3]?.body ?? {}));
      });
    }

    it('enable_thinking: is learned for this address and model alone', () => {
      const url = 'https://gateway.example/v1';
      const failure = new ChatError({
        kind: 'invalid-request',
        providerId: 'openai',
        status: 400,
        message: 'Invalid JSON payload received. Unknown name "enable_thinking"',
      });
      assert.equal(habitsOf(url, 'm').thinking, 'enable_thinking');
      assert.ok(learnFrom(failure, '{"enable_thinking":true}', url, 'm'));
      assert.deepEqual([...concessionsFor(url, 'm').without], ['enable_thinking']);
      // Where it was not sent, nothing is left to leave out.
      assert.ok(!learnFrom(failure, '{}', url, 'm'));
      assert.deepEqual([...concessionsFor(url, 'n').without], []);
    });

    it('one after the other, but not without end', async () => {
      reply = ({ body }) => {
        const name = ['stream_options', 'top_k', 'seed', 'temperature'].find((member) => member in body);
        return name === undefined ? [200, answer] : [400, JSON.stringify({ error: `unknown field ${name}` })];
      };
      const parameters = { topK: 3, seed: 1, temperature: 1 };
      const to = connection();
      assert.equal((await ask(to, { ...question, parameters })).error?.kind, 'invalid-request');
      assert.equal(asked.length, 4);
      assert.equal((await ask(to, { ...question, parameters })).text, 'ok');
    });

    it('for all requests that are refused at the same time', async () => {
      reply = ({ body }) =>
        'stream_options' in body
          ? [400, '{"error":"Unknown parameter: stream_options"}']
          : 'max_tokens' in body
            ? [400, '{"error":"Unsupported parameter: max_tokens. Use max_completion_tokens instead."}']
            : [200, answer];
      const to = connection();
      const request = { ...question, parameters: { maxOutputTokens: 9 } };
      const answers = await Promise.all([ask(to, request), ask(to, request), ask(to, request)]);
      assert.deepEqual(
        answers.map(({ text }) => text),
        ['ok', 'ok', 'ok'],
      );
    });

    it('but no value, nothing that is needed, and nothing after a word has come', async () => {
      const messages = [
        'temperature must be in [0, 1]',
        'unknown model',
        'messages: not supported',
        'tools are not supported',
      ];
      for (const message of messages) {
        reply = () => [400, JSON.stringify({ error: { message } })];
        const tools = [{ name: 'f', description: 'f', inputSchema: {} }];
        await ask(connection(), { ...question, tools, parameters: { temperature: 2 } });
      }
      assert.equal(asked.length, messages.length);
    });

    it('not of a recorded request, nor again and again', async () => {
      reply = () => [400, '{"error":"Unknown parameter: stream_options"}'];
      const to = connection();
      const model = createChatModel(to, 'recorded');
      const raw = { body: '{"stream_options":{}}', stream: true, path: '/v1/chat/completions' };
      await assert.rejects(async () => {
        for await (const _part of model.replay(raw, AbortSignal.timeout(5000)));
      });
      assert.equal(asked.length, 1);
      await ask(to);
      assert.equal(asked.length, 3);
    });

    it('a limit that is too large keeps its name', async () => {
      reply = () => [
        400,
        `{"error":{"message":"'max_tokens' or 'max_completion_tokens' is too large: 32000."}}`,
      ];
      await ask(connection(), { ...question, parameters: { maxOutputTokens: 32_000 } });
      assert.equal(asked.length, 1);
    });

    it('the limit on the answer goes by its newer name', async () => {
      reply = ({ body }) =>
        'max_tokens' in body
          ? [
              400,
              '{"error":{"message":"Unsupported parameter: \'max_tokens\'. Use \'max_completion_tokens\' instead."}}',
            ]
          : [200, answer];
      await ask(connection(), { ...question, parameters: { maxOutputTokens: 9 } });
      assert.deepEqual([asked.length, asked[1]?.body.max_completion_tokens], [2, 9]);
    });

    it('a system message: what it says stands before the question', async () => {
      const messages = [
        'System role not supported',
        'Role must be in [user, assistant], but got role: system',
        '不支持system角色',
        'Conversation roles must alternate user/assistant/user/assistant/...',
        'Only user and assistant roles are supported!',
        'the role of messages[0] must be user or assistant',
        "messages[0].role: Input should be 'user' or 'assistant'",
        'Developer instruction is not enabled for models/gemma-3-27b-it',
      ];
      for (const message of messages) {
        asked = [];
        reply = ({ body }) =>
          JSON.stringify(body).includes('"system"')
            ? [400, JSON.stringify({ error: { message } })]
            : [200, answer];
        await ask(connection(), {
          messages: [{ role: 'system', content: 'Be brief.' }, ...question.messages],
        });
        assert.deepEqual(asked[1]?.body.messages, [{ role: 'user', content: 'Be brief.\n\nhi' }], message);
      }
      asked = [];
      reply = ({ body }) =>
        JSON.stringify(body).includes('"system"')
          ? [400, '{"error":{"message":"System role not supported"}}']
          : [200, answer];
      await ask(connection(), { messages: [{ role: 'system', content: 'Be brief.' }, ...question.messages] });
      assert.deepEqual(asked[1]?.body.messages, [{ role: 'user', content: 'Be brief.\n\nhi' }]);
    });
  });

  describe('thoughts', () => {
    const messages: ChatRequest['messages'] = [
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: '',
        reasoning: '想',
        toolCalls: [{ id: 'c1', name: 'f', arguments: '{}' }],
      },
      { role: 'tool', toolCallId: 'c1', content: 'done' },
      { role: 'assistant', content: 'ok', reasoning: '再想' },
      { role: 'user', content: 'go on' },
    ];
    const sent = (index = 0): unknown[] => {
      const { messages: list } = asked[index]?.body ?? {};
      return Array.isArray(list) ? list.map(({ reasoning_content: thought }) => thought) : [];
    };

    it('go back with calls of tools to models that want them', async () => {
      for (const model of ['deepseek-reasoner', 'Pro/deepseek-ai/DeepSeek-V3.2', 'kimi-k2-thinking'])
        await ask(connection(), { messages }, model);
      for (const index of [0, 1, 2])
        assert.deepEqual(sent(index), [undefined, '想', undefined, undefined, undefined]);
      await ask(connection(), { messages }, 'qwen-plus');
      assert.deepEqual(sent(3), Array(5).fill(undefined));
    });

    it('go back no more where the server refuses them', async () => {
      reply = ({ body }) =>
        JSON.stringify(body).includes('"reasoning_content"')
          ? [400, '{"error":{"message":"messages.1: property reasoning_content is unsupported"}}']
          : [200, answer];
      const to = connection();
      assert.equal((await ask(to, { messages }, 'kimi-k2')).text, 'ok');
      assert.equal((await ask(to, { messages }, 'kimi-k2')).text, 'ok');
      assert.equal(asked.length, 3);
    });

    it('go back where the server asks for them, though there are none', async () => {
      reply = ({ body }) =>
        JSON.stringify(body).includes('"reasoning_content"')
          ? [200, answer]
          : [
              400,
              '{"error":{"message":"thinking is enabled but reasoning_content is missing in assistant tool call message at index 1"}}',
            ];
      const without = messages.map(({ reasoning: _reasoning, ...message }) => message);
      assert.equal((await ask(connection(), { messages: without }, 'odd')).text, 'ok');
      assert.deepEqual(sent(1), [undefined, '', undefined, undefined, undefined]);
    });

    it('are switched as each family wants it', () => {
      const table: [url: string, model: string, thinking: string][] = [
        ['https://dashscope.aliyuncs.com/compatible-mode/v1', 'qwen3-max', 'enable_thinking'],
        ['https://api.siliconflow.cn/v1', 'Qwen/Qwen3-8B', 'enable_thinking'],
        ['https://open.bigmodel.cn/api/paas/v4', 'glm-4.6', 'thinking'],
        ['https://ark.cn-beijing.volces.com/api/v3', 'doubao-seed-1-6', 'thinking'],
        ['https://api.deepseek.com', 'deepseek-chat', 'thinking'],
        ['https://api.moonshot.cn/v1', 'kimi-k2.5', 'thinking'],
        ['http://127.0.0.1:11434/v1', 'qwen3', 'reasoning_effort'],
        ['http://localhost:8000/v1', 'Qwen/Qwen3-8B', 'chat_template_kwargs'],
        ['http://gpu-box:8000/v1', 'Qwen/Qwen3-8B', 'chat_template_kwargs'],
        ['https://gateway.example.com/v1', 'qwen3-max', 'enable_thinking'],
        ['https://api.openai.com/v1', 'gpt-5', 'reasoning_effort'],
      ];
      for (const [url, model, thinking] of table) assert.equal(habitsOf(url, model).thinking, thinking, url);
      assert.ok(habitsOf('https://dashscope.aliyuncs.com/v1', 'qwen-mt-plus').refusesSystem);
      assert.ok(!habitsOf('https://dashscope.aliyuncs.com/v1', 'qwen-max').refusesSystem);
    });

    it('and the switch is written as it is named', async () => {
      for (const enableThinking of [true, false])
        await ask(connection(), { ...question, parameters: { enableThinking } });
      assert.deepEqual(
        asked.map(({ body }) => [body.chat_template_kwargs, body.enable_thinking]),
        [
          [{ enable_thinking: true }, undefined],
          [{ enable_thinking: false }, undefined],
        ],
      );
    });

    it('a model for translation gets no system message', async () => {
      await ask(
        connection(),
        { messages: [{ role: 'system', content: 's' }, ...question.messages] },
        'qwen-mt-plus',
      );
      assert.deepEqual(asked[0]?.body.messages, [{ role: 'user', content: 'hi' }]);
    });
  });
});
