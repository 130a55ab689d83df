import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { listEmbedded, listShipped, readLock } from '../../../scripts/audit/shippedPackages.ts';
import { copies, productBundles, withoutApp } from '../../../scripts/build/bundles.ts';
import { bundledPackages, formatNotices, readNotice } from '../../../scripts/build/thirdPartyNotices.ts';
import {
  budgets,
  bytesAtStart,
  filesAtStart,
  firstQuestion,
  sourceOf,
} from '../../../scripts/package/budgets.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('the bundles', () => {
  let metafiles: Metafile[];
  before(async () => {
    const options = productBundles(true);
    const results = await Promise.all(
      options.map((one) => build({ ...one, absWorkingDir: root, metafile: true, write: false })),
    );
    metafiles = results.map(({ metafile }) => metafile);
  });
  const start = (entryPoint: string): number => {
    const metafile = metafiles.find(({ outputs }) =>
      Object.values(outputs).some((output) => output.entryPoint === entryPoint),
    );
    assert.ok(metafile);
    return bytesAtStart(metafile, entryPoint);
  };

  it('are no larger than they may be', () => {
    const panel = start('src/chat/webview/panel.ts');
    const host = start('src/extension.ts');
    assert.ok(panel <= budgets.panel, `the panel: ${panel}`);
    assert.ok(host <= budgets.hostEntry, `activation: ${host}`);
    assert.ok(panel > 100_000 && host > 5000, 'both were measured');
  });

  it('hold zod without its messages in all languages, which `import { z }` would bring', () => {
    const inputs = metafiles.flatMap(({ outputs }) =>
      Object.values(outputs).flatMap((output) =>
        Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
      ),
    );
    assert.deepEqual(
      inputs.map(([name]) => name).filter((name) => /zod\/v4\/locales\/(?!en)/.test(name)),
      [],
    );
  });

  // Soon after activation VS Code's chat asks for the models.
  for (const entryPoint of [
    'src/extension.ts',
    'src/connections/host/modelServices.ts',
    'src/vscodeChat/host/vscodeChatModels.ts',
  ]) {
    it(`load nothing heavy at the start of a window: ${entryPoint}`, () => {
      const [host] = metafiles;
      assert.ok(host);
      const { outputs } = host;
      const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === entryPoint);
      assert.ok(entry);
      const early = new Set([entry]);
      for (const file of early)
        for (const { path: to, kind, external } of outputs[file]?.imports ?? [])
          if (kind === 'import-statement' && !external) early.add(to);
      const inputs = [...early].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
      assert.ok(inputs.includes(entryPoint));
      assert.deepEqual(
        inputs.filter((file) => file.includes('node_modules')),
        [],
      );
    });
  }

  it('load the app only for what comes after it', () => {
    const [host] = metafiles;
    assert.ok(host);
    const { outputs } = host;
    const entry = Object.keys(outputs).find((file) => outputs[file]?.entryPoint === 'src/extension.ts');
    assert.ok(entry);
    const isApp = (file: string): boolean => outputs[file]?.entryPoint === 'src/app.ts';
    // From activation on, by whatever way; the app's own imports do not count.
    const reached = new Set([entry]);
    for (const file of reached)
      for (const { path: to, kind, external } of outputs[file]?.imports ?? [])
        if (!external && !(kind === 'dynamic-import' && isApp(to)) && !isApp(file)) reached.add(to);
    assert.deepEqual([...reached].filter(isApp), []);
    const entryPoints = [...reached].flatMap((file) => sourceOf(outputs[file]?.entryPoint) ?? []);
    assert.deepEqual(
      entryPoints.toSorted(),
      ['src/extension.ts', ...withoutApp.map((name) => `src/${name}`)].toSorted(),
    );
    const files = filesAtStart(host, firstQuestion);
    assert.ok(files.size <= 36, `the first question loads ${files.size} files`);
  });

  it('load for the first question no more than it takes', () => {
    const [host] = metafiles;
    assert.ok(host);
    const bytes = bytesAtStart(host, ...firstQuestion);
    assert.ok(bytes <= budgets.firstQuestion, `the first question: ${bytes}`);
    const loaded = [...filesAtStart(host, firstQuestion)].flatMap((file) =>
      Object.entries(host.outputs[file]?.inputs ?? {}).flatMap(([name, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [name] : [],
      ),
    );
    for (const needed of ['src/providers/http/http.ts', 'node_modules/undici/lib/dispatcher/client.js'])
      assert.ok(loaded.includes(needed), needed);
    const later =
      /pinyin|node_modules\/(yaml|diff|fuzzysort)\/|undici\/lib\/web\/webidl|src\/(edit\/|scm|compare\/common|inspector\/host\/insp|snippets\/host\/copy|emulator)|src\/context\/host\/(search|fileIndex|fileRanking|secretShapes|exclusions|symbols)\b|(usagePage|promptFile|promptCommands|promptDiagnostics|connectionCommands|importConversations|exportConversation|diagnose|participant|codeQuestions)\.ts/;
    const allowed = /attachmentsAt\.ts|editArguments\.ts|code\/(dialogs|lazyCodeTools)\.ts|proposalScheme/;
    assert.deepEqual(
      loaded.filter((name) => later.test(name) && !allowed.test(name)),
      [],
    );
  });

  // Parts of undici are left out of the bundle.
  it('send requests, directly and through a proxy', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'qiao-'));
    const [options] = productBundles(true);
    const outfile = path.join(folder, 'providers.mjs');
    await build({
      ...options,
      entryPoints: ['src/providers/index.ts'],
      absWorkingDir: root,
      splitting: false,
      outdir: undefined,
      outfile,
    });
    const { createChatModel }: typeof import('../../../src/providers/index.ts') = await import(
      pathToFileURL(outfile).href
    );
    const platform = createHttpServer((request, response) => {
      request.resume();
      response.setHeader('content-type', 'text/event-stream');
      response.end(
        'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
      );
    });
    let proxied = 0;
    const proxy = createHttpServer();
    let platformPort = 0;
    proxy.on('connect', (request, socket) => {
      proxied += 1;
      assert.equal(request.url, 'platform.example:80');
      const up = connect(platformPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        up.pipe(socket).pipe(up);
      });
    });
    const portOf = async (server: Server): Promise<number> => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    };
    try {
      platformPort = await portOf(platform);
      const proxyUrl = `http://127.0.0.1:${await portOf(proxy)}`;
      for (const [baseUrl, network] of [
        [`http://127.0.0.1:${platformPort}`, {}],
        ['http://platform.example', { proxyUrl }],
      ] as const) {
        const model = createChatModel({ protocol: 'openai', baseUrl, apiKey: 'none', network }, 'any');
        const request = { messages: [{ role: 'user' as const, content: 'Hello' }] };
        let answer = '';
        for await (const part of model.stream(request, new AbortController().signal))
          if (part.type === 'text-delta') answer += part.text;
        assert.equal(answer, 'hi');
      }
      assert.equal(proxied, 1);
    } finally {
      for (const server of [platform, proxy]) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('hold one parser of Markdown, which the extension host takes from the panel', () => {
    const holders = metafiles.filter((one) => bundledPackages([one]).includes('node_modules/markdown-it'));
    assert.equal(holders.length, 1);
    assert.notEqual(holders[0], metafiles[0]);
  });

  it('ship licences of everybody whose work is in them', async () => {
    const folders = [...bundledPackages(metafiles), ...copies.map((copy) => `node_modules/${copy.package}`)];
    const notices = await Promise.all(folders.map((folder) => readNotice(path.join(root, folder))));
    const text = formatNotices(notices);
    for (const name of ['undici', 'zod', 'lit-html', 'highlight.js', 'mermaid', '@vscode/codicons'])
      assert.ok(
        notices.some((notice) => notice.name === name),
        name,
      );
    for (const notice of notices) {
      assert.ok(notice.text.length > 400, notice.name);
      assert.match(notice.homepage, /^https?:\/\//, notice.name);
      assert.ok(text.includes(notice.text));
    }
    assert.ok(!notices.some(({ name }) => name === 'mocha'));
  });

  it('are known to the audit, package by package, in the version that is installed', async () => {
    const lock = await readLock(root);
    const shipped = listShipped(metafiles, lock);
    const inputs = metafiles.flatMap(({ outputs }) =>
      Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
    );
    const foreign = inputs.filter(
      ([file, { bytesInOutput }]) => bytesInOutput > 0 && /node_modules/.test(file),
    );
    assert.ok(foreign.length > 100);
    for (const [file] of foreign)
      assert.ok(
        shipped.some(({ place }) => file.includes(`${place}/`)),
        file,
      );
    for (const { name, version, place } of shipped) {
      const installed = JSON.parse(readFileSync(path.join(root, place, 'package.json'), 'utf8'));
      assert.deepEqual([name, version], [installed.name, installed.version]);
    }
    const embedded = await listEmbedded(root);
    const names = [...embedded, ...shipped].map(({ name }) => name);
    for (const name of ['mermaid', 'dompurify', 'lodash-es', 'langium', '@chevrotain/gast'])
      assert.ok(names.includes(name), name);
    assert.equal(new Set(embedded.map(({ place }) => place)).size, embedded.length);
    for (const { version } of embedded) assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it('leave no one out whose licence is unknown', async () => {
    await assert.rejects(readNotice(root.concat('/test/fixtures')), /ENOENT/);
    await assert.rejects(readNotice(path.join(root, 'node_modules/node')), /licence/);
  });
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

  it('has what a package needs, and every file it names', () => {
    for (const name of ['name', 'displayName', 'description', 'version', 'publisher', 'license', 'icon'])
      assert.ok(manifest[name], name);
    assert.ok(existsSync(path.join(root, manifest.icon)));
    assert.ok(existsSync(path.join(root, 'LICENSE')));
    assert.equal(manifest.dependencies, undefined, 'all is bundled');
  });
});
