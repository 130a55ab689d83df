import assert from 'node:assert/strict';
import { type Emulator, type ScriptStep, startEmulator } from '../../src/emulator/index.ts';
import { answerText } from '../../src/llm/answerParts.ts';
import type { ChatRequest } from '../../src/llm/chatModel.ts';
import { type Generated, type GenerateOptions, generate, type Tool } from '../../src/llm/generate.ts';
import { createChatModel } from '../../src/providers/index.ts';

const question: ChatRequest = { messages: [{ role: 'user', content: 'What does a.ts hold?' }] };
const call = (
  name: string,
  text: string,
  id = `call_${name}`,
): NonNullable<ScriptStep['toolCalls']>[number] => ({
  id,
  name,
  arguments: text,
});
const usage = { inputTokens: 10, outputTokens: 2, totalTokens: 12 };

describe('answers that call tools, against the emulator', () => {
  let emulator: Emulator;
  /** What the tool was asked for. */
  let inputs: unknown[];
  let read: Tool;

  beforeEach(async () => {
    emulator = await startEmulator({ pace: 0 });
    inputs = [];
    read = {
      definition: {
        name: 'read',
        description: 'Reads a file.',
        inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
      },
      async run(input) {
        inputs.push(input);
        return { text: 'const a = 1;' };
      },
    };
  });
  afterEach(() => emulator.dispose());

  const wires = {
    dashscope: () =>
      createChatModel(
        { protocol: 'dashscope', baseUrl: emulator.origin, apiKey: 'sk-0123456789abcdef' },
        'qwen-plus',
      ),
    openai: () =>
      createChatModel(
        { protocol: 'openai', baseUrl: `${emulator.origin}/v1`, apiKey: 'sk-0123456789abcdef' },
        'm',
      ),
  };
  const run = (
    options: Partial<GenerateOptions> = {},
    wire: keyof typeof wires = 'openai',
  ): Promise<Generated> =>
    generate(wires[wire](), question, {
      signal: AbortSignal.timeout(50_000),
      tools: [read],
      ...options,
    });
  const partsOf = ({ steps }: Generated) => steps.flatMap(({ parts }) => parts);
  const typesOf = (outcome: Generated): string[] => partsOf(outcome).map(({ type }) => type);
  const resultsOf = (outcome: Generated) =>
    partsOf(outcome).flatMap((part) => (part.type === 'tool-result' ? [part] : []));

  for (const wire of ['dashscope', 'openai'] as const)
    it(`runs a tool, sends what it brought, and goes on (${wire})`, async () => {
      emulator.script(
        { text: 'Let me look.', toolCalls: [call('read', '{"path":"a.ts"}')], usage },
        { text: 'A constant.', usage },
      );
      const seen: string[] = [];
      const outcome = await run({ onPart: ({ type }) => seen.push(type) }, wire);
      assert.equal(outcome.status, 'done');
      assert.deepEqual(typesOf(outcome), ['text', 'tool-call', 'tool-result', 'text']);
      assert.equal(answerText({ parts: partsOf(outcome) }), 'Let me look.\n\nA constant.');
      assert.deepEqual(inputs, [{ path: 'a.ts' }]);
      assert.deepEqual(
        seen.filter((type) => type !== 'text-delta'),
        ['tool-call', 'tool-result'],
      );
      assert.deepEqual(
        [outcome.finish.reason, outcome.finish.usage?.inputTokens, outcome.finish.usage?.totalTokens],
        ['stop', 20, 24],
      );
      const sent = emulator.requests[1]?.bodyText ?? '';
      for (const text of ['Let me look.', 'call_read', 'const a = 1;', '"tools"'])
        assert.ok(sent.includes(text), text);
    });

  it('asks once where nothing is called, and leaves the calls to who runs no tools', async () => {
    emulator.script({ text: 'Nothing.' }, { toolCalls: [call('read', '{}')] });
    const plain = await run();
    assert.deepEqual([plain.status, plain.steps.length, typesOf(plain)], ['done', 1, ['text']]);
    const left = await generate(
      wires.openai(),
      { ...question, tools: [read.definition] },
      {
        signal: AbortSignal.timeout(50_000),
      },
    );
    assert.equal(left.status, 'done');
    assert.deepEqual([typesOf(left), left.finish.reason], [['tool-call'], 'tool-calls']);
    assert.equal(emulator.requests.length, 2);
  });

  it('ends at the limit of steps, and where it is told to; every call has its result', async () => {
    emulator.script({ toolCalls: [call('read', '{}')], times: 'always' });
    const limited = await run({ limits: { maxSteps: 3 } });
    assert.deepEqual([limited.status, limited.steps.length, inputs.length], ['done', 3, 3]);
    assert.equal(typesOf(limited).at(-1), 'tool-result');
    const told = await run({ stopWhen: (steps) => steps.length === 2 });
    assert.deepEqual([told.status, told.steps.length], ['done', 2]);
  });

  it('tells the model of a tool that is not there, of arguments it cannot read, and of a tool that fails', async () => {
    emulator.script(
      { toolCalls: [call('write', '{}'), call('read', '{"path":'), call('fail', '', 'call_3')] },
      { text: 'I see.' },
    );
    const fail: Tool = {
      definition: { name: 'fail', description: 'Fails.', inputSchema: { type: 'object', properties: {} } },
      run: (input) => Promise.reject(new Error(`No: ${JSON.stringify(input)}`)),
    };
    const outcome = await run({ tools: [read, fail] });
    assert.equal(outcome.status, 'done');
    const results = resultsOf(outcome);
    assert.deepEqual(
      results.map(({ isError }) => isError),
      [true, true, true],
    );
    assert.match(results[0]?.text ?? '', /no tool “write”.*read, fail/);
    assert.match(results[1]?.text ?? '', /not valid JSON/);
    assert.equal(results[2]?.text, 'No: {}');
    assert.deepEqual(inputs, []);
  });

  it('ends at once when it is stopped while a tool runs', async () => {
    emulator.script({
      text: 'Wait.',
      toolCalls: [call('read', '{"path":"a"}', 'one'), call('read', '{"path":"b"}', 'two')],
    });
    const controller = new AbortController();
    let started = 0;
    const slow: Tool = {
      ...read,
      run() {
        started += 1;
        setImmediate(() => controller.abort());
        // It does not hear of it.
        return new Promise(() => {});
      },
    };
    const outcome = await run({ tools: [slow], signal: controller.signal });
    assert.equal(outcome.status, 'stopped');
    assert.deepEqual(typesOf(outcome), ['text', 'tool-call', 'tool-call']);
    assert.deepEqual([started, emulator.requests.length], [1, 1]);
  });

  it('keeps the first step when the second one fails', async () => {
    emulator.script(
      { text: 'Let me look.', toolCalls: [call('read', '{}')] },
      { error: { status: 400, code: 'InvalidParameter', message: 'Too long.' } },
    );
    const outcome = await run();
    assert.equal(outcome.status, 'failed');
    assert.equal(outcome.error.status, 400);
    assert.deepEqual(typesOf(outcome), ['text', 'tool-call', 'tool-result']);
    assert.deepEqual(
      outcome.steps.map(({ finish }) => finish?.reason),
      ['tool-calls', undefined],
    );
  });

  it('runs no call of an answer that was cut', async () => {
    emulator.script({ toolCalls: [call('read', '{}')], finishReason: 'length' });
    const outcome = await run();
    assert.deepEqual([outcome.status, inputs, emulator.requests.length], ['done', [], 1]);
  });

  it('ends as a failure when whoever reads it throws', async () => {
    emulator.script({ text: 'One.' });
    const outcome = await run({
      onPart() {
        throw new Error('The page is gone.');
      },
    });
    assert.equal(outcome.status, 'failed');
    assert.deepEqual([outcome.error.kind, outcome.error.message], ['unexpected', 'The page is gone.']);
  });
});
