import assert from 'node:assert/strict';
import type { ChatErrorKind } from '../../../src/llm/chatError.ts';
import { toReadingError } from '../../../src/providers/http/http.ts';
import { readNetworkFault } from '../../../src/providers/http/networkFaults.ts';
import { JsonLimitError } from '../../../src/providers/sse/json.ts';

const coded = (code: string): Error => Object.assign(new Error('…'), { code });

describe('What an error of an exchange stands for', () => {
  const faults: [error: unknown, kind: ChatErrorKind][] = [
    [coded('ECONNRESET'), 'network'],
    [coded('UND_ERR_SOCKET'), 'network'],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'network'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'network'],
    [new Error('a socket said this'), 'network'],
    [coded('ETIMEDOUT'), 'timeout'],
    [coded('Z_DATA_ERROR'), 'protocol'],
    [coded('Z_BUF_ERROR'), 'protocol'],
    [coded('ERR__ERROR_FORMAT_PADDING_1'), 'protocol'],
    [coded('ERR_INVALID_URL'), 'invalid-request'],
    [coded('ERR_INVALID_ARG_TYPE'), 'unexpected'],
    [coded('ERR_STRING_TOO_LONG'), 'unexpected'],
    [new RangeError('Maximum call stack size exceeded'), 'unexpected'],
    [new TypeError('x is not a function'), 'unexpected'],
    [new SyntaxError('Invalid regular expression'), 'unexpected'],
  ];
  for (const [error, kind] of faults) {
    it(`${error}${error instanceof Error && 'code' in error ? ` (${error.code})` : ''} → ${kind}`, () =>
      assert.equal(readNetworkFault(error).kind, kind));
  }

  it('is `protocol` for every exception while an answer is read', () => {
    for (const error of [new RangeError('Maximum call stack size exceeded'), new TypeError('…'), 'text']) {
      const { kind, retryable, code } = toReadingError(error, 'openai');
      assert.deepEqual([kind, retryable, code], ['protocol', false, undefined]);
    }
    assert.equal(toReadingError(new JsonLimitError(), 'openai').code, 'too-large');
  });
});
