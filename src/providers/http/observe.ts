/** Stands between an exchange and who watches it: takes out the secrets, and keeps the watcher's faults to itself. */

import { type ExchangeObserver, hiddenText } from '../../llm/exchangeObserver.ts';
import { BodySecretFilter } from '../secrets/bodySecretFilter.ts';
import { hideSecrets } from '../secrets/secretFilter.ts';
import { SecretSet } from '../secrets/secretSet.ts';
import { hideInRequestHeaders, hideInResponseHeaders, hideInUrl, hideInValue } from '../secrets/secrets.ts';
import { parseJson } from '../sse/json.ts';
import type { HttpRequest, Witness } from './http.ts';

/** `secrets` is asked each time: a token may be issued meanwhile. Parts and errors must come without secrets. */
export function createWitness(observer: ExchangeObserver, secrets: () => SecretSet): Witness {
  let filter = new BodySecretFilter(secrets());
  let attempt = 0;
  const tell = (act: () => void): void => {
    try {
      act();
    } catch {
      // Watching changes nothing of what is watched.
    }
  };
  const flush = (): void => {
    const rest = filter.end();
    if (rest !== '') tell(() => observer.data?.(rest));
  };

  return {
    request(sent, purpose) {
      flush();
      if (purpose === 'answer') attempt++;
      const known = secrets();
      filter = new BodySecretFilter(known);
      const body = hideSecrets(sent.body ?? '', known);
      tell(() =>
        observer.request?.({
          purpose,
          attempt: purpose === 'answer' ? attempt : attempt + 1,
          method: sent.method ?? 'POST',
          url: hideInUrl(sent.url, known),
          headers: hideInRequestHeaders(onTheWire(sent), known),
          body,
          bodyChanged: body !== (sent.body ?? ''),
        }),
      );
    },
    response: (status, headers) =>
      tell(() => observer.response?.({ status, headers: hideInResponseHeaders(headers, secrets()) })),
    data(text) {
      const told = filter.feed(text);
      if (told !== '') tell(() => observer.data?.(told));
    },
    tokenData: (text) => tell(() => observer.data?.(hideTokens(text, secrets()))),
    part: (part) => tell(() => observer.part?.(part)),
    failure(failure) {
      flush();
      tell(() => observer.failure?.(failure));
    },
    wait: (wait) => tell(() => observer.wait?.(wait)),
    end(failure) {
      flush();
      tell(() => observer.end?.(failure));
    },
  };
}

/** With the headers that undici adds, where it adds them. */
function onTheWire({ url, headers, body }: HttpRequest): Record<string, string> {
  return {
    host: URL.parse(url)?.host ?? '',
    connection: 'keep-alive',
    ...headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
}

function hideTokens(text: string, secrets: SecretSet): string {
  const value: unknown = parseJson(text);
  if (typeof value !== 'object' || value === null) return hiddenText;
  const secret = /token|secret|key/i;
  const issued: string[] = [];
  const rest: unknown = JSON.parse(
    JSON.stringify(value, (name, member: unknown) => {
      if (!secret.test(name)) return member;
      if (typeof member === 'string') issued.push(member);
      return hiddenText;
    }),
  );
  // What was issued may stand in other members, too.
  return JSON.stringify(hideInValue(hideInValue(rest, secrets), new SecretSet(issued)));
}
