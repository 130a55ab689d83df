/** The diagram page: draws Mermaid source in the editor's colours, shows its errors, and stops slow drawings. */

import type { DiagramMessage } from '../common/diagramMessage.ts';
import type { DiagramReply } from '../common/diagramMessageSchema.ts';
import { connectToHost } from '../webview/vscodeApi.ts';
import { createDrawingFrame, type DrawingFrame, type FrameScripts } from './drawingFrame.ts';

const part = (selector: string): HTMLElement =>
  document.querySelector<HTMLElement>(selector) ?? document.body;
const drawing = part('.drawing');
const written = part('.source');
const problem = part('.problem');
const stopped = part('.stopped');
const coming = part('.coming');
const toggle = part('header button');
const { post } = connectToHost<DiagramMessage, DiagramReply>({
  diagram(message) {
    take(message);
    void draw(message);
  },
  'diagram-stopped'(message) {
    take(message);
    showStopped();
  },
});

/** Used again for the next drawing, unless it was stopped. */
let frame: DrawingFrame | undefined;
let lastId = 0;
let stop = (): void => {};

toggle.addEventListener('click', () => showSource(written.hidden !== false));
part('.coming button').addEventListener('click', () => stop());
part('.stopped button').addEventListener('click', () => post({ type: 'again' }));
// VS Code sets the theme as a class of the body.
new MutationObserver(() => post({ type: 'ready' })).observe(document.body, {
  attributeFilter: ['class'],
});
post({ type: 'ready' });

function take({ source }: DiagramMessage): void {
  written.textContent = source;
  stop();
}

async function draw({ id, source, limit }: Extract<DiagramMessage, { type: 'diagram' }>): Promise<void> {
  lastId = id;
  problem.hidden = true;
  stopped.hidden = true;
  toggle.hidden = false;
  showSource(false);
  const slow = setTimeout(() => {
    coming.hidden = false;
  }, 300);
  const ended = new Promise<undefined>((resolve) => {
    stop = () => {
      frame?.dispose();
      frame = undefined;
      resolve(undefined);
    };
  });
  const late = setTimeout(() => stop(), limit);
  try {
    const svg = await Promise.race([ended, drawInFrame(id, source)]);
    if (id !== lastId) return;
    if (svg === undefined) showStopped();
    else show(svg);
  } catch (error) {
    if (id === lastId) complain(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(slow);
    clearTimeout(late);
    if (id === lastId) {
      coming.hidden = true;
      stop = () => {};
    }
    post({ type: 'done', id });
  }
}

async function drawInFrame(id: number, source: string): Promise<string> {
  frame ??= createDrawingFrame(loadScripts());
  const { svg, error } = await frame.draw({
    id,
    source,
    configuration: {
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      ...mermaidTheme(),
    },
  });
  if (svg === undefined) throw new Error(error);
  return svg;
}

/** The sandboxed frame has no origin, so it cannot load them itself. */
async function loadScripts(): Promise<FrameScripts> {
  const { frame: frameAddress = '', mermaid: mermaidAddress = '' } = document.body.dataset;
  const [code, mermaid] = await Promise.all(
    [frameAddress, mermaidAddress].map(async (address) => (await fetch(address)).text()),
  );
  // The first script may be VS Code's own, without a nonce.
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  return { frame: code ?? '', mermaid: mermaid ?? '', nonce };
}

function show(svg: string): void {
  const drawn = toDrawing(svg);
  if (drawn) drawing.replaceChildren(drawn);
  else complain(problem.dataset.tooLarge ?? '');
}

function showStopped(): void {
  drawing.replaceChildren();
  problem.hidden = true;
  stopped.hidden = false;
  toggle.hidden = true;
  showSource(true);
}

function showSource(shown: boolean): void {
  written.hidden = !shown;
  drawing.hidden = shown;
  toggle.setAttribute('aria-pressed', String(shown));
}

function complain(message: string): void {
  const title = document.createElement('strong');
  title.textContent = problem.dataset.title ?? '';
  const detail = document.createElement('pre');
  detail.textContent = message;
  problem.replaceChildren(title, detail);
  problem.hidden = false;
  drawing.replaceChildren();
}

/** The page itself lays out the drawing: larger ones would block it. */
const maxElements = 20_000;
const maxLength = 5_000_000;

/**
 * The SVG as an element without anything that opens, loads or runs something. It is parsed as XML, not as HTML. `undefined`
 * when it is too large. Throws when it is no SVG.
 */
function toDrawing(svg: string): Element | undefined {
  if (svg.length > maxLength) return undefined;
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed.localName !== 'svg') throw new Error(parsed.textContent ?? '');
  if (parsed.getElementsByTagName('*').length > maxElements) return undefined;
  for (const foreign of parsed.querySelectorAll('script, foreignObject, image, use[href^="http"]'))
    foreign.remove();
  for (const link of parsed.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  return document.importNode(parsed, true);
}

/** The part of Mermaid's configuration that gives a drawing the editor's colours: light, dark or high contrast. */
function mermaidTheme(): Record<string, unknown> {
  const style = getComputedStyle(document.body);
  const colour = (name: string, fallback: string): string =>
    hex(style.getPropertyValue(`--vscode-${name}`).trim()) ?? fallback;
  const dark = document.body.matches('.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)');
  const background = colour('editor-background', dark ? '#1e1e1e' : '#ffffff');
  const text = colour('editor-foreground', dark ? '#d4d4d4' : '#333333');
  const line = colour('contrastBorder', colour('descriptionForeground', text));
  const raised = colour('editorWidget-background', background);
  return {
    theme: 'base',
    fontFamily: style.getPropertyValue('--vscode-font-family') || 'sans-serif',
    themeVariables: {
      darkMode: dark,
      background,
      mainBkg: raised,
      primaryColor: raised,
      primaryTextColor: text,
      primaryBorderColor: line,
      secondaryColor: raised,
      tertiaryColor: background,
      lineColor: line,
      textColor: text,
      noteBkgColor: raised,
      noteTextColor: text,
      edgeLabelBackground: background,
    },
  };
}

/** Mermaid needs opaque colours: drops the alpha channel. */
function hex(colour: string): string | undefined {
  return /^#[0-9a-f]{6}/i.exec(colour)?.[0];
}
