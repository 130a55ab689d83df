/** Qiao's renderer as the panel uses it, with headers on code blocks and boxes around tables. */

import { createMarkdownStream } from '../../../src/ui/markdown/index.ts';
import type { Renderer } from './renderer.ts';

export function create(target: HTMLElement): Renderer {
  return createMarkdownStream(target, { tools: true });
}
