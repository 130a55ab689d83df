/** The audit tells advisories on what is shipped from those on what only developers have. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { formatAdvisory, readAudit } from '../../../scripts/audit/advisories.ts';
import { type Lock, listShipped } from '../../../scripts/audit/shippedPackages.ts';

// Printed by npm 11 for this repository, with made-up advisories from a registry on loopback: on undici (which others have
// too), on dompurify (of which only tests take an old version), and on mocha.
const report = readFileSync(path.join(import.meta.dirname, '../../fixtures/audit/report.json'), 'utf8');

const copied = {
  'node_modules/@vscode/codicons': { version: '1.0.0' },
};

/** A bundle of these files. */
function metafileOf(...files: string[]): Metafile {
  const inputs = Object.fromEntries(files.map((file) => [file, { bytesInOutput: 1 }]));
  return { inputs: {}, outputs: { 'dist/a.js': { bytes: 1, inputs, imports: [], exports: [] } } };
}

const placed = (...places: string[]) => places.map((place) => ({ name: place, version: '1.0.0', place }));

describe('the audit', () => {
  it('fails on an advisory on what is shipped, and only reports the others', () => {
    const { shipped, others } = readAudit(report, placed('node_modules/undici', 'node_modules/zod'));
    assert.deepEqual(shipped.map(formatAdvisory), [
      'undici <=7.30.2 (moderate): undici: a made-up advisory\n    https://github.com/advisories/GHSA-aaaa-0000-0001',
    ]);
    assert.deepEqual(others.map((one) => one.package).sort(), ['dompurify', 'mocha']);
  });

  it('goes by the place, not by the name: another copy of the package may be the weak one', () => {
    const embedded = placed('node_modules/@embedded/dompurify');
    assert.deepEqual(readAudit(report, embedded).shipped, []);
    const weak = report.replace('"node_modules/dompurify-vectors"', '"node_modules/@embedded/dompurify"');
    assert.deepEqual(
      readAudit(weak, embedded).shipped.map((one) => one.package),
      ['dompurify'],
    );
  });

  it('counts no package twice that is weak only through another', () => {
    const places = placed('node_modules/undici', 'node_modules/openai', 'node_modules/cheerio');
    assert.equal(readAudit(report, places).shipped.length, 1);
  });

  it('never takes silence for good news', () => {
    const refusal = '{"message":"405 Method Not Allowed","statusCode":405}';
    for (const output of [
      '',
      'npm ERR! network',
      '{}',
      refusal,
      '{"auditReportVersion":3,"vulnerabilities":{}}',
    ])
      assert.throws(() => readAudit(output, placed('node_modules/undici')), /nothing was checked/);
    const clean = '{"auditReportVersion":2,"vulnerabilities":{}}';
    assert.deepEqual(readAudit(clean, placed('node_modules/undici')), { shipped: [], others: [] });
  });

  it('knows nested copies and other names, and what is only copied', () => {
    const lock: Lock = {
      packages: {
        ...copied,
        'node_modules/a': { version: '1.0.0' },
        'node_modules/a/node_modules/@s/b': { version: '2.0.0' },
        'node_modules/alias': { name: 'real', version: '3.0.0' },
      },
    };
    const files = ['a/x.js', 'a/y.js', 'a/node_modules/@s/b/x.js', 'alias/index.js'];
    const metafile = metafileOf('src/extension.ts', ...files.map((file) => `node_modules/${file}`));
    const shipped = listShipped([metafile], lock).map(({ name, version }) => `${name} ${version}`);
    assert.deepEqual(shipped, ['@vscode/codicons 1.0.0', 'a 1.0.0', '@s/b 2.0.0', 'real 3.0.0']);
  });

  it('refuses what nobody knows the origin of', () => {
    const lock: Lock = { packages: copied };
    assert.throws(() => listShipped([metafileOf('node_modules/stray/x.js')], lock), /not in package-lock/);
    for (const file of ['vendor/x.js', '../elsewhere/x.js', '(disabled):fs'])
      assert.throws(() => listShipped([metafileOf(file)], lock), /nobody knows/);
  });
});
