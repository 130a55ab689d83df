import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { BodySecretFilter } from '../../../src/providers/secrets/bodySecretFilter.ts';
import { hideSecrets, SecretFilter } from '../../../src/providers/secrets/secretFilter.ts';
import { isWorthHiding } from '../../../src/providers/secrets/secretForms.ts';
import { SecretSet } from '../../../src/providers/secrets/secretSet.ts';
import { hideInValue, secretsOfNetwork, secretsOfRequest } from '../../../src/providers/secrets/secrets.ts';
import { assertCpuWithin } from '../../support/cpuTime.ts';
import { assertLinear } from '../../support/growth.ts';
import { holdsSecret, spellings } from '../../support/secretSpellings.ts';

const key = 'sk-a/B+c="9\\_%d&2f';
const set = new SecretSet([key]);

/** Printable ASCII but the letter of the mask. */
const secret = fc
  .string({
    unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 24,
  })
  .filter((text) => isWorthHiding(text) && !text.includes('*'));
const filler = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('%', '\\', '\\u', '&#', '%2', 'sk-', '"', 'sk', '中文', '\n', '😀'),
);
const spelling = fc.constantFrom(...Object.keys(spellings));

/** A text that holds the secret in some spellings, and where it is cut. */
const sample = fc
  .tuple(secret, fc.array(fc.tuple(filler, spelling, filler), { minLength: 1, maxLength: 3 }))
  .chain(([chosen, segments]) => {
    const text = segments.map(([before, name, after]) => before + spellings[name]?.(chosen) + after).join('');
    const cuts = fc.array(fc.nat({ max: text.length }), { maxLength: 12 });
    return fc.record({ chosen: fc.constant(chosen), text: fc.constant(text), cuts });
  });

