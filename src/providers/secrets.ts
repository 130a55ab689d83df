/** Takes secrets out of texts, addresses and headers. */

import { hiddenText } from '../core/exchangeObserver.ts';

/** Shorter ones would be found everywhere. */
const shortestSecret = 4;

/** Every form in which the secrets can stand on the wire, the longest first. */
export function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets
    .filter(({ length }) => length >= shortestSecret)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
    ]);
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

export function hideSecrets(text: string, forms: readonly string[]): string {
  return forms.reduce((rest, form) => rest.replaceAll(form, hiddenText), text);
}

export interface SecretFilter {
  /** What can be told of the text so far; a tail that may be the beginning of a secret waits for what follows. */
  feed(text: string, forms: readonly string[]): string;
  /** What still waited. */
  end(): string;
}

/** For texts that come in slices, since a secret may be cut in two. */
export function createSecretFilter(): SecretFilter {
  let waiting = '';
  return {
    feed(text, forms) {
      const hidden = hideSecrets(waiting + text, forms);
      const held = Math.max(0, ...forms.map((form) => overlap(hidden, form)));
      waiting = held > 0 ? hidden.slice(-held) : '';
      return held > 0 ? hidden.slice(0, -held) : hidden;
    },
    end() {
      const rest = waiting;
      waiting = '';
      return rest;
    },
  };
}

/** Length of the longest end of `text` that begins `form` without being all of it. */
function overlap(text: string, form: string): number {
  for (let length = Math.min(text.length, form.length - 1); length > 0; length--) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

const secretName =
  /auth|token|secret|cookie|passw|signature|credential|(^|[-_])(api|access|app)?-?_?key($|[-_])/i;
/** Counts of tokens and keys of caches are no secrets: what a response tells is known by whole names. */
const secretResponseName =
  /^(set-cookie|.*authorization|.*(access|auth|session|security|refresh)[-_]?token)$/i;

/** Parameters of the query by name, user and password, and whatever else is a known secret. */
export function hideInUrl(address: string, forms: readonly string[]): string {
  const url = URL.parse(address);
  if (!url) return hideSecrets(address, forms);
  if (url.username) url.username = hiddenText;
  if (url.password) url.password = hiddenText;
  for (const name of [...url.searchParams.keys()]) {
    if (secretName.test(name) || /^client_id$/i.test(name)) url.searchParams.set(name, hiddenText);
  }
  return hideSecrets(url.href, forms);
}

export function hideInRequestHeaders(
  headers: Readonly<Record<string, string>>,
  forms: readonly string[],
): Record<string, string> {
  return hideByName(headers, secretName, forms);
}

export function hideInResponseHeaders(
  headers: ReadonlyMap<string, string>,
  forms: readonly string[],
): Record<string, string> {
  return hideByName(Object.fromEntries(headers), secretResponseName, forms);
}

function hideByName(
  headers: Readonly<Record<string, string>>,
  names: RegExp,
  forms: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      names.test(name)
        ? hideValue(value)
        : name === 'location'
          ? hideInUrl(value, forms)
          : hideSecrets(value, forms),
    ]),
  );
}

/** The scheme says how a request proves who it is, and is no secret. */
function hideValue(value: string): string {
  const scheme = /^(Bearer|Basic) |^bce-auth-v\d+\//i.exec(value)?.[0] ?? '';
  return scheme + hiddenText;
}
