// Servers of OpenAI's protocol, each with its habits, as the emulator plays them.
import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import {
  type Family,
  familyCall,
  familyNames,
  familyScripts,
  familyTexts,
} from '../../src/emulator/openai/families.ts';
import type { ChatErrorKind } from '../../src/llm/chatError.ts';
import { createChatModel } from '../../src/providers/index.ts';
import { type Collected, collect } from '../support/collect.ts';

const errors: Record<Family, [before: ChatErrorKind, within: ChatErrorKind]> = {
  zhipu: ['quota', 'unavailable'],
  minimax: ['quota', 'unavailable'],
  deepseek: ['quota', 'unavailable'],
  moonshot: ['context-too-long', 'unavailable'],
  ark: ['content-filtered', 'content-filtered'],
  ollama: ['model-not-found', 'unavailable'],
  vllm: ['context-too-long', 'unavailable'],
  'llama.cpp': ['unavailable', 'context-too-long'],
  'new-api': ['quota', 'unavailable'],
};

describe('families of servers', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ pace: 0, requireKey: false });
  });
  after(() => emulator.dispose());

  const ask = (): Promise<Collected> => {
    const model = createChatModel({ protocol: 'openai', baseUrl: `${emulator.origin}/v1` }, 'a-model');
    return collect(model, { messages: [{ role: 'user', content: 'hi' }] });
  };

  for (const family of familyNames) {
    describe(family, () => {
      const scripts = familyScripts(family);
      const { thought, text, half } = familyTexts;

      it('answers', async () => {
        emulator.script(scripts.plain);
        const { text: said, reasoning, error, finish } = await ask();
        assert.deepEqual([said, reasoning, error, finish?.reason], [text, '', undefined, 'stop']);
        assert.equal(finish?.usage?.totalTokens, 19);
      });

      it('thinks', async () => {
        emulator.script(scripts.thinking);
        const { text: said, reasoning, error, finish } = await ask();
        assert.deepEqual(
          [said, reasoning.trimEnd(), error, finish?.reason],
          [text, thought, undefined, 'stop'],
        );
      });

      it('calls a tool', async () => {
        emulator.script(scripts.tools);
        const { text: said, parts, error } = await ask();
        const calls = parts.filter((part) => part.type === 'tool-call');
        assert.deepEqual([said, error], ['', undefined]);
        assert.deepEqual(
          calls.map((call) => ({ name: call.name, arguments: call.arguments })),
          [familyCall],
        );
        assert.match(calls[0]?.id ?? '', /\S/);
      });

      it('fails, before and within an answer', async () => {
        emulator.script(scripts.errorBefore);
        const before = await ask();
        emulator.script(scripts.errorWithin);
        const within = await ask();
        assert.deepEqual([before.error?.kind, within.error?.kind], errors[family]);
        assert.deepEqual([before.text, within.text], ['', half]);
        for (const { error } of [before, within]) assert.doesNotMatch(error?.message ?? '{', /[{}]/);
      });
    });
  }
});
