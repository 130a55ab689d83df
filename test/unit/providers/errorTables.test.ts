import assert from 'node:assert/strict';
import { chatErrorKinds } from '../../../src/llm/chatError.ts';
import { dashScopeKinds, readDashScopeFailure } from '../../../src/providers/dashscope/dashscopeErrors.ts';
import { openAIKinds } from '../../../src/providers/openai/errorCodes.ts';
import { openAIError } from '../../../src/providers/openai/openaiErrors.ts';
import { qianfanV1Error, qianfanV1Kinds } from '../../../src/providers/qianfanV1/qianfanV1Errors.ts';

const known: readonly string[] = chatErrorKinds;

/** A status that says nothing, so that only the code can decide. */
const silentStatus = 499;

describe('error tables', () => {
  it('hold at least 60 codes, each of a kind that exists', () => {
    const all = [
      ...Object.entries(dashScopeKinds),
      ...Object.entries(openAIKinds),
      ...Object.entries(qianfanV1Kinds),
    ];
    assert.ok(all.length >= 60, `${all.length} codes`);
    for (const [code, kind] of all) assert.ok(known.includes(kind), code);
  });

  for (const [code, kind] of Object.entries(dashScopeKinds)) {
    it(`DashScope ${code} → ${kind}`, () => {
      const error = readDashScopeFailure(
        silentStatus,
        JSON.stringify({ code, message: 'm', request_id: 'r' }),
      );
      assert.deepEqual([error.kind, error.code, error.requestId], [kind, code, 'r']);
    });
  }

  for (const [code, kind] of Object.entries(qianfanV1Kinds)) {
    it(`Qianfan v1 ${code} → ${kind}`, () => {
      const error = qianfanV1Error(
        { error_code: code, error_msg: 'm' },
        { status: 200, requestId: undefined },
      );
      assert.deepEqual([error.kind, error.code, error.message], [kind, code, 'm']);
    });
  }

  for (const [code, kind] of Object.entries(openAIKinds)) {
    it(`OpenAI-compatible ${code} → ${kind}`, () => {
      const error = openAIError({ error: { code, message: 'm' } }, { status: 200, requestId: undefined });
      assert.deepEqual([error.kind, error.code], [kind, code]);
    });
  }
});
