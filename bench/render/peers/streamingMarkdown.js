/** streaming-markdown: never looks back, so it is quick and reads much of Markdown wrongly. */

import * as smd from 'streaming-markdown';

/** @param {HTMLElement} target */
export function create(target) {
  const parser = smd.parser(smd.default_renderer(target));
  return {
    /** @param {string} more */
    append: (more) => smd.parser_write(parser, more),
    finish: () => smd.parser_end(parser),
  };
}
