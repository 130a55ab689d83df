// Runs the tests of test/integration inside a real VS Code: on the desktop where one can be had, else in VS Code
// Server. Usage: node scripts/host/runTests.ts [--desktop | --server] [--locale=zh-cn] [--grep=text]
//   [--tier=versions | --tier=words] (test/integration/tiers.ts)
// Variables: QIAO_BUILT=1 (builds nothing), FULL=1 (all tiers), TEST_HOST=desktop|server, TEST_HOST_VERSION=oldest, COVERAGE=1 (raw data into coverage/raw).
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { buildOnce } from '../build/buildOnce.ts';
import { findDesktop, type HostKind } from './desktop.ts';
import { writeEmptyLanguagePack } from './emptyLanguagePack.ts';
import { getHost } from './getHost.ts';
import { withoutForeignNames } from './hostEnvironment.ts';
import { requestedHost, vscodeVersion } from './hostVersions.ts';
import { repository, sampleWorkspace } from './paths.ts';
import { readTotals } from './totals.ts';
import { plainEditorSettings, quietSettings, writeUserSettings } from './userData.ts';

const { values: options } = parseArgs({
  options: {
    desktop: { type: 'boolean' },
    server: { type: 'boolean' },
    locale: { type: 'string' },
    grep: { type: 'string' },
    tier: { type: 'string' },
  },
});

// Short, because the sockets that VS Code makes below it may have only about 100 characters in their path.
const folder = await mkdtemp(path.join(os.tmpdir(), 'qiao-'));
try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await keepLogs();
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function run(): Promise<void> {
  buildOnce({ tests: true });
  const host = requestedHost();
  const userDataFolder = path.join(folder, 'user');
  const workspace = path.join(folder, 'workspace');
  const resultFile = process.env.EXT_TEST_RESULT ?? path.join(folder, 'totals.json');
  await rm(resultFile, { force: true });
  await cp(sampleWorkspace, workspace, { recursive: true });
  await writeUserSettings(userDataFolder, { ...quietSettings, ...plainEditorSettings });
  if (options.locale) await writeEmptyLanguagePack(userDataFolder, options.locale);

  const desktop = await findDesktop(requestedKind(), host);
  if (!desktop) await getHost(host);
  console.log(desktop ? `Host: ${desktop}` : `Host: VS Code Server ${vscodeVersion(host)}`);
  await runTests({
    vscodeExecutablePath: desktop ?? process.execPath,
    launchArgs: [
      ...(desktop ? [] : [fileURLToPath(import.meta.resolve('./codeStandIn.ts'))]),
      workspace,
      `--user-data-dir=${userDataFolder}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
      '--disable-extensions',
      ...(options.locale ? [`--locale=${options.locale}`] : []),
    ],
    extensionDevelopmentPath: repository,
    extensionTestsPath: path.join(repository, 'out/integration/index.mjs'),
    extensionTestsEnv: {
      ...withoutForeignNames(),
      EXT_TEST_RESULT: resultFile,
      EXT_TEST_GREP: options.grep,
      EXT_TEST_TIER: process.env.FULL ? undefined : options.tier,
      ...(process.env.COVERAGE ? { NODE_V8_COVERAGE: path.join(repository, 'coverage/raw') } : {}),
    },
  });

  // An extension host that dies, or a test that calls process.exit(), is reported as exit code 0: ask for proof.
  const totals = readTotals(resultFile);
  if (!totals) throw new Error('The extension host ended before the tests were through.');
  if (totals.failed > 0 || totals.passed === 0) {
    throw new Error(`${totals.passed} passed, ${totals.failed} failed`);
  }
}

/** VS Code's own logs tell why an extension host did not start. */
async function keepLogs(): Promise<void> {
  const target = path.join(repository, 'test-results/host');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const name of ['logs', 'server.log', 'window.log', 'last.png']) {
    await cp(path.join(folder, 'user', name), path.join(target, name), { recursive: true }).catch(() => {});
  }
  console.error(`VS Code's logs are in ${path.relative(process.cwd(), target)}`);
}

function requestedKind(): HostKind {
  if (options.desktop) return 'desktop';
  if (options.server) return 'server';
  const kind = process.env.TEST_HOST ?? 'auto';
  if (kind === 'auto' || kind === 'desktop' || kind === 'server') return kind;
  throw new Error(`TEST_HOST is "${kind}"; it can be "desktop", "server" or "auto".`);
}
