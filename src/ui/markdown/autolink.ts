/** Makes links of bare addresses as GitHub's specification says; Chinese punctuation also ends them. */

import type { MarkdownIt, StateInline } from 'markdown-it';

/** Text that follows an address without a space in Chinese and Japanese writing. */
const cjkPunctuation =
  '\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65\\u2018-\\u201d\\u2026';
const cjkLetters = '\\u2e80-\\u2fff\\u3040-\\u9fff\\uac00-\\ud7ff\\uf900-\\ufaff';
const domain = new RegExp(`[^\\s!-,/:-@\\[-^\`{-~${cjkPunctuation}${cjkLetters}]+`, 'y');
const path = new RegExp(`[/?#:][^\\s<${cjkPunctuation}]*|`, 'y');
const mayPrecedeWww = new RegExp(`[\\s*_~(${cjkPunctuation}${cjkLetters}]$`);
const textStop = /[\n!#$%&*+\-:<=>@[\]\\^_`{}~]|www\./gi;
/** A local part has at most 64 characters (RFC 5321, 4.5.3.1.1) and starts where its characters do: one try per run. */
const mailbox = '[A-Za-z0-9.+_-]{1,64}@[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)+';
const email = new RegExp(
  `(?<![A-Za-z0-9.+_-])(?:xmpp:${mailbox}(?:/[A-Za-z0-9@.]*[A-Za-z0-9@])?|(?:mailto:)?${mailbox})`,
  'g',
);

/** Teaches the parser `http://…`, `https://…` and `www.…`. */
export function useAutolinks(markdown: MarkdownIt): void {
  markdown.inline.ruler.at('text', readText);
  markdown.inline.ruler.before('text', 'autolink_www', readWww);
  markdown.inline.ruler.after('text', 'autolink_http', readHttp);
}

/** Splits a text at the mail and XMPP addresses in it; each second member is one. */
export function splitEmails(text: string): string[] {
  if (!text.includes('@')) return [text];
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(email)) {
    if (/[-_]$/.test(match[0])) continue;
    parts.push(text.slice(end, match.index), match[0]);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** markdown-it's own rule runs past `www.`; this one stops there. */
function readText(state: StateInline, silent: boolean): boolean {
  textStop.lastIndex = state.pos;
  const stop = textStop.exec(state.src);
  let end = Math.min(stop?.index ?? state.posMax, state.posMax);
  // A `www.` that is no link is ordinary text.
  if (end === state.pos && stop?.[0].length === 4) end += 1;
  if (end === state.pos) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

function readWww(state: StateInline, silent: boolean): boolean {
  if (silent || state.linkLevel > 0 || !/^www\./i.test(state.src.slice(state.pos, state.pos + 4)))
    return false;
  if (state.pos > 0 && !mayPrecedeWww.test(state.src.slice(state.pos - 1, state.pos))) return false;
  const end = addressEnd(state, state.pos);
  if (end < state.pos + 5) return false;
  const text = state.src.slice(state.pos, end);
  pushLink(state, text, `http://${text}`);
  state.pos = end;
  return true;
}

function readHttp(state: StateInline, silent: boolean): boolean {
  if (silent || state.linkLevel > 0 || !state.src.startsWith('://', state.pos)) return false;
  const scheme = /(?<![a-z])https?$/i.exec(state.pending.slice(-6))?.[0];
  if (scheme === undefined) return false;
  const end = addressEnd(state, state.pos + 3);
  if (end < 0) return false;
  const text = scheme + state.src.slice(state.pos, end);
  state.pending = state.pending.slice(0, -scheme.length);
  pushLink(state, text, text);
  state.pos = end;
  return true;
}

/** Where the address whose domain starts at `start` ends, or -1 when there is no domain. */
function addressEnd(state: StateInline, start: number): number {
  const text = state.src.slice(0, state.posMax);
  domain.lastIndex = start;
  const host = domain.exec(text)?.[0];
  if (host === undefined || !/[^.]/.test(host)) return -1;
  if (
    host
      .split('.')
      .slice(-2)
      .some((segment) => segment.includes('_'))
  )
    return -1;
  path.lastIndex = start + host.length;
  const rest = path.exec(text)?.[0] ?? '';
  return start + trimEnd(host + rest).length;
}

/** Takes away what GitHub does not count to an address: closing punctuation, unmatched `)`, an entity. */
function trimEnd(address: string): string {
  let surplus = count(address, ')') - count(address, '(');
  let end = address.length;
  for (;;) {
    const last = address.charAt(end - 1);
    const entity = last === ';' ? entityStart(address, end - 1) : -1;
    if (entity >= 0) end = entity;
    else if (last !== '' && '?!.,:*_~\'"'.includes(last)) end--;
    else if (last === ')' && surplus > 0) {
      end--;
      surplus--;
    } else return address.slice(0, end);
  }
}

/** Where the `&` of an entity stands whose `;` is at `semicolon`, or -1. */
function entityStart(address: string, semicolon: number): number {
  let start = semicolon - 1;
  while (/[A-Za-z0-9]/.test(address.charAt(start))) start--;
  return start < semicolon - 1 && address.charAt(start) === '&' ? start : -1;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function pushLink(state: StateInline, text: string, address: string): void {
  state.push('link_open', 'a', 1).attrs = [['href', state.md.normalizeLink(address)]];
  state.push('text', '', 0).content = text;
  state.push('link_close', 'a', -1);
}
