// Takes the place of the `code` program that @vscode/test-electron starts: the same arguments, the same exit code,
// but VS Code Server in a headless browser.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { followFile } from './followFile.ts';
import { requestedHost } from './hostVersions.ts';
import { launchBrowser } from './launchBrowser.ts';
import type { ServerProcess } from './serverProcess.ts';
import { startServer } from './startServer.ts';
import { windowUrl } from './windowUrl.ts';

/** Ten times what the suites take on a quiet machine. */
const limitMs = Number(process.env.TEST_HOST_LIMIT_MS ?? 900_000);

interface Run {
  readonly folder: string;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  readonly locale: string | undefined;
  readonly developmentPaths: readonly string[];
  readonly testsPath: string;
}

const exitCode = await main().catch((error: unknown) => {
  console.error(error);
  return 1;
});
// test-electron closes our pipes the moment it sees the exit: let the last lines through first.
await new Promise((resolve) => process.stdout.write('', resolve));
await delay(150);
process.exit(exitCode);

async function main(): Promise<number> {
  const run = readArguments();
  await mkdir(run.userDataFolder, { recursive: true });
  const outputFile = path.join(run.userDataFolder, 'tests.out');
  const output = followFile(outputFile);
  const [server, browser] = await Promise.all([
    startServer({
      ...run,
      host: requestedHost(),
      testDriver: true,
      environment: { EXT_TEST_OUTPUT: outputFile },
    }),
    launchBrowser(),
  ]);
  try {
    const { code, errors } = await runWindow(run, server, browser);
    if (code !== 0 && !output.hasText()) {
      console.error(`The tests did not start. VS Code's errors:\n${errors.slice(-10).join('\n')}`);
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
    output.stop();
  }
}

/** Opens the window and waits for the exit code that VS Code's test driver reports, or for the first mishap. */
async function runWindow(run: Run, server: ServerProcess, browser: Browser) {
  const errors: string[] = [];
  const windowLog = createWriteStream(path.join(run.userDataFolder, 'window.log'));
  let isOver = false;
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const giveUp = (why: string) => {
    if (!isOver) console.error(why);
    end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(130));
  server.ended.then((how) => giveUp(`VS Code Server ended by itself: ${how}`));
  browser.once('disconnected', () => giveUp('The browser ended by itself.'));

  // Small, as nobody looks: each frame is painted without a graphics card.
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  page.once('crash', () => giveUp('The browser page crashed.'));
  await page.exposeFunction('codeAutomationLog', (type: string, values: unknown[]) => {
    const texts = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    // Addresses of files hold it.
    const line = texts.join(' ').replaceAll(server.token, '…');
    if (type === 'error') errors.push(line);
    windowLog.write(`[${type}] ${line}\n`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  await page.goto(windowUrl(server, run));

  const timer = setTimeout(async () => {
    await page.screenshot({ path: path.join(run.userDataFolder, 'last.png') }).catch(() => {});
    giveUp(`No result from the tests within ${limitMs / 1000} s.`);
  }, limitMs);
  const code = await ended;
  isOver = true;
  clearTimeout(timer);
  // Leaving the page tells VS Code to end the extension host now.
  await page.goto('about:blank').catch(() => {});
  return { code, errors };
}

function readArguments(): Run {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    // test-electron passes switches for the desktop too.
    strict: false,
    allowPositionals: true,
    options: {
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      locale: { type: 'string' },
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
    },
  });
  return {
    folder: path.resolve(required(positionals[0], 'a folder to open')),
    userDataFolder: path.resolve(required(values['user-data-dir'], '--user-data-dir')),
    extensionsFolder: path.resolve(required(values['extensions-dir'], '--extensions-dir')),
    locale: values.locale === undefined ? undefined : String(values.locale),
    developmentPaths: (values.extensionDevelopmentPath ?? []).map(String),
    testsPath: required(values.extensionTestsPath, '--extensionTestsPath'),
  };
}

function required(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new Error(`The stand-in for VS Code needs ${name}.`);
}
