import assert from 'node:assert/strict';
import { ChatError } from '../../../src/llm/chatError.ts';
import { withoutSecrets } from '../../../src/providers/http/failures.ts';
import { hideSecrets } from '../../../src/providers/secrets/secretFilter.ts';
import { SecretSet } from '../../../src/providers/secrets/secretSet.ts';
import { assertCheaper } from '../../support/cpuTime.ts';

const key = 'sk-0123456789abcdef';
const secrets = new SecretSet([key]);
const errorOf = (message: string): ChatError =>
  new ChatError({ kind: 'protocol', providerId: 'openai', message, code: message, requestId: message });

describe('the texts of an error', () => {
  it('cost little time however much they quote', () => {
    const quoted = '\\u0073'.repeat(300_000);
    const error = errorOf(quoted);
    assertCheaper(
      3,
      () => withoutSecrets(error, secrets),
      () => hideSecrets(quoted, secrets),
    );
  });

  it('hold no part of a key, though a key repeated so often leaves little of them', () => {
    for (let shift = 0; shift < key.length; shift++) {
      const { message, code, requestId } = withoutSecrets(
        errorOf('x'.repeat(shift) + key.repeat(10_000)),
        secrets,
      );
      for (const text of [message, code, requestId]) assert.doesNotMatch(text ?? '', /sk-012|abcdef/);
    }
  });
});
