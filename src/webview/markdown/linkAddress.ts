/** Says where a link really leads: in its tooltip, and in words when its text looks like another address. */

/** The tooltip: the address first, so that no title can pass for it. */
export function addressTitle(href: string, title: string | undefined): string {
  return title ? `${href}\n${title}` : href;
}

/** What to show after a link whose text is an address on another host: the host it leads to. */
export function misleadingHost(text: string, href: string): string | undefined {
  const written = hostOf(text);
  if (written === undefined) return undefined;
  const real = URL.canParse(href) ? new URL(href) : undefined;
  // An address without a host, such as `mailto:`, is shown as it is.
  const host = real?.host || href.replace(/\?.*/s, '');
  return withoutWww(host) === withoutWww(written) ? undefined : host;
}

/** Words that are read as an address: with a scheme, with `www.`, or with one of the best known endings. */
const looksLikeAddress =
  /^(?:https?:\/\/|www\.)\S+$|^(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|cn|gov|edu|io|dev|app|ai)(?:[/:?#]\S*)?$/iu;

function hostOf(text: string): string | undefined {
  const words = text.trim().replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '');
  if (!looksLikeAddress.test(words)) return undefined;
  const address = /^https?:/i.test(words) ? words : `https://${words}`;
  return URL.canParse(address) ? new URL(address).host : undefined;
}

function withoutWww(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
