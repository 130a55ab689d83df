/** Runs in the page: feeds a renderer one piece per frame, at the end of a scrolled column, and times each frame. */

import type { Renderer, Run, RunOptions } from './renderer.ts';

/** Feeds `create`'s renderer; the column is gone afterwards. */
export async function run(
  create: (target: HTMLElement) => Renderer,
  { prefill, text, charactersPerFrame, budgetMs }: RunOptions,
): Promise<Run> {
  const scroller = document.createElement('div');
  scroller.className = 'scroller';
  const target = document.createElement('div');
  target.className = 'markdown';
  scroller.append(target);
  document.body.append(scroller);
  const renderer = create(target);
  if (prefill) await frame(() => renderer.append(prefill));
  const frames: number[] = [];
  let spent = 0;
  for (let start = 0; start < text.length && spent < budgetMs; start += charactersPerFrame) {
    const piece = text.slice(start, start + charactersPerFrame);
    const cost = await frame(() => {
      renderer.append(piece);
      scroller.scrollTop = scroller.scrollHeight;
    });
    frames.push(cost);
    spent += cost;
  }
  await frame(() => renderer.finish());
  // Colours come when the browser is idle, as they do in the panel.
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2000 }));
  renderer.close?.();
  scroller.remove();
  return { frames };
}

/** From the start of `work` until the frame is painted: script, style, layout and paint. */
function frame(work: () => void): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const start = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now() - start);
      };
      work();
      // Taken up only after this frame was painted.
      port2.postMessage(undefined);
    });
  });
}
