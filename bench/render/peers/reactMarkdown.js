/** react-markdown with GitHub's extensions: the whole answer each frame, React changes what differs. */

import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

const remarkPlugins = [remarkGfm];

/** @param {HTMLElement} target */
export function create(target) {
  const root = createRoot(target);
  let text = '';
  return {
    /** @param {string} more */
    append(more) {
      text += more;
      flushSync(() => root.render(createElement(Markdown, { remarkPlugins }, text)));
    },
    finish() {},
    close: () => root.unmount(),
  };
}
