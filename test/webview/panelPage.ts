/** The panel's real bundle in a real browser, with a stand-in for the host: served on loopback under a strict policy. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { mermaidOutput, productBundles } from '../../scripts/build/bundles.ts';
import { minifyMore } from '../../scripts/build/mermaid.ts';
import { listPageTexts } from '../../scripts/build/pageTexts.ts';
import { panelFrame } from '../../src/chat/common/panelFrame.ts';
import type { HostMessage } from '../../src/chat/common/protocol.ts';
import type { ViewMessage } from '../../src/chat/common/protocolSchema.ts';
import type { CompareHostMessage } from '../../src/compare/common/compareProtocol.ts';
import type { InspectMessage } from '../../src/inspector/common/inspectProtocol.ts';
import { diagramPage } from '../../src/ui/host/diagramPage.ts';
import { pageTexts } from '../../src/ui/host/pageTexts.ts';
import type { UsageHostMessage } from '../../src/usage/common/usageProtocol.ts';
import { type Language, translations } from '../support/translations.ts';
import { type StillClock, stillClockScript } from './stillClock.ts';
import { bodyClasses, type ThemeName, themeStyle } from './themes.ts';

export interface PanelServer {
  /** Opens a panel in a context of its own. */
  open(browser: Browser, options?: OpenOptions): Promise<PanelPage>;
  /** Opens a panel in a page that may have shown another one: nothing of that is left. */
  show(page: Page, options?: OpenOptions): Promise<PanelPage>;
  close(): void;
}

export interface OpenOptions {
  /** Which of Qiao's pages; default `panel`. */
  entry?: 'panel' | 'compare' | 'usage';
  theme?: ThemeName;
  /** Default English. */
  language?: Language;
  width?: number;
  height?: number;
  /** Its timers ring only when the test lets time pass. */
  stillClock?: boolean;
  /** The panel has the script in its HTML, which takes keys and the focus at once. */
  early?: boolean;
  /** Default the panel. */
  page?: 'inspect.html' | 'diagram.html';
}

export interface PanelPage {
  page: Page;
  /** Posts to the panel as the host would, and waits until it is painted. */
  send(...messages: (HostMessage | CompareHostMessage | UsageHostMessage | InspectMessage)[]): Promise<void>;
  /** Lets time pass in a page whose clock stands still, and waits until what follows from it is painted. */
  pass(ms: number): Promise<void>;
  /** Waits for so many frames. */
  frames(count: number): Promise<void>;
  /** Waits until the page has nothing more to do, and has done nothing more for a while. */
  settle(): Promise<void>;
  /** Gives the page other colours, as VS Code does when its theme changes. */
  showTheme(theme: ThemeName): Promise<void>;
  /** What the panel posted, oldest first; not that it has the focus, of which the browser decides. */
  posted(): Promise<ViewMessage[]>;
  /** Everything the page complained about: policy violations, exceptions, console errors. */
  complaints: string[];
}

const nonce = 'panel-test';

/** As the build lists them. */
const shownTexts = listPageTexts();

/** Bundles by path. */
type Scripts = ReadonlyMap<string, Uint8Array>;

