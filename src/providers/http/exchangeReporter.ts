/** Reports an exchange to its observer: masks secrets and ignores the observer's exceptions. */

import { type ExchangeObserver, secretMask } from '../../llm/exchangeObserver.ts';
import { BodySecretFilter } from '../secrets/bodySecretFilter.ts';
import { hideSecrets } from '../secrets/secretFilter.ts';
import { SecretSet } from '../secrets/secretSet.ts';
import { hideInRequestHeaders, hideInResponseHeaders, hideInUrl, hideInValue } from '../secrets/secrets.ts';
import { parseJson } from '../sse/json.ts';
import type { ExchangeReporter, HttpRequest } from './http.ts';

/** `secrets` is called each time, since a token may be issued meanwhile. Parts and errors must come without secrets. */
export function createReporter(observer: ExchangeObserver, secrets: () => SecretSet): ExchangeReporter {
  let filter = new BodySecretFilter(secrets());
  let attempt = 0;
  const notify = (act: () => void): void => {
    try {
      act();
    } catch {
      // An observer's exception must not affect the exchange.
    }
  };
  const flush = (): void => {
    const rest = filter.end();
    if (rest !== '') notify(() => observer.data?.(rest));
  };

  return {
    request(sent, purpose) {
      flush();
      if (purpose === 'answer') attempt++;
      const known = secrets();
      filter = new BodySecretFilter(known);
      const body = hideSecrets(sent.body ?? '', known);
      notify(() =>
        observer.request?.({
          purpose,
          attempt: purpose === 'answer' ? attempt : attempt + 1,
          method: sent.method ?? 'POST',
          url: hideInUrl(sent.url, known),
          headers: hideInRequestHeaders(withTransportHeaders(sent), known),
          body,
          bodyChanged: body !== (sent.body ?? ''),
        }),
      );
    },
    response: (status, headers) =>
      notify(() => observer.response?.({ status, headers: hideInResponseHeaders(headers, secrets()) })),
    data(text) {
      const masked = filter.feed(text);
      if (masked !== '') notify(() => observer.data?.(masked));
    },
    tokenData: (text) => notify(() => observer.data?.(hideTokens(text, secrets()))),
    part: (part) => notify(() => observer.part?.(part)),
    failure(failure) {
      flush();
      notify(() => observer.failure?.(failure));
    },
    wait: (wait) => notify(() => observer.wait?.(wait)),
    end(failure) {
      flush();
      notify(() => observer.end?.(failure));
    },
  };
}

/** Adds the headers that undici sends, in its order. */
function withTransportHeaders({ url, headers, body }: HttpRequest): Record<string, string> {
  return {
    host: URL.parse(url)?.host ?? '',
    connection: 'keep-alive',
    ...headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
}

function hideTokens(text: string, secrets: SecretSet): string {
  const value: unknown = parseJson(text);
  if (typeof value !== 'object' || value === null) return secretMask;
  const secret = /token|secret|key/i;
  const issued: string[] = [];
  const rest: unknown = JSON.parse(
    JSON.stringify(value, (name, member: unknown) => {
      if (!secret.test(name)) return member;
      if (typeof member === 'string') issued.push(member);
      return secretMask;
    }),
  );
  // Issued tokens may occur in other members, too.
  return JSON.stringify(hideInValue(hideInValue(rest, secrets), new SecretSet(issued)));
}
