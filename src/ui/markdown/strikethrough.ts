/** Parses strikethrough as GitHub's specification says: one or two tildes, never three. */

import type { Delimiter, MarkdownIt, StateInline } from 'markdown-it';

const tilde = 0x7e;
/** Stands for `~~` in the list of delimiters, so that it never pairs with `~`. */
const twoTildes = 0x7e7e;

/** Puts this rule in the place of markdown-it's own, which knows `~~` only. */
export function useStrikethrough(markdown: MarkdownIt): void {
  markdown.inline.ruler.at('strikethrough', readTildes);
  markdown.inline.ruler2.at('strikethrough', (state) => {
    pairTildes(state, state.delimiters);
    for (const meta of state.tokens_meta) if (meta?.delimiters) pairTildes(state, meta.delimiters);
  });
}

function readTildes(state: StateInline, silent: boolean): boolean {
  if (silent || state.src.charCodeAt(state.pos) !== tilde) return false;
  // `5~10` is a range, not an opening mark: one tilde does not split words.
  const double = state.src.startsWith('~~', state.pos);
  const scanned = state.scanDelims(state.pos, double);
  state.push('text', '', 0).content = '~'.repeat(scanned.length);
  if (scanned.length <= 2) {
    state.delimiters.push({
      marker: double ? twoTildes : tilde,
      length: 0,
      token: state.tokens.length - 1,
      end: -1,
      open: scanned.can_open,
      close: scanned.can_close,
    });
  }
  state.pos += scanned.length;
  return true;
}

function pairTildes(state: StateInline, delimiters: readonly Delimiter[]): void {
  for (const opening of delimiters) {
    const closing = delimiters[opening.end];
    if (!closing || (opening.marker !== tilde && opening.marker !== twoTildes)) continue;
    mark(state, opening.token, 's_open', 1);
    mark(state, closing.token, 's_close', -1);
  }
}

function mark(state: StateInline, index: number, type: string, nesting: 1 | -1): void {
  const token = state.tokens[index];
  if (!token) return;
  token.type = type;
  token.tag = 'del';
  token.nesting = nesting;
  token.content = '';
}
