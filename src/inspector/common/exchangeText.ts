/** Writes an exchange as plain text, for the clipboard and for issues. */

import type { AttemptView, RecordView } from './inspectProtocol.ts';

/** The whole record: each attempt with its request, response and events, then the parts. */
export function recordText(record: RecordView): string {
  const attempts = record.attempts.map((attempt) =>
    [requestText(attempt), responseText(attempt), timelineText(attempt.events)].filter(Boolean).join('\n\n'),
  );
  return [`# ${record.title}`, ...attempts, timelineText(record.parts)].filter(Boolean).join('\n\n');
}

/** Request line, headers and body, as in HTTP. */
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

/** A line for each event or part: milliseconds since the start of the record, and the data. */
export function timelineText(entries: readonly { atMs: number; data: string }[]): string {
  return entries.map(({ atMs, data }) => `+${atMs} ms\t${data}`).join('\n');
}

/** JSON with line ends and indentation; anything else as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** `ms` in milliseconds; seconds from one second on. */
export function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** Of the text in UTF-8. */
export function formatSize(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}
