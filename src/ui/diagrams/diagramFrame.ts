/** The script of the sandboxed frame: draws Mermaid source that the diagram page sends. */

import type { FrameReply, FrameRequest } from './drawingFrame.ts';

declare const mermaid: {
  initialize(configuration: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
};

window.addEventListener('message', ({ data, source }: MessageEvent<FrameRequest>) => {
  if (source === window.parent) void answer(data);
});

async function answer({ script, id, source, configuration }: FrameRequest): Promise<void> {
  try {
    if (script !== undefined) run(script);
    mermaid.initialize(configuration);
    reply({ id, svg: (await mermaid.render(`diagram-${id}`, source)).svg });
  } catch (error) {
    reply({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function run(script: string): void {
  const element = document.createElement('script');
  element.nonce = document.querySelector('script')?.nonce ?? '';
  element.textContent = script;
  document.head.append(element);
}

/** The frame has no origin to name as target; the page checks the sender. */
function reply(message: FrameReply): void {
  window.parent.postMessage(message, '*');
}
