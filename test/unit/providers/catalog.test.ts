import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { addressProblem } from '../../../src/connections/host/catalog/catalogAddress.ts';
import { openCatalogStore } from '../../../src/connections/host/catalog/catalogStore.ts';
import { fetchCatalog } from '../../../src/connections/host/catalog/fetchCatalog.ts';
import { parseCatalog } from '../../../src/connections/host/catalog/parseCatalog.ts';
import { catalogChanges, catalogIds, useCatalogUpdate } from '../../../src/providers/catalog/catalog.ts';
import { type Catalog, catalogSchema } from '../../../src/providers/common/catalogSchema.ts';
import { describeModel } from '../../../src/providers/describeModel.ts';
import { createChatModel } from '../../../src/providers/index.ts';

const root = path.join(import.meta.dirname, '../../..');
const shippedFile = path.join(root, 'src/providers/catalog/models.json');

const update = (...models: Partial<Catalog['models'][number]>[]): Catalog =>
  catalogSchema.parse({
    version: 1,
    models: models.map((model) => ({
      provider: 'dashscope',
      id: 'qwen-plus',
      source: 'test',
      date: '2026-11-01',
      ...model,
    })),
  });

describe('the catalog of models', () => {
  afterEach(() => useCatalogUpdate(undefined));

  it('ships facts with source and date, successors that it knows, and no invented price', async () => {
    const { models } = parseCatalog(await readFile(shippedFile, 'utf8'));
    const ids = new Set(models.map(({ id }) => id));
    assert.equal(models.length, 32);
    for (const { id, successor, price, retired } of models) {
      assert.ok(successor === undefined || ids.has(successor), id);
      assert.deepEqual({ price, retired }, { price: undefined, retired: undefined }, id);
    }
  });

  it('says what the vendors’ pages say', () => {
    const model = describeModel('dashscope', 'qwen1.5-14b-chat');
    assert.equal(model.contextTokens, 8192);
    assert.deepEqual(model.parameters.maxOutputTokens, { type: 'integer', min: 1, max: 1500, default: 1500 });
    assert.equal(describeModel('dashscope', 'baichuan-7b-v1').input, 'prompt');
    assert.deepEqual(describeModel('dashscope', 'yi-large').suggested, { maxOutputTokens: 2000 });
  });

  it('knows nothing of other ids, and says so', () => {
    assert.equal(describeModel('dashscope', 'qwen-of-tomorrow').source, undefined);
  });

  it('is changed member by member, added to, and brought back', () => {
    const before = describeModel('dashscope', 'qwen2-7b-instruct');
    const news = update(
      { id: 'qwen2-7b-instruct', retired: '2025-01-01', successor: 'qwen-flash' },
      { provider: 'openai', id: 'my-model', contextTokens: 9000, path: undefined },
    );
    assert.deepEqual(catalogChanges(news), [
      { provider: 'dashscope', id: 'qwen2-7b-instruct', changed: ['successor', 'source', 'date', 'retired'] },
      { provider: 'openai', id: 'my-model' },
    ]);
    useCatalogUpdate(news);
    const after = describeModel('dashscope', 'qwen2-7b-instruct');
    assert.equal(after.retired, '2025-01-01');
    assert.deepEqual(after.parameters, before.parameters);
    assert.deepEqual(catalogIds('openai'), ['my-model']);
    assert.equal(describeModel('openai', 'my-model').contextTokens, 9000);
    const connection = { protocol: 'dashscope', apiKey: 'x' } as const;
    assert.equal(createChatModel(connection, 'qwen2-7b-instruct').info.successor, 'qwen-flash');
    useCatalogUpdate(undefined);
    assert.deepEqual(describeModel('dashscope', 'qwen2-7b-instruct'), before);
  });

  const model = { provider: 'dashscope', id: 'm', source: 's', date: '2026-01-01' };
  const wrong: [name: string, value: unknown, message: RegExp][] = [
    ['another version', { version: 2, models: [] }, /^version: /],
    ['an unknown member', { version: 1, models: [{ ...model, contxt: 1 }] }, /^models\[0\]: .*contxt/],
    [
      'a wrong number',
      { version: 1, models: [model, { ...model, id: 'n', contextTokens: '8k' }] },
      /^models\[1\]\.contextTokens: /,
    ],
    [
      'a price out of shape',
      { version: 1, models: [{ ...model, price: { currency: 'CNY', tiers: [] } }] },
      /^models\[0\]\.price\.tiers: /m,
    ],
    ['a model that stands twice', { version: 1, models: [model, model] }, /^models\[1\]\.id: .*twice/],
    [
      'a set that is not there',
      { version: 1, models: [{ ...model, parameters: 'x' }] },
      /^models\[0\]\.parameters: .*"x"/,
    ],
    [
      'a date that is none',
      { version: 1, models: [{ ...model, retired: 'soon' }] },
      /^models\[0\]\.retired: /,
    ],
  ];
  for (const [name, value, message] of wrong)
    it(`refuses ${name} and names the place`, () =>
      assert.throws(() => parseCatalog(JSON.stringify(value)), { message }));

  it('refuses what is no JSON, and what is too large', () => {
    assert.throws(() => parseCatalog('{'), SyntaxError);
    assert.throws(() => parseCatalog(' '.repeat(4 * 2 ** 20 + 1)), /more than/);
  });

  it('has a schema for editors that says the same', async () => {
    const published: unknown = JSON.parse(
      await readFile(path.join(root, 'media/catalog.schema.json'), 'utf8'),
    );
    assert.deepEqual(published, JSON.parse(JSON.stringify(z.toJSONSchema(catalogSchema, { io: 'input' }))));
  });

  it('has an example in the documentation that can be read', async () => {
    const text = await readFile(path.join(root, 'docs/PROVIDERS.md'), 'utf8');
    const [, example = ''] = /```json\n(\{\n {2}"version": 1[\s\S]*?)```/.exec(text) ?? [];
    assert.equal(parseCatalog(example).models.length, 1);
  });
});

