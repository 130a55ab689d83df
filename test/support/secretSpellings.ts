/** How a secret may be written by whoever echoes it, and how a text is searched for it in all these ways. */

const unicode = (text: string, digits: (hex: string) => string): string =>
  Array.from(text, (character) =>
    /[a-z0-9]/i.test(character)
      ? character
      : `\\u${digits(character.charCodeAt(0).toString(16).padStart(4, '0'))}`,
  ).join('');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const percent = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** ASCII secrets only. */
export const spellings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'other case': (secret) => (secret === secret.toUpperCase() ? secret.toLowerCase() : secret.toUpperCase()),
  base64: (secret) => Buffer.from(`x${secret}y`).toString('base64'),
  'percent, small letters': percent,
  'escaped slash': (secret) => json(secret).replaceAll('/', '\\/'),
  'percent, where needed': encodeURIComponent,
  'percent, twice': (secret) => encodeURIComponent(percent(secret)),
  form: (secret) => new URLSearchParams({ '': secret }).toString().slice(1),
  'percent, some': (secret) => `${percent(secret.slice(0, 3)).toUpperCase()}${secret.slice(3)}`,
  'JSON escapes': (secret) => unicode(secret, (hex) => hex),
  'JSON escapes, capitals': (secret) => unicode(secret, (hex) => hex.toUpperCase()),
  'JSON in JSON': (secret) => json(json(secret)),
  'JSON escapes in JSON': (secret) => json(unicode(secret, (hex) => hex)),
  'base64, first': (secret) => Buffer.from(secret).toString('base64'),
  'base64, third': (secret) => Buffer.from(`xy${secret}`).toString('base64'),
  'base64, for addresses': (secret) => Buffer.from(`\u00ff${secret}`).toString('base64url'),
  HTML: (secret) =>
    secret.replace(/[&<>"'/]/g, (character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`),
  'HTML, decimal': (secret) => secret.replace(/[^a-z0-9]/gi, (character) => `&#${character.charCodeAt(0)};`),
};

const decoders: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) =>
    text.replace(/(%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString()),
  (text) =>
    text
      .replace(/%25/g, '%')
      .replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  (text) => text.replaceAll('+', ' '),
  unescapeJson,
  (text) => unescapeJson(unescapeJson(text)),
  (text) =>
    text
      .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
      .replace(/&#(\d+);/g, (_, digits) => String.fromCharCode(Number(digits))),
];

function unescapeJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(["\\/]))/gi, (_, hex, character) =>
    hex === undefined ? character : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** By decoding the text in every way, which is the other way round than the product looks for secrets. */
export function holdsSecret(text: string, secret: string): boolean {
  const sought = secret.toLowerCase();
  const runs = (text.match(/[\w+/-]{8,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1')),
  );
  return (
    decoders.some((decode) => decode(text).toLowerCase().includes(sought)) ||
    runs.some((run) => run.toLowerCase().includes(sought))
  );
}
