/** Parses the few HTML tags that models use in Markdown: line breaks, sub- and superscript, keys. */

import type { MarkdownIt, StateInline } from 'markdown-it';

/** Without attributes, in any case. */
const breakTag = /<br\s{0,3}\/?>/iy;
const openingTag = /<(sub|sup|kbd)>/iy;

/** Longer texts are no key and no index. In UTF-16 units. */
const longest = 1000;

/** Teaches the parser these tags; a pair that is not closed in its text stays letters, as all other HTML does. */
export function useTags(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('autolink', 'tags', readTag);
}

function readTag(state: StateInline, silent: boolean): boolean {
  const start = state.pos;
  if (state.src[start] !== '<') return false;
  breakTag.lastIndex = start;
  if (breakTag.test(state.src) && breakTag.lastIndex <= state.posMax) {
    if (!silent) state.push('line_break', 'br', 0);
    state.pos = breakTag.lastIndex;
    return true;
  }
  openingTag.lastIndex = start;
  const name = openingTag.exec(state.src)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  const from = openingTag.lastIndex;
  const text = state.src.slice(from, Math.min(state.posMax, from + longest)).toLowerCase();
  const length = text.indexOf(`</${name}>`);
  // One in the other of the same name would end with it; a tag in code is code.
  const inside = text.slice(0, Math.max(length, 0));
  if (length === -1 || inside.includes(`<${name}>`) || inside.split('`').length % 2 === 0) return false;
  const end = from + length;
  if (!silent) {
    const last = state.posMax;
    state.push('tag_open', name, 1);
    state.pos = from;
    state.posMax = end;
    state.md.inline.tokenize(state);
    state.posMax = last;
    state.push('tag_close', name, -1);
  }
  state.pos = end + `</${name}>`.length;
  return true;
}
