/** The script of the frame in which Mermaid draws; it knows nothing but the page around it. */

import type { FrameReply, FrameRequest } from './frameMessage.ts';

/** What is used of Mermaid. */
interface Mermaid {
  initialize(configuration: Record<string, unknown>): void;
  render(id: string, source: string): Promise<{ svg: string }>;
}

declare const mermaid: Mermaid;

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

/** A frame without an origin can name none; the page knows the frame it hears. */
function reply(message: FrameReply): void {
  window.parent.postMessage(message, '*');
}