describe('the update of the catalog', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'catalog-'));
  });
  afterEach(async () => {
    useCatalogUpdate(undefined);
    await rm(folder, { recursive: true });
  });

  it('is there again at the next start, until it is taken back', async () => {
    const problems: string[] = [];
    const store = await openCatalogStore(folder, (problem) => problems.push(problem));
    assert.equal(store.updated, false);
    await store.apply(update({ retired: '2026-01-01' }));
    useCatalogUpdate(undefined);
    const next = await openCatalogStore(folder, (problem) => problems.push(problem));
    assert.equal(next.updated, true);
    assert.equal(describeModel('dashscope', 'qwen-plus').retired, '2026-01-01');
    await next.apply(undefined);
    assert.equal(describeModel('dashscope', 'qwen-plus').retired, undefined);
    assert.equal((await openCatalogStore(folder, (problem) => problems.push(problem))).updated, false);
    assert.deepEqual(problems, []);
  });

  it('is left alone, and told, when it can’t be read any more', async () => {
    await writeFile(path.join(folder, 'catalog.json'), '{"version":1');
    const problems: string[] = [];
    assert.equal((await openCatalogStore(folder, (problem) => problems.push(problem))).updated, false);
    assert.equal(problems.length, 1);
  });

  it('comes from encrypted addresses and this machine only', () => {
    assert.equal(addressProblem('https://example.com/catalog.json'), undefined);
    assert.equal(addressProblem('http://127.0.0.1:8080/c'), undefined);
    assert.equal(addressProblem('http://[::1]/c'), undefined);
    assert.equal(addressProblem('http://example.com/c'), 'not-encrypted');
    assert.equal(addressProblem('http://127.0.0.1.example.com/c'), 'not-encrypted');
    assert.equal(addressProblem('https://u:p@example.com'), 'credentials');
    for (const address of ['', 'catalog.json', 'file:///etc/passwd'])
      assert.equal(addressProblem(address), 'no-address');
  });

  it('is fetched, but follows no redirect and reads no end', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: 'http://example.com' }).end();
      else response.end(request.url === '/large' ? ' '.repeat(5 * 2 ** 20) : '{"version":1,"models":[]}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    const fetched = (place: string) =>
      fetchCatalog(`http://127.0.0.1:${address.port}/${place}`, {}, new AbortController().signal);
    try {
      assert.deepEqual(parseCatalog(await fetched('')), { version: 1, models: [] });
      await assert.rejects(fetched('moved'), /status 302/);
      await assert.rejects(fetched('large'), /more than/);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