function slice(text: string, cuts: readonly number[]): string[] {
  const places = [0, ...[...cuts].sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

describe('secrets in texts', () => {
  for (const [name, spell] of Object.entries(spellings)) {
    it(`are found: ${name}`, () => {
      assert.match(hideSecrets(`a ${spell(key)} z`, set), /^a \S{0,6}\*\*\*\S{0,6} z$/);
      assert.ok(holdsSecret(`a ${spell(key)} z`, key), 'the test can tell it');
    });
  }

  it('are hidden however the text is cut, and nothing depends on the cuts', () => {
    fc.assert(
      fc.property(sample, ({ chosen, text, cuts }) => {
        const secrets = new SecretSet([chosen]);
        const whole = hideSecrets(text, secrets);
        assert.ok(!holdsSecret(whole, chosen), whole);
        for (const Filter of [SecretFilter, BodySecretFilter]) {
          const filter = new Filter(secrets);
          const told = slice(text, cuts).map((piece) => filter.feed(piece));
          const once = new Filter(secrets);
          const joined = told.join('') + filter.end();
          assert.equal(joined, once.feed(text) + once.end());
          assert.ok(!holdsSecret(joined, chosen), joined);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leave every other text as it is', () => {
    fc.assert(
      fc.property(fc.array(filler, { maxLength: 12 }), secret, (pieces, chosen) => {
        const filter = new SecretFilter(new SecretSet([chosen]));
        const text = pieces.join('');
        fc.pre(!text.toLowerCase().includes(chosen.slice(0, 6).toLowerCase()));
        assert.equal(pieces.map((piece) => filter.feed(piece)).join('') + filter.end(), text);
      }),
      { numRuns: 300 },
    );
  });

  it('make nothing wait but an end that may begin one', () => {
    const filter = new SecretFilter(set);
    assert.equal(filter.feed('The answer'), 'The answer');
    assert.equal(filter.feed(' is: sk-a'), ' is: ');
    assert.equal(filter.feed('nswer'), 'sk-answer');
    assert.equal(filter.feed('sk-'), '');
    assert.equal(filter.end(), 'sk-');
  });

  it('are hidden where something else stands between their pieces, as far as the pieces tell them', () => {
    for (let at = 1; at < key.length; at++) {
      const filter = new SecretFilter(set);
      const first = filter.feed(`x${key.slice(0, at)}`) + filter.pause();
      const second = filter.feed(`${key.slice(at)}y`) + filter.end();
      assert.equal(first, at < 6 ? `x${key.slice(0, at)}` : 'x***');
      assert.equal(second, at < 6 ? '***y' : 'y', `${at}`);
    }
  });

  it('that overlap or follow each other are hidden whole', () => {
    const both = new SecretSet(['secret-1', 'xx-secret-1-yy', '1-yy/zz/9']);
    assert.equal(hideSecrets('<xx-secret-1-yy/zz/9>', both), '<***>');
    assert.equal(hideSecrets('<secret-1secret-1>', both), '<***>');
    assert.equal(hideSecrets('<xx-secret-1-y', both), '<***', 'the beginning of the longer one');
  });

  it('may be as long as tokens are', () => {
    const long = createHash('shake256', { outputLength: 2000 }).update('x').digest('base64url');
    const secrets = new SecretSet([long]);
    assert.equal(hideSecrets(`a ${long} z`, secrets), 'a *** z');
    // Between pieces stand characters that hold bits of both.
    const encoded = hideSecrets(`a ${Buffer.from(long).toString('base64')} z`, secrets);
    assert.ok(
      encoded.split('***').every((rest) => rest.length <= 6),
      encoded,
    );
  });

  it('are hidden to their end, however long and escaped', () => {
    const long = createHash('shake256', { outputLength: 3000 }).update('y').digest('base64url');
    const secrets = new SecretSet([long]);
    for (const name of ['percent, small letters', 'percent, twice'])
      assert.equal(hideSecrets(`a ${spellings[name]?.(long)} z`, secrets), 'a *** z', name);
    const escaped = Array.from(long, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(
      '',
    );
    assert.equal(hideSecrets(`a ${escaped} z`, secrets), 'a *** z');
    assert.equal(hideSecrets(`a ${escaped.replaceAll('\\', '\\'.repeat(31))} z`, secrets), 'a *** z');
  });

  it('cost little time where every character may begin an escape of every one', () => {
    const secrets = new SecretSet([
      createHash('shake256', { outputLength: 1500 }).update('z').digest('base64url'),
    ]);
    for (const unit of ['\\', '&#', '%25', '\\\\\\u00', '\\"']) {
      const text = unit.repeat(400_000 / unit.length);
      assertCpuWithin(1000, () => assert.equal(hideSecrets(text, secrets), text), unit);
    }
  });

  it('are no placeholders, words, numbers or repetitions', () => {
    for (const text of [
      '',
      'EMPTY',
      'ollama',
      'lm-studio',
      'not-needed',
      '12345678',
      'aaaaaaaaaaaaa',
      'sk-1',
    ])
      assert.equal(isWorthHiding(text), false, text);
    for (const text of ['sk-1234', 'sk-demo-no-secret', 'bce-v3/ALTAK-x/1', 'abcdefghijklmnop'])
      assert.equal(isWorthHiding(text), true, text);
  });

  it('are taken out of every text of a value, names too', () => {
    assert.deepEqual(hideInValue({ a: [key, 1, null, { [key]: `x${key}` }], b: true }, set), {
      a: ['***', 1, null, { '***': 'x***' }],
      b: true,
    });
  });

  it('cost time in proportion to the text, whatever it is', () => {
    const hostile = new SecretSet(['ab12'.repeat(32), `${'ab12'.repeat(31)}ab13`, key]);
    for (const unit of ['ab12', 'sk-a/B+', 'c2st', '%73%6b', '\\', 'plain text, 标点。 ']) {
      const pieces = (length: number): string[] =>
        Array.from({ length: length / 4 }, (_, i) => unit.repeat(8).slice(i % 3, (i % 3) + 4));
      const filterAll = (texts: readonly string[]): void => {
        const filter = new BodySecretFilter(hostile);
        for (const text of texts) filter.feed(text);
        filter.end();
      };
      assertLinear(filterAll, pieces, { size: 160_000, name: unit });
    }
  });
});

describe('secrets of a request', () => {
  it('are what proves who asks', () => {
    const basic = Buffer.from('someone:pass-word-1').toString('base64');
    assert.deepEqual(
      new Set(
        secretsOfRequest({
          url: 'https://me:pa%2Fss@host/v1?access_token=24.x&client_id=id&q=1',
          headers: {
            authorization: 'Bearer sk-1',
            'proxy-authorization': `Basic ${basic}`,
            'x-api-key': 'k',
            cookie: 'session=abc; other=def',
            'x-author': 'Somebody',
            accept: 'text/event-stream',
          },
        }),
      ),
      new Set([
        ...['sk-1', basic, 'someone:pass-word-1', 'pass-word-1', 'k', 'session=abc; other=def', 'abc', 'def'],
        ...['24.x', 'id', 'pa/ss'],
      ]),
    );
    const signed = 'bce-auth-v1/ak/2024-01-01T00:00:00Z/1800/host/5161';
    assert.deepEqual(secretsOfRequest({ url: 'https://h/', headers: { authorization: signed } }), ['5161']);
    assert.deepEqual(secretsOfNetwork({ proxyUrl: 'http://me:p%25w@h:1' }), ['p%25w', 'p%w']);
  });
});

describe('secrets in the body of a response', () => {
  const tell = (text: string, length = text.length): string => {
    const filter = new BodySecretFilter(set);
    let told = '';
    for (let at = 0; at < text.length; at += length) told += filter.feed(text.slice(at, at + length));
    return told + filter.end();
  };
  const event = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;
  const deltas = (...pieces: string[]): string =>
    pieces.map((content) => event({ id: 'c-s', choices: [{ delta: { content }, index: 0 }] })).join('');

  it('are hidden where deltas hold a piece each, however the body is cut', () => {
    for (let at = 1; at < key.length; at++) {
      const body = deltas('a ', key.slice(0, at), key.slice(at), ' z');
      const told = tell(body);
      for (const half of [key.slice(0, at), key.slice(at)])
        if (half.length >= 6) assert.ok(!told.includes(JSON.stringify(half).slice(1, -1)), told);
      for (const length of [1, 2, 7]) assert.equal(tell(body, length), told);
      const [, ...rest] = told.split('data: ');
      const joined = rest.map((text) => JSON.parse(text).choices[0].delta.content).join('');
      assert.match(joined, /^a [^*]{0,5}(\*\*\*){1,2} z$/);
    }
  });

  it('are hidden where every delta is a character', () => {
    const told = tell(deltas(...key));
    const joined = [...told.matchAll(/"content":"(.*?)"\}/g)].map(([, text]) => text).join('');
    assert.match(joined, /^sk-a\/(\*\*\*)+$/);
  });

  it('change nothing of a body without secrets', () => {
    const body = deltas('sk-', 'a', ' task', '"', '\\', 's', 'k-');
    for (const length of [1, 3, body.length]) assert.equal(tell(body, length), body);
    assert.equal(tell('<html lang="x">s"k'), '<html lang="x">s"k');
  });
});
