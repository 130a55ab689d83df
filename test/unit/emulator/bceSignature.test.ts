/** The emulator's own check of BCE signatures, against the vendor's published example and others. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalRequest } from '../../../src/emulator/bce/canonicalRequest.ts';
import { verifySignature } from '../../../src/emulator/bce/verifySignature.ts';

interface Vector {
  id: string;
  ak: string;
  sk: string;
  method: string;
  wirePath: string;
  query: Record<string, string | null>;
  headers: Record<string, string>;
  timestampEpoch: number;
  expirationInSeconds: number;
  authorization: string;
  emittedForms?: Record<string, string>;
}

const folder = path.join(import.meta.dirname, '../../fixtures/bceAuth');
const read = (file: string): Vector[] => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
const vectors = ['bce-auth-official.json', 'bce-auth-open.json'].flatMap(read);

const requestOf = ({ method, wirePath, query, headers, authorization }: Vector) => {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`,
  );
  return {
    method,
    url: pairs.length === 0 ? wirePath : `${wirePath}?${pairs.join('&')}`,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      authorization,
    },
    warnings: [],
  };
};

const verify = (vector: Vector, afterSeconds = 0) =>
  verifySignature(
    requestOf(vector),
    { [vector.ak]: vector.sk },
    (vector.timestampEpoch + afterSeconds) * 1000,
  )?.code;

describe('emulator: BCE signatures', () => {
  for (const vector of vectors) {
    it(`accepts ${vector.id}, in every form a vendor client gives it`, () => {
      for (const authorization of [vector.authorization, ...Object.values(vector.emittedForms ?? {})]) {
        assert.equal(verify({ ...vector, authorization }), undefined, authorization);
      }
    });
  }

  const [vector] = vectors;
  assert.ok(vector);
  const signed = vectors.find(({ id }) => id === 'open-01-chat-host-date') ?? vector;

  it('takes the names of the signed headers in any order', () => {
    const authorization = signed.authorization.replace('host;x-bce-date', 'x-bce-date;host');
    assert.equal(verify({ ...signed, authorization }), undefined);
  });

  it('refuses whatever was changed after signing', () => {
    const refused = 'SignatureDoesNotMatch';
    assert.equal(verify({ ...vector, method: 'POST' }), refused);
    assert.equal(verify({ ...vector, wirePath: `${vector.wirePath}/` }), refused);
    assert.equal(verify({ ...vector, query: { ...vector.query, more: '1' } }), refused);
    assert.equal(verify({ ...signed, headers: { ...signed.headers, Host: 'other' } }), refused);
    assert.equal(verify({ ...signed, sk: 'another' }), refused);
    assert.equal(verify({ ...signed, wirePath: '/%zz' }), refused);
  });

  it('refuses an unknown access key and what is no signature', () => {
    assert.equal(verifySignature(requestOf(signed), {})?.code, 'InvalidAccessKeyId');
    assert.equal(verify({ ...signed, authorization: 'Bearer key' }), 'InvalidHTTPAuthHeader');
    assert.equal(verify({ ...signed, authorization: `${signed.authorization}0` }), 'InvalidHTTPAuthHeader');
  });

  it('refuses a signature that has expired or comes from the future', () => {
    const { expirationInSeconds } = signed;
    assert.equal(verify(signed, expirationInSeconds), undefined);
    assert.equal(verify(signed, expirationInSeconds + 1), 'RequestExpired');
    assert.equal(verify(signed, -14 * 60), undefined);
    assert.equal(verify(signed, -16 * 60), 'RequestExpired');
  });

  it('notes a signature that leaves the host out', () => {
    const { headers, ...others } = requestOf(signed);
    const hmac = (key: string, data: string) => createHmac('sha256', key).update(data).digest('hex');
    const prefix = signed.authorization.split('/').slice(0, 4).join('/');
    const canonical = canonicalRequest({ headers, ...others }, new Set(['x-bce-date']));
    const authorization = `${prefix}/x-bce-date/${hmac(hmac(signed.sk, prefix), canonical)}`;
    const request = { ...others, headers: { ...headers, authorization }, warnings: [] };
    const refusal = verifySignature(request, { [signed.ak]: signed.sk }, signed.timestampEpoch * 1000);
    assert.equal(refusal, undefined);
    assert.deepEqual(request.warnings, ['the signature does not cover the host header']);
  });
});
