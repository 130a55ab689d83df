/** The page of diagrams: draws Mermaid source in the editor's colours, says what is wrong with it, stops it, and shows it. */

import type { DiagramMessage } from '../common/diagramMessage.ts';
import type { DiagramReply } from '../common/diagramMessageSchema.ts';
import { connectToHost } from '../webview/vscodeApi.ts';
import { toDrawing } from './drawing.ts';
import { createDrawingFrame, type DrawingFrame, type FrameScripts } from './drawingFrame.ts';
import { mermaidTheme } from './theme.ts';

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

/** Kept for the next drawing as long as it answers. */
let frame: DrawingFrame | undefined;
let lastId = 0;
let stop = (): void => {};

toggle.addEventListener('click', () => showSource(written.hidden !== false));
part('.coming button').addEventListener('click', () => stop());
part('.stopped button').addEventListener('click', () => post({ type: 'again' }));
// VS Code tells a change of theme by the class of the body.
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

/** The frame has no origin from which it could load them itself. */
async function loadScripts(): Promise<FrameScripts> {
  const { frame: frameAddress = '', mermaid: mermaidAddress = '' } = document.body.dataset;
  const [code, mermaid] = await Promise.all(
    [frameAddress, mermaidAddress].map(async (address) => (await fetch(address)).text()),
  );
  // VS Code puts a script of its own before the page's.
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
