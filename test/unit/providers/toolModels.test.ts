import assert from 'node:assert/strict';
import { describeModel } from '../../../src/providers/describeModel.ts';

const calls = (ids: string[], provider: 'openai' | 'dashscope' = 'openai'): string[] =>
  ids.filter((id) => describeModel(provider, id).toolCalling);

describe('models without tools', () => {
  it('are told by their names', () => {
    const names = [
      'ernie-speed-128k',
      'ernie-lite-8k',
      'baidu/ERNIE-Tiny-8K',
      'ernie-char-fiction-8k',
      'ernie-novel-8k',
    ];
    const others = [
      'gemma3:12b',
      'qwen:4b',
      'text-embedding-v4',
      'bge-reranker',
      'whisper-1',
      'qwen-mt-plus',
    ];
    assert.deepEqual(calls([...names, ...others]), []);
    assert.deepEqual(calls(['qwen-mt-turbo', 'text-embedding-v4'], 'dashscope'), []);
  });

  it('are not confused with those that call them', () => {
    const names = [
      'ernie-speed-pro-128k',
      'ernie-lite-pro-128k',
      'ernie-4.0-turbo-8k',
      'ernie-3.5-8k',
      'ernie-4.5-turbo-128k',
    ];
    const others = [
      'qwen3:8b',
      'qwen2.5-coder:7b',
      'llama3.1:8b',
      'deepseek-v3',
      'qwq-32b',
      'gpt-4o',
      'model-a',
    ];
    assert.deepEqual(calls([...names, ...others]), [...names, ...others]);
    assert.deepEqual(calls(['qwen-plus', 'qwen3-max', 'qwen-flash'], 'dashscope'), [
      'qwen-plus',
      'qwen3-max',
      'qwen-flash',
    ]);
  });
});
