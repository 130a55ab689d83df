import assert from 'node:assert/strict';
import { dashScopeModels } from '../../../src/providers/dashscope/dashscopeCatalog.ts';
import { describeModel } from '../../../src/providers/describeModel.ts';
import { createTokenCounter } from '../../../src/vscodeChat/host/countTokens.ts';
import { isPlainRef, toInformation } from '../../../src/vscodeChat/host/modelInformation.ts';
import { readModelOptions } from '../../../src/vscodeChat/host/requestParameters.ts';
import { createVscodeChatModels } from '../../../src/vscodeChat/host/vscodeChatModels.ts';
import { call, data, result, text, thought, user } from './parts.ts';

const place = { ref: 'dashscope/x', connection: 'DashScope' };

describe('what VS Code is told of a model', () => {
  it('is positive for every model, and true where limits are known', () => {
    for (const info of dashScopeModels()) {
      const told = toInformation(info, place);
      assert.ok(told.maxInputTokens > 0 && told.maxOutputTokens > 0, info.id);
      if (info.maxInputTokens) assert.equal(told.maxInputTokens, info.maxInputTokens);
      if (info.contextTokens) assert.ok(told.maxInputTokens < info.contextTokens, info.id);
      assert.equal(told.capabilities.toolCalling, info.toolCalling);
    }
  });

  it('holds nothing but what the typings name', () => {
    const told = toInformation(describeModel('openai', 'gpt'), place);
    assert.deepEqual(Object.keys(told).sort(), [
      'capabilities',
      'detail',
      'family',
      'id',
      'maxInputTokens',
      'maxOutputTokens',
      'name',
      'tooltip',
      'version',
    ]);
    assert.deepEqual(Object.keys(told.capabilities).sort(), ['imageInput', 'toolCalling']);
  });

  it('runs nothing in the Markdown that VS Code makes of it, and leaves out what cannot be told safely', () => {
    const hostile = '[a](command:b) <command:c> $(check)\u202e';
    const info = { ...describeModel('openai', 'gpt'), id: hostile, name: hostile, family: hostile };
    const { id, name, family, version, detail, tooltip } = toInformation(info, {
      ...place,
      connection: hostile,
    });
    assert.equal(id, place.ref);
    for (const text of [name, family, version, detail, tooltip])
      assert.match(text ?? '', /^\[a\] \(command:b\) < command:c> \$ \(check\)/);
    assert.ok(isPlainRef('dashscope/qwen-plus') && isPlainRef('ollama/千问:7b'));
    assert.ok(!isPlainRef(`openai/${hostile}`) && !isPlainRef('openai/<command:c>') && !isPlainRef('a/b\n'));
  });

  it('is told of no model whose reference would run there', async () => {
    const refs = ['dashscope/qwen-plus', 'dashscope/[a](command:b)', 'dashscope/<command:c>'];
    const list = createVscodeChatModels({
      lists: { refresh: async () => {} },
      connectionState: { current: async () => 'demo' },
      models: {
        normalize: (ref: string) => ref,
        describe: (ref: string) => describeModel('openai', ref),
        profileOf: () => ({ id: 'dashscope', name: 'DashScope' }),
        groups: async () => [{ models: refs.map((ref) => ({ ref, name: ref })) }],
      },
    } as never).list();
    assert.deepEqual(
      (await list).map(({ id }) => id),
      refs.slice(0, 1),
    );
  });

  it('keeps a service that counts characters within them', () => {
    const told = toInformation(describeModel('qianfan-v1', 'dolly'), place);
    assert.ok(told.maxInputTokens * 4 <= 4800);
    assert.equal(told.capabilities.toolCalling, false);
    assert.equal(told.capabilities.imageInput, false);
  });
});

describe('options of a request', () => {
  const { parameters: rules } = describeModel('dashscope', 'qwen2-72b-instruct');

  it('go by Qiao’s names and OpenAI’s, within the model’s range only', () => {
    assert.deepEqual(readModelOptions({ temperature: 0.2, top_p: 0.5, maxOutputTokens: 9 }, rules), {
      temperature: 0.2,
      topP: 0.5,
      maxOutputTokens: 9,
    });
    assert.deepEqual(readModelOptions({ temperature: 7, top_p: 1, seed: 'x' }, rules), {});
  });

  it('never hold VS Code’s own', () => {
    assert.deepEqual(readModelOptions({ _conversationId: '1', _temperature: 1, other: {} }, rules), {});
  });
});

describe('the token counter', () => {
  const count = createTokenCounter();

  it('counts texts the same each time, and messages by their parts', () => {
    const words = 'Rename this function and fix its callers. 改名。';
    assert.ok(count(words) > 5);
    assert.equal(count(words), count(words));
    assert.ok(count(user(text(words))) > count(words));
    assert.ok(count(user(call('1', 'read', { path: words }))) > count(words));
    assert.ok(count(user(result('1', text(words)))) > count(words));
    assert.ok(count(user(data('image/png', 'x'))) > 1000);
    assert.equal(count(user(thought(words))), count(user()));
  });
});
