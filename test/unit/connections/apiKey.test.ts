import assert from 'node:assert/strict';
import { findApiKeyProblem, normalizeApiKey } from '../../../src/connections/common/apiKey.ts';
import { assertLinear } from '../../support/growth.ts';

describe('API keys as people paste them', () => {
  it('loses what came along', () => {
    for (const pasted of [
      '  sk-abc123\n',
      '"sk-abc123"',
      'Bearer sk-abc123',
      'export DASHSCOPE_API_KEY=sk-abc123',
      "DASHSCOPE_API_KEY='sk-abc123';",
      '$env:DASHSCOPE_API_KEY = "sk-abc123"',
      '\u200bsk-\u200cabc\u200d123\ufeff',
      'sk-\u{e0041}abc\ufe0f\u3164123\u2800',
      '\u00a0sk-abc123\u3000\u2009',
      'sk-abc123;',
      '"sk-abc123",',
      'Authorization: Bearer sk-abc123',
      'authorization:bearer\u00a0sk-abc123',
      '"Authorization: Bearer sk-abc123"',
      '-H "Authorization: Bearer sk-abc123" \\',
      "--header 'Authorization: Bearer sk-abc123'",
      '“sk-abc123”',
    ]) {
      assert.equal(normalizeApiKey(pasted), 'sk-abc123', pasted);
    }
  });

  it('keeps what may belong to a key', () => {
    for (const key of ['sk-H-abc', 'bce-v3/ALTAK-abc/0123', 'ABCDEF==', 'a=b', 'sk-ab c123', 'Bearersk-1'])
      assert.equal(normalizeApiKey(key), key);
  });

  it('is checked for shape', () => {
    assert.equal(findApiKeyProblem(''), 'empty');
    assert.equal(findApiKeyProblem('sk-ab c123'), 'characters');
    assert.equal(findApiKeyProblem('sk-密钥密钥'), 'characters');
    assert.equal(findApiKeyProblem('sk-1'), 'short');
    assert.equal(findApiKeyProblem('abcdef123456'), undefined);
    assert.equal(findApiKeyProblem('abcdef123456', 'sk-'), 'prefix');
    assert.equal(findApiKeyProblem('sk-abc123', 'bce-v3/'), 'prefix');
    assert.equal(findApiKeyProblem('sk-abc123', 'sk-'), undefined);
    assert.equal(findApiKeyProblem(`sk-${'a'.repeat(2000)}`), undefined);
    assert.equal(findApiKeyProblem(`sk-${'a'.repeat(40_000)}`), 'long');
    assert.equal(findApiKeyProblem('sk-abc123'), undefined);
  });

  it('takes time in proportion to what is pasted, whatever it is', () => {
    const cases: ((length: number) => string)[] = [
      (length) => `x${'"'.repeat(length)}y`,
      (length) => `x${';'.repeat(length)}y`,
      (length) => '";'.repeat(length / 2),
      (length) => 'Bearer '.repeat(length / 7),
      (length) => 'A=" '.repeat(length / 4),
      (length) => `Authorization${' '.repeat(length)}`,
      (length) => `A${' '.repeat(length)}=${' '.repeat(length)}`,
      (length) => 'A'.repeat(length),
      (length) => '-H '.repeat(length / 3),
    ];
    for (const [index, text] of cases.entries()) {
      assertLinear((pasted) => findApiKeyProblem(normalizeApiKey(pasted)), text, {
        size: 80_000,
        name: `case ${index}`,
      });
    }
  });
});