/** Builds the bundle and serves it. */
export async function startPanelServer(): Promise<PanelServer> {
  const common: BuildOptions = { outdir: '/', bundle: true, target: 'chrome134', logLevel: 'silent' };
  const { outputFiles: modules } = await build({
    ...common,
    entryPoints: {
      panel: 'src/chat/webview/panel.ts',
      compare: 'src/compare/webview/compare.ts',
      usage: 'src/usage/webview/usage.ts',
      math: 'src/ui/formulas/typesetter.ts',
      diagram: 'src/ui/diagrams/diagram.ts',
      diagramFrame: 'src/ui/diagrams/diagramFrame.ts',
      inspect: 'src/inspector/webview/inspect.ts',
    },
    splitting: true,
    format: 'esm',
    write: false,
  });
  const { outputFiles: classic } = await build({
    ...common,
    entryPoints: { watch: 'src/ui/webview/watchLoad.ts', early: 'src/chat/webview/early.ts' },
    format: 'iife',
    write: false,
  });
  const scripts: Scripts = new Map(
    [...modules, ...classic].map(({ path, contents }) => [`/${basename(path)}`, contents]),
  );
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(url, scripts).then(
      ({ type, body }) => {
        // The browser keeps all but the pages, and what it compiled of them: the next server has another port.
        response.setHeader(
          'cache-control',
          type.startsWith('text/html') ? 'no-store' : 'max-age=86400, immutable',
        );
        response.setHeader('content-type', type).end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  return {
    async open(browser, { width, height, ...options } = {}) {
      const page = await browser.newPage({ viewport: sizeOf({ width, height }) });
      return show(page, url, options);
    },
    async show(page, options = {}) {
      await clean(page, sizeOf(options));
      return show(page, url, options);
    },
    close: () => server.close(),
  };
}

let mermaid: Promise<string> | undefined;

/** Mermaid as it is packaged, which takes seconds. */
async function buildMermaid(): Promise<string> {
  const options = productBundles(true).find(({ entryPoints }) => entryPoints && mermaidOutput in entryPoints);
  const { outputFiles } = await build({ ...options, write: false });
  const [script] = outputFiles ?? [];
  if (!script) throw new Error('There is no bundle of Mermaid.');
  return minifyMore(script.path, script.text);
}

async function answer(url: URL, scripts: Scripts): Promise<{ type: string; body: Uint8Array | string }> {
  const path = url.pathname;
  if (path === '/')
    return {
      type: 'text/html; charset=utf-8',
      body: html(
        url,
        url.searchParams.get('entry') ?? 'panel',
        new TextDecoder().decode(scripts.get('/early.js')),
      ),
    };
  const script = scripts.get(path);
  if (script) return { type: 'text/javascript; charset=utf-8', body: script };
  if (path === '/mermaid.js') {
    mermaid ??= buildMermaid();
    return { type: 'text/javascript; charset=utf-8', body: await mermaid };
  }
  if (path === '/diagram.html')
    return {
      type: 'text/html; charset=utf-8',
      body: diagramHtml((url.searchParams.get('theme') ?? 'dark') as ThemeName),
    };
  if (path === '/inspect.html')
    return {
      type: 'text/html; charset=utf-8',
      body: html(url, 'inspect'),
    };
  if (path === '/theme.css')
    return { type: 'text/css', body: themeStyle((url.searchParams.get('name') ?? 'dark') as ThemeName) };
  const file = path.startsWith('/codicons/')
    ? `node_modules/@vscode/codicons/dist/${path.slice(10)}`
    : path.slice(1);
  return { type: path.endsWith('.css') ? 'text/css' : 'font/ttf', body: await readFile(file) };
}

/** `early`: the script within the panel's HTML. */
function html({ searchParams }: URL, entry: string, early = ''): string {
  const theme = (searchParams.get('theme') ?? 'dark') as ThemeName;
  const language = (searchParams.get('language') ?? 'en') as Language;
  const texts = pageTexts(translations(language), shownTexts);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'`;
  return `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>Qiao</title><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<script nonce="${nonce}">
  ${searchParams.has('still') ? stillClockScript : ''}
  window.posted = [];
  // A page that is loaded again has its state; one that is opened has none.
  if (sessionStorage.getItem('opened') !== location.search) sessionStorage.clear();
  sessionStorage.setItem('opened', location.search);
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.posted.push(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
</script>
<script nonce="${nonce}" src="/watch.js"></script>
<link rel="stylesheet" id="theme" href="/theme.css?name=${theme}">
<link rel="stylesheet" media="not all" id="vscode-codicon-stylesheet" href="/codicons/codicon.css">
<link rel="stylesheet" href="/media/${entry}.css"><script type="application/json" id="texts">${texts}</script></head><body class="${bodyClasses[theme]}"><div id="app" data-math-script="/math.js">${entry === 'panel' ? frameIn(language) : ''}</div>
${searchParams.has('early') ? `<script nonce="${nonce}">${early}</script>` : ''}
<script type="module" nonce="${nonce}" src="/${entry}.js"></script></body></html>`;
}

/** As `chat/host/register.ts` writes it. */
function frameIn(language: Language): string {
  const say = (text: string): string => translations(language)?.[text] ?? text;
  return panelFrame({
    placeholder: say('Ask a question'),
    label: say('Question'),
    waiting: say('Qiao is starting and will then send: {0}'),
  });
}

/** The page of `host/diagrams.ts`. */
function diagramHtml(theme: ThemeName): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self' 'unsafe-inline'; connect-src 'self'; form-action 'none'; base-uri 'none'`;
  return diagramPage({
    language: 'en',
    policy,
    nonce,
    styles: '/media/diagram.css',
    mermaid: '/mermaid.js',
    watch: '/watch.js',
    script: '/diagram.js',
    frame: '/diagramFrame.js',
    labels: {
      title: 'Diagram',
      showSource: 'Show Source',
      problem: 'This diagram cannot be drawn',
      tooLarge: 'The drawing is too large to be shown.',
      drawing: 'Drawing the diagram…',
      stop: 'Stop',
      stopped: 'Drawing this diagram was stopped',
      stoppedWhy: 'It took too long, or you stopped it.',
      again: 'Try Again',
    },
  })
    .replace(
      '<script',
      `<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css?name=${theme}">
<script nonce="${nonce}">window.posted = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message) });</script><script`,
    )
    .replace('<body ', `<body class="${bodyClasses[theme]}" `);
}

function sizeOf({ width = 400, height = 720 }: OpenOptions): { width: number; height: number } {
  return { width, height };
}

/** What a test can leave behind in a page besides its document and what belongs to it. */
async function clean(page: Page, size: { width: number; height: number }): Promise<void> {
  for (const event of ['console', 'pageerror', 'request', 'dialog', 'popup', 'framenavigated'] as const)
    page.removeAllListeners(event);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.emulateMedia({
    media: null,
    colorScheme: null,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
  });
  const now = page.viewportSize();
  if (now?.width !== size.width || now.height !== size.height) await page.setViewportSize(size);
  // Outside, as a pointer that was never there.
  await page.mouse.move(-1, -1);
}

/** How many panels this process has opened. */
let opened = 0;

async function show(page: Page, url: string, options: OpenOptions): Promise<PanelPage> {
  const { entry = 'panel', theme = 'dark', language = 'en', stillClock = false } = options;
  const complaints: string[] = [];
  // What the document before says until it is gone is not this one's.
  let isHere = false;
  page.once('framenavigated', () => {
    isHere = true;
  });
  page.on('console', (message) => {
    if (isHere && (message.type() === 'error' || message.type() === 'warning'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => {
    if (isHere) complaints.push(String(error));
  });
  opened += 1;
  await page.goto(
    `${url}${options.page ?? ''}?theme=${theme}&entry=${entry}&language=${language}&opened=${opened}${stillClock ? '&still' : ''}${options.early ? '&early' : ''}`,
  );
  return {
    page,
    complaints,
    async send(...messages) {
      await page.evaluate(post, messages);
    },
    async pass(ms) {
      await page.evaluate(
        (time) => (window as unknown as { stillClock: StillClock }).stillClock.pass(time),
        ms,
      );
      await page.evaluate(frames, 2);
    },
    frames: (count) => page.evaluate(frames, count),
    settle: () => page.evaluate(settle),
    showTheme: (name) => page.evaluate(changeTheme, { name, classes: bodyClasses[name] }),
    posted: () =>
      page.evaluate(() =>
        (window as unknown as { posted: ViewMessage[] }).posted.filter(({ type }) => type !== 'view-focus'),
      ),
  };
}

/** Runs in the page: posts, and waits until all of it has been heard and what follows from it is painted. */
async function post(messages: readonly unknown[]): Promise<void> {
  let left = messages.length;
  // Added after the page's own listeners: they have heard each message before.
  const heard = new Promise<void>((resolve) => {
    window.addEventListener('message', function listen({ source }) {
      if (source !== window) return;
      left -= 1;
      if (left > 0) return;
      window.removeEventListener('message', listen);
      resolve();
    });
  });
  for (const message of messages) window.postMessage(message, '*');
  if (left > 0) await heard;
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Runs in the page. */
async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Runs in the page: what waits for an idle moment is done as well. */
async function settle(): Promise<void> {
  let changed = true;
  const observer = new MutationObserver(() => {
    changed = true;
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  while (changed) {
    changed = false;
    for (let moment = 0; moment < 3; moment++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => requestIdleCallback(resolve));
    }
  }
  observer.disconnect();
}

/** Runs in the page. */
async function changeTheme({ name, classes }: { name: string; classes: string }): Promise<void> {
  const before = document.getElementById('theme');
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.id = 'theme';
  link.href = `/theme.css?name=${name}`;
  await new Promise((resolve, reject) => {
    link.addEventListener('load', resolve);
    link.addEventListener('error', reject);
    before?.after(link);
  });
  before?.remove();
  document.body.className = classes;
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}
