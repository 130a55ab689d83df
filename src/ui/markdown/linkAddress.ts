/** Shows where a link leads: in its tooltip, and after its text if that looks like another address. */

import { hasHidden, stripHidden } from '../../base/common/hiddenText.ts';
import { trimTrailing } from '../../base/common/trimTrailing.ts';
import { decodeHost } from './parser.ts';

/** The tooltip: the address first, so that no title can pass for it. */
export function addressTitle(href: string, title: string | undefined): string {
  return title ? `${href}\n${stripHidden(title)}` : href;
}

/**
 * What to show after a link that may be taken for another: the host it leads to, or its address when it has none. That
 * is a link whose words hold an address of another host, a path or hidden characters, or whose own address is made to
 * be misread: with a user before the host, or a host in letters that pass for others.
 */
export function misleadingHost(text: string, href: string): string | undefined {
  const target = targetOf(href);
  if (hasHidden(text) || target.deceptive) return target.shown;
  const words = readAsSeen(text).trim();
  if (looksLikePath.test(words)) return target.shown;
  return addressesIn(words).some((address) => !leadsTo(address, target)) ? target.shown : undefined;
}

interface Target {
  /** Without `www.`; empty for an address without a host. */
  host: string;
  /** In small letters: `a@b.example`; empty for other addresses than `mailto:`. */
  mailbox: string;
  /** What tells the user where the link leads. */
  shown: string;
  deceptive: boolean;
}

function targetOf(href: string): Target {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  const address = href.replace(/\?.*/s, '');
  if (!url?.host) {
    const mailbox = address.replace(/^mailto:/i, '').toLowerCase();
    return { host: '', mailbox, shown: address, deceptive: false };
  }
  return {
    host: comparable(url.host),
    mailbox: '',
    shown: url.host,
    deceptive: url.username !== '' || url.password !== '' || isMisreadable(url.hostname),
  };
}

const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}';
const plainLabel = new RegExp(`^(?:[a-z0-9-]+|[${cjk}0-9-]+)$`, 'u');

/** A host in other letters than a–z that may pass for them. Chinese, Japanese and Korean do not; mixed with a–z they may. */
function isMisreadable(host: string): boolean {
  if (!/(?:^|\.)xn--/.test(host)) return false;
  const labels = decodeHost(trimTrailing(host, '.')).split('.');
  return labels.some((label) => !plainLabel.test(label));
}

/** What a reader takes for dots, slashes, colons and hyphens becomes such, after Unicode's own compatible forms. */
function readAsSeen(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[。․‧·•∙⋅ꓸ۔ꞏ⸱⸳ᐧ\u0701\u0702]/g, '.')
    .replaceAll(/[\\∕⁄⧵⧸╱⟋]/g, '/')
    .replaceAll(/[꞉∶ː։\u05c3]/g, ':')
    .replaceAll(/\p{Dash_Punctuation}/gu, '-');
}

const looksLikePath = /^(?:~?\/|\.{1,2}\/|[a-z]:\/)\S+$/i;

const betweenScripts = new RegExp(`(?<=[${cjk}])(?=[a-z0-9])|(?<=[a-z0-9])(?=[${cjk}])`, 'giu');

/** The words that are read as an address. Chinese text touches what stands before and after it. */
function addressesIn(words: string): string[] {
  return words
    .replaceAll(betweenScripts, ' ')
    .split(/[\s<>()[\]{}"'“”‘’«»《》「」『』、,;!|`*]+/)
    .map((word) => trimTrailing(word, '.:'))
    .filter((word) => isWebAddress.test(word) || isMailbox(word) || startsWithHost(word));
}

const isWebAddress = /^(?:(?:[a-z][a-z0-9+.-]*:\/\/|(?:https?|ftp|mailto|file|vscode):)\/*[^/]|www\.[^.])/i;

function isMailbox(word: string): boolean {
  const at = word.lastIndexOf('@');
  return at > 0 && startsWithHost(word.slice(at + 1));
}

/** `bank.com`, `bank.com:80/login`, `127.0.0.1`, `localhost:3000`; no `Node.js`, `a.ts` or `1.2.3`. */
function startsWithHost(word: string): boolean {
  if (/^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?=[/:?#]|$)/i.test(word)) return true;
  const [host = ''] = /^[\p{L}\p{M}\p{N}._-]+(?=[/:?#@]|$)/u.exec(word) ?? [];
  const labels = trimTrailing(host, '.').toLowerCase().split('.');
  const ending = labels.length > 1 ? (labels.at(-1) ?? '') : '';
  // An ending in Cyrillic or Greek letters, or in phonetic ones, is one in disguise.
  return knownEndings.has(ending) || (/^[^\p{Script=Han}]{2,}$/u.test(ending) && /[^\0-\x7f]/.test(ending));
}

/** The best known ones that are no endings of files and no names in programs. */
const knownEndings: ReadonlySet<string> = new Set(
  'com org net cn gov edu io dev app ai uk de jp ru fr eu kr hk tw sg au ca br it nl co xyz top site online shop store tech cloud vip club 中国 公司 网络 网址 中國'.split(
    ' ',
  ),
);

/** Whether an address that was read leads where the link does. */
function leadsTo(word: string, { host, mailbox }: Target): boolean {
  const bare = word.replace(/^mailto:/i, '');
  if (mailbox !== '') return bare.toLowerCase() === mailbox;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\//i.test(bare);
  const address = hasScheme ? bare : `https://${bare.replace(/^[a-z]+:(?!\d)/i, '')}`;
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  // A mailbox names its host; anywhere else a user before the host is there to be taken for it.
  const deceptive = url.username !== '' && (hasScheme || startsWithHost(bare.slice(0, bare.indexOf('@'))));
  return /^https?:$/.test(url.protocol) && !deceptive && comparable(url.host) === host;
}

function comparable(host: string): string {
  return host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.(?=:|$)/, '');
}
