/** The limit: text alone, a `div` per line in groups that the browser skips when they are out of sight. */

import type { Renderer } from './renderer.ts';

const linesPerGroup = 64;

export function create(target: HTMLElement): Renderer {
  let group: HTMLElement | undefined;
  let line: Text | undefined;
  const startLine = (): Text => {
    if (!group || group.childElementCount >= linesPerGroup) {
      group = document.createElement('div');
      group.className = 'plain-group';
      target.append(group);
    }
    const box = document.createElement('div');
    const text = document.createTextNode('');
    box.append(text);
    group.append(box);
    return text;
  };
  return {
    append(text) {
      for (const [index, part] of text.split('\n').entries()) {
        if (index > 0 || !line) line = startLine();
        line.appendData(part);
      }
    },
    finish() {},
  };
}
