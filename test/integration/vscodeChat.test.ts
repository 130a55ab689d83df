import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { describeModel } from '../../src/providers/describeModel.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { answerRequest } from '../../src/vscodeChat/host/answerRequest.ts';
import { askModel, prepareAskModel } from '../../src/vscodeChat/host/askModelTool.ts';
import { createResponseWriter } from '../../src/vscodeChat/host/responseParts.ts';
import { pngImage } from '../support/images.ts';
import { about } from './tiers.ts';
import { until } from './until.ts';

const offersModels = typeof vscode.lm?.registerLanguageModelChatProvider === 'function';
const none = new vscode.CancellationTokenSource().token;

about('versions').describe('VS Code’s chat: Qiao’s models', () => {
  let emulator: Emulator;
  const settings = vscode.workspace.getConfiguration('qiao');

  before(async function () {
    if (!offersModels) this.skip();
    await vscode.extensions.getExtension('qiao.qiao')?.activate();
  });
  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
    const profile = { name: 'Emulated', baseUrl: `${emulator.origin}/v1`, provider: 'openai' };
    await settings.update(
      'connections',
      [{ ...profile, id: 'native', models: ['model-a', 'model-b'] }],
      vscode.ConfigurationTarget.Global,
    );
  });
  afterEach(async () => {
    await settings.update('connections', undefined, vscode.ConfigurationTarget.Global);
    await untilGone();
    await emulator.dispose();
  });

  const select = async (id: string): Promise<vscode.LanguageModelChat> => {
    let model: vscode.LanguageModelChat | undefined;
    await until(async () => {
      [model] = await vscode.lm.selectChatModels({ vendor: 'qiao', id });
      return model !== undefined;
    });
    return model ?? assert.fail(`There is no ${id}.`);
  };
  /** VS Code asks for the models on its own time: the next test must not meet the answer to the last one. */
  const untilGone = (): Promise<void> =>
    until(
      async () => (await vscode.lm.selectChatModels({ vendor: 'qiao', id: 'native/model-b' })).length === 0,
    );
  const user = (...parts: (string | vscode.LanguageModelTextPart | vscode.LanguageModelToolResultPart)[]) =>
    vscode.LanguageModelChatMessage.User(
      parts.map((part) => (typeof part === 'string' ? new vscode.LanguageModelTextPart(part) : part)),
    );
  const tools: vscode.LanguageModelChatTool[] = [
    { name: 'read_file', description: 'Reads', inputSchema: { type: 'object', properties: {} } },
    { name: 'list', description: 'Lists' },
  ];
  /** Without those that ask for the list of models. */
  const asked = () => emulator.requests.filter(({ path }) => path.endsWith('/chat/completions'));
  const bodyOf = (index: number) => JSON.parse(asked()[index]?.bodyText ?? '{}');

  it('lists them with their limits, and follows the connections', async () => {
    const model = await select('native/model-b');
    assert.equal(model.name, 'model-b');
    assert.ok(model.maxInputTokens > 1000);
    await settings.update('connections', undefined, vscode.ConfigurationTarget.Global);
    await untilGone();
  });

  it('streams text', async () => {
    emulator.script({ pieces: ['你', '好', '!'] });
    const response = await (await select('native/model-a')).sendRequest([user('hi')], {}, none);
    let text = '';
    for await (const piece of response.text) text += piece;
    assert.equal(text, '你好!');
    assert.deepEqual(bodyOf(0).messages, [{ role: 'user', content: 'hi' }]);
  });

  it('calls tools, several at once and after reasoning, and takes their results', async () => {
    emulator.script(
      {
        reasoning: ['Let me ', 'see.'],
        text: 'Looking.',
        toolCalls: [
          { id: 'c1', name: 'read_file', arguments: '{"path":"a.ts"}' },
          { id: 'c2', name: 'list', arguments: '{}' },
        ],
      },
      { text: 'Done.' },
    );
    const model = await select('native/model-a');
    const question = user('rename');
    const calls: vscode.LanguageModelToolCallPart[] = [];
    let text = '';
    const toolMode = vscode.LanguageModelChatToolMode.Required;
    for await (const part of (await model.sendRequest([question], { tools, toolMode }, none)).stream) {
      if (part instanceof vscode.LanguageModelToolCallPart) calls.push(part);
      else if (part instanceof vscode.LanguageModelTextPart) text += part.value;
    }
    assert.equal(text, 'Looking.');
    assert.deepEqual(
      calls.map(({ callId, name, input }) => [callId, name, input]),
      [
        ['c1', 'read_file', { path: 'a.ts' }],
        ['c2', 'list', {}],
      ],
    );
    assert.equal(bodyOf(0).tool_choice, 'required');
    const answered = [
      question,
      vscode.LanguageModelChatMessage.Assistant(calls),
      user(
        new vscode.LanguageModelToolResultPart('c1', [new vscode.LanguageModelTextPart('code')]),
        new vscode.LanguageModelToolResultPart('c2', [new vscode.LanguageModelTextPart('a.ts')]),
      ),
    ];
    let end = '';
    for await (const piece of (await model.sendRequest(answered, { tools }, none)).text) end += piece;
    assert.equal(end, 'Done.');
    assert.deepEqual(
      bodyOf(1).messages.map(({ role, tool_call_id: id }: { role: string; tool_call_id?: string }) => [
        role,
        id,
      ]),
      [
        ['user', undefined],
        ['assistant', undefined],
        ['tool', 'c1'],
        ['tool', 'c2'],
      ],
    );
    assert.equal(bodyOf(1).tool_choice, undefined);
  });

  it('carries an image of a tool’s result', async function () {
    const DataPart: unknown = Reflect.get(vscode, 'LanguageModelDataPart');
    if (typeof DataPart !== 'function') this.skip();
    emulator.script({ text: 'A picture.' });
    const { data } = pngImage(64, 64);
    const image = Reflect.construct(DataPart, [new Uint8Array(Buffer.from(data, 'base64')), 'image/png']);
    const messages = [
      user('look'),
      vscode.LanguageModelChatMessage.Assistant([new vscode.LanguageModelToolCallPart('c1', 'list', {})]),
      user(new vscode.LanguageModelToolResultPart('c1', [image])),
    ];
    const model = await select('native/model-a');
    for await (const _ of (await model.sendRequest(messages, { tools }, none)).text);
    assert.ok(asked()[0]?.bodyText.includes(`data:image/png;base64,${data}`));
  });

  const heldSteps = [
    { pieces: ['one', 'two', 'three'], holdAfter: 1 },
    { toolCalls: [{ name: 'list', arguments: '{"path":"a long name of a file"}' }], holdAfter: 2 },
  ];

  it('cancels in the middle of an answer and of a call: the socket closes', async function () {
    // Once an answer has begun, the oldest supported VS Code no longer tells its provider.
    if (vscode.version.startsWith('1.104.')) this.skip();
    for (const step of heldSteps) {
      emulator.script(step);
      const source = new vscode.CancellationTokenSource();
      const model = await select('native/model-a');
      const reading = (async () => {
        const response = await model.sendRequest([user('hi')], { tools }, source.token);
        for await (const _ of response.stream);
      })().catch(() => undefined);
      const request = await emulator.nextHold();
      source.cancel();
      await request.ended;
      assert.equal(request.closedByClient, true);
      await reading;
    }
  });

  it('closes the socket as soon as VS Code tells it to stop', async () => {
    const info = { id: 'native/model-a' } as vscode.LanguageModelChatInformation;
    const connection = { protocol: 'openai', baseUrl: `${emulator.origin}/v1` } as const;
    const models = { open: async () => createChatModel(connection, 'model-a') };
    const toolMode = vscode.LanguageModelChatToolMode.Auto;
    for (const step of heldSteps) {
      emulator.script(step);
      const source = new vscode.CancellationTokenSource();
      const answering = answerRequest(
        { models, log: { error: () => assert.fail() } },
        info,
        [user('hi')],
        { tools, toolMode },
        { report: () => {} },
        source.token,
      );
      const request = await emulator.nextHold();
      source.cancel();
      await answering;
      await request.ended;
      assert.equal(request.closedByClient, true);
    }
  });

  about('words').it('fails in words that say what to do', async () => {
    emulator.script({ error: { status: 401, code: 'invalid_api_key', message: 'Incorrect API key.' } });
    const model = await select('native/model-a');
    const asking = (async () => {
      for await (const _ of (await model.sendRequest([user('hi')], {}, none)).text);
    })();
    await assert.rejects(asking, /does not accept this key|不接受/);
  });

  it('counts tokens without a request', async () => {
    const model = await select('native/model-a');
    assert.ok((await model.countTokens('Rename this function. 改名。')) > 5);
    assert.ok((await model.countTokens(user('Rename this function.'))) > 5);
    assert.equal(asked().length, 0);
  });

  it('offers the tool that asks another model', () => {
    assert.ok(vscode.lm.tools.some(({ name }) => name === 'qiao_askModel'));
  });
});

