/** Finds a request's secrets, and masks secrets in addresses, headers and values. */

import { secretMask } from '../../llm/exchangeObserver.ts';
import type { NetworkOptions } from '../connection.ts';
import { hideSecrets } from './secretFilter.ts';
import { noSecrets, SecretSet } from './secretSet.ts';

const secretName =
  /auth(?!or(?!iz))|token|secret|cookie|passw|signature|credential|(^|[-_])(api|access|app)?-?_?key($|[-_])/i;
/** Token counts and cache keys are no secrets: in responses only these names count. */
const secretResponseName =
  /^(set-cookie|.*authorization|.*(access|auth|session|security|refresh)[-_]?token)$/i;

interface Sent {
  url: string;
  headers: Readonly<Record<string, string>>;
}

/** The request's credentials: headers and parameters by name, and the address's password. */
export function secretsOfRequest({ url: address, headers }: Sent): string[] {
  const values = Object.entries(headers).flatMap(([name, value]) =>
    secretName.test(name) ? secretsOfHeader(value) : [],
  );
  const url = URL.parse(address);
  if (!url) return values;
  const parameters = [...url.searchParams].filter(([name]) => isSecretParameter(name));
  return [...values, ...parameters.map(([, value]) => value), decodeText(url.password)].filter(Boolean);
}

/** The proxy's passwords. */
export function secretsOfNetwork({ proxyUrl = '', proxyAuthorization = '' }: NetworkOptions = {}): string[] {
  const password = URL.parse(proxyUrl)?.password ?? '';
  return [password, decodeText(password), ...secretsOfHeader(proxyAuthorization)].filter(Boolean);
}

/**
 * The credentials behind the scheme: a key; for `Basic` also the password; for
 * `bce-auth-v1/{AK}/{time}/{seconds}/{headers}/{signature}` the signature (page "生成认证字符串"); the values of cookies.
 */
function secretsOfHeader(value: string): string[] {
  const [, scheme = '', rest = value] = /^\s*([\w-]+)\s+(\S.*)$/s.exec(value) ?? [];
  if (/^basic$/i.test(scheme)) {
    const pair = Buffer.from(rest, 'base64').toString();
    return [rest, pair, pair.slice(pair.indexOf(':') + 1)];
  }
  if (/^bce-auth-v\d+\//i.test(value)) return [value.slice(value.lastIndexOf('/') + 1)];
  const cookies = rest.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  return [rest, ...cookies];
}

/** Returns a function for the set of `list`'s current secrets; rebuilds it only when the list changes. */
export function followSecrets(list: () => readonly string[]): () => SecretSet {
  let known: readonly string[] = [];
  let set = noSecrets;
  return () => {
    const current = list();
    if (current.length !== known.length || current.some((secret, index) => secret !== known[index])) {
      known = [...current];
      set = new SecretSet(current);
    }
    return set;
  };
}

/** The value with secrets masked in every text, names of members included. For plain data. */
export function hideInValue<Value>(value: Value, secrets: SecretSet): Value;
export function hideInValue(value: unknown, secrets: SecretSet): unknown {
  if (typeof value === 'string') return hideSecrets(value, secrets);
  if (Array.isArray(value)) return value.map((item) => hideInValue(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [hideSecrets(name, secrets), hideInValue(member, secrets)]),
  );
}

/** Masks query parameters by name, user and password, and every known secret. */
export function hideInUrl(address: string, secrets: SecretSet): string {
  const url = URL.parse(address);
  if (!url) return hideSecrets(address, secrets);
  if (url.username) url.username = secretMask;
  if (url.password) url.password = secretMask;
  for (const name of [...url.searchParams.keys()])
    if (isSecretParameter(name)) url.searchParams.set(name, secretMask);
  return hideSecrets(url.href, secrets);
}

export function hideInRequestHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: SecretSet,
): Record<string, string> {
  return hideByName(headers, secretName, secrets);
}

export function hideInResponseHeaders(
  headers: ReadonlyMap<string, string>,
  secrets: SecretSet,
): Record<string, string> {
  return hideByName(Object.fromEntries(headers), secretResponseName, secrets);
}

function hideByName(
  headers: Readonly<Record<string, string>>,
  names: RegExp,
  secrets: SecretSet,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      hideSecrets(name, secrets),
      names.test(name)
        ? hideValue(value)
        : name === 'location'
          ? hideInUrl(value, secrets)
          : hideSecrets(value, secrets),
    ]),
  );
}

/** Keeps the scheme, which is no secret. */
function hideValue(value: string): string {
  const scheme = /^(Bearer|Basic) |^bce-auth-v\d+\//i.exec(value)?.[0] ?? '';
  return scheme + secretMask;
}

function isSecretParameter(name: string): boolean {
  return secretName.test(name) || /^client_id$/i.test(name);
}

/** A password may contain a percent sign that is no escape. */
function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
