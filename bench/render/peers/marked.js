/** The usual way: the whole answer to HTML, sanitised, and put in place of what was there, each frame. */

import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** @param {HTMLElement} target */
export function create(target) {
  let text = '';
  return {
    /** @param {string} more */
    append(more) {
      text += more;
      target.innerHTML = DOMPurify.sanitize(marked.parse(text, { async: false }));
    },
    finish() {},
  };
}