about('words').describe('VS Code’s chat: the tool that asks another model', () => {
  const chosen = describeModel('dashscope', 'qwen-plus');
  const parts = (emulator: Emulator) =>
    ({
      models: {
        normalize: (ref: string) => ref,
        describe: (ref: string) => ({ ...chosen, id: ref.replace(/^.*\//, ''), name: ref.toUpperCase() }),
        profileOf: () => ({ name: 'Emulated' }),
        groups: async () => [{ label: '', models: [{ ref: 'dashscope/qwen3-max', name: 'Qwen3 Max' }] }],
        open: async (ref: string) =>
          createChatModel(
            { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-0123456789abcdef' },
            ref.replace(/^.*\//, ''),
          ),
      },
    }) as never;

  it('says what goes where before, and gives the answer', async () => {
    const emulator = await startEmulator({ pace: 0 });
    emulator.script({ text: 'Forty-two.' });
    const input = { question: 'What is the *answer*?', model: 'qwen3-max' };
    const { confirmationMessages } = await prepareAskModel(parts(emulator), input);
    assert.ok(confirmationMessages);
    const { message } = confirmationMessages;
    assert.match(typeof message === 'string' ? message : message.value, /Emulated[\s\S]*answer/);
    assert.equal(emulator.requests.length, 0);
    const { content } = await askModel(parts(emulator), input, none);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    assert.equal(part.value, 'Forty-two.');
    assert.equal(emulator.requests[0]?.model, 'qwen3-max');
    await emulator.dispose();
  });

  it('refuses a model that is not set up and input that is no question', async () => {
    const emulator = await startEmulator({ pace: 0 });
    await assert.rejects(askModel(parts(emulator), { question: 'a', model: 'nobody' }, none), /qwen3-max/);
    for (const input of [{}, { question: ' ' }, null, { question: 3 }])
      await assert.rejects(prepareAskModel(parts(emulator), input));
    assert.equal(emulator.requests.length, 0);
    await emulator.dispose();
  });
});

about('versions', 'words').describe('VS Code’s chat: an answer on its way', () => {
  const write = () => {
    const parts: object[] = [];
    const writer = createResponseWriter({ report: (part) => void parts.push(part) });
    return { parts, writer };
  };
  const has = (name: string): boolean => typeof Reflect.get(vscode, name) === 'function';

  it('brings reasoning and usage where VS Code has parts for them', () => {
    const { parts, writer } = write();
    writer.write({ type: 'reasoning-delta', text: 'hm' });
    writer.write({ type: 'text-delta', text: 'Yes' });
    writer.finish({
      type: 'finish',
      reason: 'stop',
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 },
    });
    const kinds = parts.map((part) => part.constructor.name);
    assert.equal(
      parts.length,
      1 + Number(has('LanguageModelThinkingPart')) + Number(has('LanguageModelDataPart')),
    );
    assert.ok(
      parts.some((part) => part instanceof vscode.LanguageModelTextPart),
      kinds.join(),
    );
    const usage = parts.find((part) => 'mimeType' in part && part.mimeType === 'usage');
    if (!has('LanguageModelDataPart')) return;
    assert.ok(usage && 'data' in usage && usage.data instanceof Uint8Array);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(usage.data)), {
      prompt_tokens: 3,
      completion_tokens: 2,
      total_tokens: 5,
    });
  });

  it('adds what a revised text has more, and says when nothing can be shown', () => {
    const { parts, writer } = write();
    writer.write({ type: 'text-delta', text: 'One' });
    writer.write({ type: 'text-replace', text: 'One two' });
    assert.deepEqual(
      parts.map((part) => 'value' in part && part.value),
      ['One', ' two'],
    );
    for (const reason of ['stop', 'length', 'content-filter'] as const)
      assert.throws(() => write().writer.finish({ type: 'finish', reason }));
  });

  it('fails where the platform broke the answer off', () => {
    const finish = (reason: 'other' | 'stop', rawReason: string) => {
      const { writer } = write();
      writer.write({ type: 'text-delta', text: 'One' });
      writer.finish({ type: 'finish', reason, rawReason });
    };
    assert.throws(() => finish('other', 'network_error'), /network_error/);
    finish('other', 'eventually');
    finish('stop', 'stop');
  });

  it('refuses arguments that are no object', () => {
    for (const text of ['{"path":', '[]', '3', 'null'])
      assert.throws(
        () => write().writer.write({ type: 'tool-call', id: '1', name: 'read_file', arguments: text }),
        /read_file/,
      );
    const { parts, writer } = write();
    writer.write({ type: 'tool-call', id: '1', name: 'list', arguments: '' });
    assert.ok(parts[0] instanceof vscode.LanguageModelToolCallPart);
    assert.deepEqual(parts[0].input, {});
  });
});
