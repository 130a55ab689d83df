/** An exchange as plain text, as a person would paste it into an issue. */

import type { AttemptView, RecordView } from './inspectProtocol.ts';

/** Everything: each try with its request, response and events, then the parts. */
export function recordText(record: RecordView): string {
  const attempts = record.attempts.map((attempt) =>
    [requestText(attempt), responseText(attempt), eventsText(attempt)].filter(Boolean).join('\n\n'),
  );
  return [`# ${record.title}`, ...attempts, partsText(record)].filter(Boolean).join('\n\n');
}

/** As it stands in HTTP: request line, headers, body. */
export function requestText({ request }: AttemptView): string {
  if (!request) return '';
  return `${request.method} ${request.url}\n${headersText(request.headers)}\n\n${request.body}`.trimEnd();
}

export function responseText({ response, text }: AttemptView): string {
  const head = response ? `HTTP ${response.status}\n${headersText(response.headers)}\n\n` : '';
  return `${head}${text}`.trimEnd();
}

export function headersText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** A line for each event: milliseconds after the request was recorded, and the data. */
export function eventsText({ events }: AttemptView): string {
  return events.map(({ atMs, data }) => `+${atMs} ms\t${data}`).join('\n');
}

export function partsText({ parts }: RecordView): string {
  return parts.map(({ atMs, data }) => `+${atMs} ms\t${data}`).join('\n');
}

/** JSON with line ends and indentation; anything else as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
