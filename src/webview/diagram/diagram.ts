/** The page of diagrams: draws Mermaid source in the editor's colours, says what is wrong with it, and shows it. */

import type { DiagramMessage } from '../../core/diagramMessage.ts';
import { mermaidTheme } from './theme.ts';

/** What this page uses of Mermaid, whose script stands before this one. */
interface Mermaid {
  initialize(configuration: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
}

declare const mermaid: Mermaid;
declare function acquireVsCodeApi(): { postMessage(message: 'ready'): void };

const part = (selector: string): HTMLElement =>
  document.querySelector<HTMLElement>(selector) ?? document.body;
const drawing = part('.drawing');
const written = part('.source');
const problem = part('.problem');
const toggle = part('header button');
let source = '';
let drawn = 0;

toggle.addEventListener('click', () => {
  written.hidden = !written.hidden;
  drawing.hidden = !written.hidden;
  toggle.setAttribute('aria-pressed', String(!written.hidden));
});
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isDiagram(data)) return;
  source = data.source;
  written.textContent = source;
  void draw();
});
// VS Code tells a change of theme by the class of the body.
new MutationObserver(() => void draw()).observe(document.body, { attributeFilter: ['class'] });
acquireVsCodeApi().postMessage('ready');

async function draw(): Promise<void> {
  if (source === '') return;
  const turn = ++drawn;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    ...mermaidTheme(),
  });
  try {
    const { svg } = await mermaid.render(`diagram-${turn}`, source);
    if (turn === drawn) show(svg);
  } catch (error) {
    if (turn === drawn) complain(error instanceof Error ? error.message : String(error));
  }
}

/** Parsed as XML, not as HTML: what is no drawing does not get in. Throws when it is none. */
function show(svg: string): void {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (parsed.localName !== 'svg') throw new Error(parsed.textContent ?? '');
  for (const foreign of parsed.querySelectorAll('script, foreignObject, image, use[href^="http"]'))
    foreign.remove();
  // A drawing opens nothing.
  for (const link of parsed.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  problem.hidden = true;
  drawing.replaceChildren(document.importNode(parsed, true));
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

function isDiagram(data: unknown): data is DiagramMessage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'diagram' &&
    'source' in data &&
    typeof data.source === 'string'
  );
}
