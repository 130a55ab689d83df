/** The panel's real bundle in a real browser, with a stand-in for the host: served on loopback under a strict policy. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { CompareHostMessage } from '../../src/core/compare/compareProtocol.ts';
import type { InspectMessage } from '../../src/core/inspectProtocol.ts';
import type { HostMessage, ViewMessage } from '../../src/core/protocol.ts';
import type { UsageHostMessage } from '../../src/core/usage/usageProtocol.ts';
import { diagramPage } from '../../src/host/diagramPage.ts';
import { bodyClasses, type ThemeName, themeStyle } from './themes.ts';

export interface PanelServer {
  open(browser: Browser, options?: OpenOptions): Promise<PanelPage>;
  close(): void;
}

export interface OpenOptions {
  /** Which of Qiao's pages; default `panel`. */
  entry?: 'panel' | 'compare' | 'usage';
  theme?: ThemeName;
  width?: number;
  height?: number;
  /** Default the panel. */
  page?: 'inspect.html';
}

export interface PanelPage {
  page: Page;
  /** Posts to the panel as the host would, and waits until it is painted. */
  send(...messages: (HostMessage | CompareHostMessage | UsageHostMessage | InspectMessage)[]): Promise<void>;
  /** Gives the page other colours, as VS Code does when its theme changes. */
  showTheme(theme: ThemeName): Promise<void>;
  /** What the panel posted, oldest first. */
  posted(): Promise<ViewMessage[]>;
  /** Everything the page complained about: policy violations, exceptions, console errors. */
  complaints: string[];
}

const nonce = 'panel-test';

/** Bundles by path. */
type Scripts = ReadonlyMap<string, Uint8Array>;

/** Builds the bundle and serves it. */
export async function startPanelServer(): Promise<PanelServer> {
  const bundle = await build({
    entryPoints: {
      panel: 'src/webview/panel.ts',
      compare: 'src/webview/compare/compare.ts',
      usage: 'src/webview/usage/usage.ts',
      math: 'src/webview/formulas/typesetter.ts',
      diagram: 'src/webview/diagram/diagram.ts',
      diagramFrame: 'src/webview/diagram/diagramFrame.ts',
      inspect: 'src/webview/inspect/inspect.ts',
    },
    outdir: '/',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'chrome134',
    write: false,
    logLevel: 'silent',
  });
  const scripts: Scripts = new Map(
    bundle.outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]),
  );
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    answer(url, scripts).then(
      ({ type, body }) => response.setHeader('content-type', type).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open: (browser, options = {}) => open(browser, `http://127.0.0.1:${port}/`, options),
    close: () => server.close(),
  };
}

async function answer(url: URL, scripts: Scripts): Promise<{ type: string; body: Uint8Array | string }> {
  const path = url.pathname;
  if (path === '/')
    return {
      type: 'text/html; charset=utf-8',
      body: html(
        (url.searchParams.get('theme') ?? 'dark') as ThemeName,
        url.searchParams.get('entry') ?? 'panel',
      ),
    };
  const script = scripts.get(path);
  if (script) return { type: 'text/javascript; charset=utf-8', body: script };
  if (path === '/mermaid.js')
    return {
      type: 'text/javascript; charset=utf-8',
      body: await readFile('node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js'),
    };
  if (path === '/diagram.html')
    return {
      type: 'text/html; charset=utf-8',
      body: diagramHtml((url.searchParams.get('theme') ?? 'dark') as ThemeName),
    };
  if (path === '/inspect.html')
    return {
      type: 'text/html; charset=utf-8',
      body: html((url.searchParams.get('theme') ?? 'dark') as ThemeName, 'inspect'),
    };
  if (path === '/theme.css')
    return { type: 'text/css', body: themeStyle((url.searchParams.get('name') ?? 'dark') as ThemeName) };
  const file = path.startsWith('/codicons/')
    ? `node_modules/@vscode/codicons/dist/${path.slice(10)}`
    : path.slice(1);
  return { type: path.endsWith('.css') ? 'text/css' : 'font/ttf', body: await readFile(file) };
}

function html(theme: ThemeName, entry: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Qiao</title><link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" id="theme" href="/theme.css?name=${theme}">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="/codicons/codicon.css">
<link rel="stylesheet" href="/media/${entry}.css">
<script nonce="${nonce}">
  window.posted = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.posted.push(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
  });
</script></head><body class="${bodyClasses[theme]}"><div id="app" data-math-script="/math.js"></div>
<script type="module" nonce="${nonce}" src="/${entry}.js"></script></body></html>`;
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
      '</title>',
      `</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css?name=${theme}">
<script nonce="${nonce}">window.posted = []; window.acquireVsCodeApi = () => ({ postMessage: (message) => window.posted.push(message) });</script>`,
    )
    .replace('<body ', `<body class="${bodyClasses[theme]}" `);
}

async function open(browser: Browser, url: string, options: OpenOptions): Promise<PanelPage> {
  const { entry = 'panel', theme = 'dark', width = 400, height = 720 } = options;
  const page = await browser.newPage({ viewport: { width, height } });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}${options.page ?? ''}?theme=${theme}&entry=${entry}`);
  return {
    page,
    complaints,
    async send(...messages) {
      await page.evaluate(async (all) => {
        for (const message of all) window.postMessage(message, '*');
        for (let frame = 0; frame < 3; frame++)
          await new Promise((resolve) => requestAnimationFrame(resolve));
      }, messages);
    },
    showTheme: (name) => page.evaluate(changeTheme, { name, classes: bodyClasses[name] }),
    posted: () => page.evaluate(() => (window as unknown as { posted: ViewMessage[] }).posted),
  };
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
