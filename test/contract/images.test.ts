import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import type { ChatMessage, ChatRequest } from '../../src/llm/chatModel.ts';
import { estimateImageTokens } from '../../src/llm/tokens.ts';
import { type Connection, createChatModel } from '../../src/providers/index.ts';
import { type Collected, collect } from '../support/collect.ts';
import { pngImage, toUrl } from '../support/images.ts';

const image = pngImage(280, 560);
const other = pngImage(40, 40);
const seen: ChatMessage[] = [{ role: 'user', content: '这是什么？', images: [image] }];
const call = { id: 'call_1', name: 'screenshot', arguments: '{}' };
const round: ChatMessage[] = [
  { role: 'user', content: 'Look.' },
  { role: 'assistant', content: '', toolCalls: [call, { ...call, id: 'call_2' }] },
  { role: 'tool', content: 'taken', toolCallId: 'call_1', images: [image] },
  { role: 'tool', content: 'taken', toolCallId: 'call_2', images: [other] },
];
const tools = [{ name: 'screenshot', description: 'd', inputSchema: { type: 'object' } }];

describe('images against the emulator', () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
  });
  afterEach(() => emulator.dispose());

  const services = {
    dashscope: (): Connection => ({
      protocol: 'dashscope',
      baseUrl: emulator.origin,
      apiKey: 'sk-0123456789',
    }),
    compatible: (): Connection => ({
      protocol: 'openai',
      baseUrl: `${emulator.origin}/compatible-mode/v1`,
      apiKey: 'sk-0123456789',
    }),
    qianfan: (): Connection => ({
      protocol: 'openai',
      baseUrl: `${emulator.origin}/v2`,
      apiKey: 'bce-v3/ALTAK-demo/0123456789',
      dialect: 'qianfan',
    }),
    local: (): Connection => ({ protocol: 'openai', baseUrl: `${emulator.origin}/v1` }),
    'qianfan-v1': (): Connection => ({
      protocol: 'qianfan-v1',
      baseUrl: emulator.origin,
      auth: { type: 'access-token', accessToken: '24.demo-access-token' },
    }),
  };
  type Service = keyof typeof services;
  const ask = (service: Service, model: string, request: Partial<ChatRequest> = {}): Promise<Collected> =>
    collect(createChatModel(services[service](), model), { messages: seen, ...request });
  const sent = (): Record<string, unknown> => {
    const { body, warnings } = emulator.requests.at(-1) ?? {};
    assert.deepEqual(warnings, []);
    assert.ok(typeof body === 'object' && body !== null);
    return { ...body };
  };

  const models: [Service, string][] = [
    ['dashscope', 'qwen-vl-plus'],
    ['dashscope', 'qwen-vl-max-latest'],
    ['dashscope', 'qwen2.5-vl-72b-instruct'],
    ['dashscope', 'qwen3-vl-plus'],
    ['dashscope', 'qwen3.5-plus'],
    ['dashscope', 'qvq-max'],
    ['compatible', 'qwen-vl-max'],
    ['qianfan', 'ernie-4.5-turbo-vl-32k'],
    ['local', 'qwen2.5vl:7b'],
    ['local', 'some-model'],
  ];
  for (const [service, model] of models) {
    for (const parameters of [{}, { incrementalOutput: false }, { stream: false }]) {
      it(`${service}: ${model} sees, ${JSON.stringify(parameters)}`, async () => {
        const got = await ask(service, model, { parameters });
        assert.equal(got.error, undefined, got.error?.message);
        assert.match(got.text, /`image\/png`，280 × 560 像素/);
        assert.equal(got.finish?.reason, 'stop');
        assert.ok((got.finish?.usage?.inputTokens ?? 0) > estimateImageTokens(image));
        assert.equal(emulator.requests.length, 1, 'the right path at once');
        assert.deepEqual(emulator.requests[0]?.warnings, []);
      });
    }
  }

  for (const service of ['dashscope', 'compatible', 'qianfan', 'local'] as const) {
    it(`${service}: reasons about an image`, async () => {
      emulator.script({ text: '一座桥', reasoning: 'hm' });
      const parameters = { enableThinking: true };
      const got = await ask(service, service === 'qianfan' ? 'ernie-4.5-turbo-vl' : 'qwen3-vl-plus', {
        parameters,
      });
      assert.deepEqual([got.text, got.reasoning, got.error], ['一座桥', 'hm', undefined]);
    });
  }

  it('stand before the text, and the other messages keep their form (DashScope)', async () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'two', images: [image, other] },
      { role: 'assistant', content: 'Two.' },
      { role: 'user', content: '', images: [other] },
    ];
    await ask('dashscope', 'qwen-vl-max', { messages });
    assert.match(emulator.requests[0]?.path ?? '', /multimodal-generation\/generation$/);
    assert.deepEqual(sent(), {
      model: 'qwen-vl-max',
      input: {
        messages: [
          { role: 'system', content: [{ text: 'Be brief.' }] },
          { role: 'user', content: [{ image: toUrl(image) }, { image: toUrl(other) }, { text: 'two' }] },
          { role: 'assistant', content: [{ text: 'Two.' }] },
          { role: 'user', content: [{ image: toUrl(other) }] },
        ],
      },
      parameters: { result_format: 'message', incremental_output: true },
    });
  });

  it('are parts of OpenAI’s form, and texts without images stay texts', async () => {
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Be brief.' },
      ...seen,
      { role: 'assistant', content: '桥' },
      { role: 'user', content: '', images: [other] },
    ];
    for (const [service, model] of [
      ['compatible', 'qwen-vl-max'],
      ['qianfan', 'ernie-4.5-turbo-vl'],
      ['local', 'm'],
    ] as const) {
      const got = await ask(service, model, { messages });
      assert.equal(got.error, undefined, got.error?.message);
      assert.deepEqual(sent(), {
        model,
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'image_url', image_url: { url: toUrl(image) } },
              { type: 'text', text: '这是什么？' },
            ],
          },
          { role: 'assistant', content: '桥' },
          { role: 'user', content: [{ type: 'image_url', image_url: { url: toUrl(other) } }] },
        ],
        stream: true,
        stream_options: { include_usage: true },
      });
    }
  });

  it('of tools follow behind the last result of the round', async () => {
    const told = 'These images are part of the result of call_1, call_2.';
    await ask('compatible', 'qwen3-vl-plus', { messages: round, tools });
    assert.deepEqual(Object(sent()).messages.slice(2), [
      { role: 'tool', content: 'taken', tool_call_id: 'call_1' },
      { role: 'tool', content: 'taken', tool_call_id: 'call_2' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: toUrl(image) } },
          { type: 'image_url', image_url: { url: toUrl(other) } },
          { type: 'text', text: told },
        ],
      },
    ]);
    await ask('dashscope', 'qwen3-vl-plus', { messages: round, tools });
    assert.deepEqual(Object(sent()).input.messages.slice(2), [
      { role: 'tool', content: [{ text: 'taken' }], tool_call_id: 'call_1' },
      { role: 'tool', content: [{ text: 'taken' }], tool_call_id: 'call_2' },
      { role: 'user', content: [{ image: toUrl(image) }, { image: toUrl(other) }, { text: told }] },
    ]);
    const later: ChatMessage[] = [...round.slice(0, 3), { role: 'assistant', content: 'ok' }, ...seen];
    await ask('local', 'm', { messages: later });
    assert.deepEqual(
      Object(sent()).messages.map(({ role }: ChatMessage) => role),
      ['user', 'assistant', 'tool', 'user', 'assistant', 'user'],
    );
  });

  describe('are refused', () => {
    const assertRefused = ({ error, text }: Collected): void => {
      assert.deepEqual([error?.kind, error?.code, error?.retryable], ['invalid-request', 'no-images', false]);
      assert.equal(text, '');
    };

    for (const [service, model] of [
      ['dashscope', 'qwen2-72b-instruct'],
      ['dashscope', 'qwen-plus'],
      ['dashscope', 'baichuan-7b-v1'],
      ['qianfan-v1', 'e'],
    ] as const) {
      it(`before sending, by ${model}, with advice`, async () => {
        const got = await ask(service, model);
        assertRefused(got);
        assert.match(
          got.error?.message ?? '',
          new RegExp(`^${model} takes no images. Choose a model that sees`),
        );
        assert.equal(emulator.requests.length, 0);
      });
    }

    it('by DashScope’s text models of which nothing is known, which still take texts', async () => {
      assertRefused(await ask('dashscope', 'qwen-of-tomorrow'));
      assert.deepEqual(
        emulator.requests.map(({ refusal }) => refusal?.message),
        ['url error, please check url！'],
      );
      const got = await ask('dashscope', 'qwen-of-tomorrow', { messages: [{ role: 'user', content: 'q' }] });
      assert.equal(got.error, undefined);
      assert.equal(emulator.requests.length, 2);
    });

    it('not by a model that sees without saying so', async () => {
      await emulator.dispose();
      emulator = await startEmulator({ pace: 0, multimodalModels: ['qwen-that-sees'] });
      assert.equal((await ask('dashscope', 'qwen-that-sees')).error, undefined);
      assert.equal(emulator.requests.length, 1);
    });

    it('by the platforms’ text models, with one code', async () => {
      for (const [service, model] of [
        ['compatible', 'qwen3-max'],
        ['qianfan', 'ernie-4.5-turbo-128k'],
      ] as const) {
        for (const stream of [true, false])
          assertRefused(await ask(service, model, { parameters: { stream } }));
      }
    });

    const texts: [Service, number, string, string][] = [
      ['dashscope', 400, 'InvalidParameter', 'input content must be a string.'],
      [
        'dashscope',
        400,
        'InternalError.Algo.InvalidParameter',
        'The provided messages input is invalid. The error info is [Unexpected item type in content.]',
      ],
      ['local', 400, 'x', 'Invalid content type. image_url is only supported by certain models.'],
      ['local', 400, 'BadRequestError', 'Qwen3-8B is not a multimodal model'],
      ['local', 500, '500', 'image input is not supported - hint: you may need to provide the mmproj'],
      ['local', 400, 'x', 'messages[0]: unknown variant `image_url`, expected `text` at line 1'],
      ['local', 400, 'x', 'Unsupported content part type for text-only server: image_url'],
      ['local', 404, 'x', 'The model does not support images'],
    ];
    for (const [service, status, code, message] of texts) {
      it(`in the words “${message}”`, async () => {
        emulator.script({ error: { status, code, message } });
        const got = await ask(service, 'qwen-vl-max');
        if (status === 404) assert.notEqual(got.error?.code, 'no-images');
        else assertRefused(got);
        assert.equal(got.error?.message, message);
      });
    }

    it('in the middle of a stream', async () => {
      const message = 'input content must be a string.';
      const error = { status: 400, code: 'InvalidParameter', message, framing: 'event' } as const;
      emulator.script({ error });
      assertRefused(await ask('dashscope', 'qwen-vl-max'));
    });

    it('for other reasons, which stay the platform’s', async () => {
      const tiny: ChatMessage[] = [{ role: 'user', content: 'q', images: [pngImage(1, 1)] }];
      for (const [service, model] of [
        ['dashscope', 'qwen-vl-max'],
        ['compatible', 'qwen-vl-max'],
        ['qianfan', 'ernie-4.5-turbo-vl'],
      ] as const) {
        const { error } = await ask(service, model, { messages: tiny });
        assert.equal(error?.kind, 'invalid-request');
        assert.notEqual(error?.code, 'no-images');
        assert.match(error?.message ?? '', /width|small/);
      }
    });

    it('before sending, where they cannot stand or are none', async () => {
      const bad: ChatMessage[][] = [
        [{ role: 'user', content: 'q', images: [{ mimeType: 'text/html', data: 'QUJD' }] }],
        [{ role: 'user', content: 'q', images: [{ mimeType: 'image/png', data: '' }] }],
        [
          { role: 'system', content: 's', images: [image] },
          { role: 'user', content: 'q' },
        ],
      ];
      for (const messages of bad) {
        for (const service of ['dashscope', 'local'] as const) {
          const { error } = await ask(service, 'qwen-vl-max', { messages });
          assert.equal(error?.kind, 'invalid-request');
        }
      }
      assert.equal(emulator.requests.length, 0);
    });
  });

  it('of megabytes arrive whole, and the emulator keeps little of them', async () => {
    const bytes = Buffer.concat([Buffer.from(pngImage(100, 100).data, 'base64'), Buffer.alloc(6_000_000, 7)]);
    const large = { mimeType: 'image/png', data: bytes.toString('base64') };
    const messages: ChatMessage[] = [{ role: 'user', content: 'q', images: [large] }];
    for (const [service, model] of [
      ['dashscope', 'qwen-vl-max'],
      ['compatible', 'qwen-vl-max'],
    ] as const) {
      const got = await ask(service, model, { messages });
      assert.match(got.text, new RegExp(`${bytes.length} bytes`));
      const { bodyText = '', body } = emulator.requests.at(-1) ?? {};
      assert.ok(bodyText.length < 1000, `${bodyText.length} characters kept`);
      assert.match(bodyText, /\(8\d{6} characters\)/);
      assert.deepEqual(body, JSON.parse(bodyText));
    }
  });
});
