import assert from 'node:assert/strict';
import { dashScopeModels } from '../../../src/providers/dashscope/dashscopeCatalog.ts';
import { describeModel } from '../../../src/providers/describeModel.ts';
import { isVisionModel } from '../../../src/providers/messages/imageModels.ts';

describe('which models see', () => {
  for (const name of [
    'qwen-vl-plus',
    'qwen-vl-max-2025-08-13',
    'qwen2.5-vl-72b-instruct',
    'qwen3-vl-plus',
    'qwen-vl-ocr',
    'qvq-max',
    'qwen3-omni-flash',
    'qwen3.5-plus',
    'qwen3.7-plus-2026-03-01',
    'qwen3.5-397b-a17b',
    'Qwen/Qwen2.5-VL-7B-Instruct',
    'qwen2.5vl:7b',
    'ernie-4.5-turbo-vl',
    'ernie-4.5-turbo-vl-32k',
    'ernie-4.5-vl-28b-a3b',
    'ernie-4.5-8k-preview',
    'deepseek-vl2',
  ])
    it(`${name} by its name`, () => assert.ok(isVisionModel(name)));

  for (const name of [
    'qwen-plus',
    'qwen3-max',
    'qwen3.7-max',
    'qwen3.5x-plus',
    'deepseek-v3',
    'ernie-4.5-turbo-128k',
    'vlad-7b',
    'my-vllm',
    'qwen2-audio-instruct',
  ])
    it(`nothing is told by ${name}`, () => assert.ok(!isVisionModel(name)));

  it('is a fact of the catalog where a page says so, and unknown elsewhere', () => {
    const sees = new Map(dashScopeModels().map(({ id, imageInput }) => [id, imageInput]));
    for (const id of ['qwen-vl-plus', 'qwen-vl-max', 'qwen3-vl-plus', 'qwen3-vl-flash', 'qwen3.5-plus'])
      assert.equal(sees.get(id), true, id);
    for (const id of ['qwen-plus', 'qwen3-max', 'qwen2-72b-instruct', 'baichuan-7b-v1', 'yi-large'])
      assert.equal(sees.get(id), false, id);
    assert.equal(sees.get('qwen-flash'), undefined);
    assert.equal(describeModel('dashscope', 'qwen-of-tomorrow').imageInput, undefined);
    assert.equal(describeModel('dashscope', 'qwen4-vl-max').imageInput, true);
    assert.equal(describeModel('qianfan-v1', 'e').imageInput, false);
    assert.equal(describeModel('openai', 'ernie-4.5-turbo-vl').imageInput, true);
    assert.equal(describeModel('openai', 'ernie-4.5-turbo-128k').imageInput, undefined);
  });

  it('says that the generations before Qwen3-VL do not think', () => {
    assert.equal(describeModel('dashscope', 'qwen-vl-max').parameters.enableThinking, undefined);
    assert.ok(describeModel('dashscope', 'qwen3-vl-plus').parameters.enableThinking);
  });
});
