/** One record in the page: its facts and buttons, and sections for request, response, events and parts. */

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { icon, iconButton, showCopied } from '../../ui/webview/dom.ts';
import { markedText } from '../../ui/webview/hiddenMarks.ts';
import {
  formatMs,
  formatSize,
  headersText,
  prettyJson,
  recordText,
  requestText,
  responseText,
  timelineText,
} from '../common/exchangeText.ts';
import type { AttemptView, EventView, InspectRequest, RecordView } from '../common/inspectProtocol.ts';
import { attemptList, defaultAttempt } from './attemptList.ts';
import { createLongList, type LongList, type LongListOptions } from './longList.ts';
import { createReplayEditor } from './replayEditor.ts';

type SectionName = 'attempts' | 'request' | 'response' | 'events' | 'parts';

export interface RecordContext {
  replaying: boolean;
  post(message: InspectRequest): void;
  /** Called when the record shows another attempt. */
  onDraw(): void;
}

export interface RecordElement {
  readonly element: HTMLElement;
  /** Lists whose rows are searched as data, because only visible rows are in the page. */
  lists(): readonly { texts: readonly string[]; list: LongList }[];
  update(record: RecordView, context: RecordContext): void;
}

/** How much of a body is rendered, in UTF-16 units. */
const shownBody = 200_000;

export function createRecordElement(first: RecordView, firstContext: RecordContext): RecordElement {
  const element = document.createElement('article');
  let record = first;
  let context = firstContext;
  /** The attempt the user chose, if any. */
  let chosen: number | undefined;
  let lists: { texts: readonly string[]; list: LongList }[] = [];
  /** Lists are reused between draws and keep their selection. */
  let known = new Map<string, LongList>();
  let next = new Map<string, LongList>();
  const editor = createReplayEditor((body) => context.post({ type: 'replay', number: record.number, body }));

  function draw(): void {
    const index = chosen ?? defaultAttempt(record);
    const attempt = record.attempts[index];
    lists = [];
    next = new Map();
    element.setAttribute('aria-label', record.title);
    render(
      html`<h1>${record.title}</h1>
        <p class="facts">${facts(record)}</p>
        ${record.failureTitle && !wasStopped(record) ? html`<p class="problem">${icon('error')}<span>${failureText(record)}</span></p>` : nothing}
        ${record.cut ? html`<p class="problem">${icon('warning')}<span>${l10n.t('The answer was longer than what is kept of it: the rest is not shown.')}</span></p>` : nothing}
        ${tools()}
        ${editor.element}
        ${record.attempts.length > 1 ? section('attempts', attemptList(record, { index, choose: chooseAttempt })) : nothing}
        ${attempt?.request ? section('request', requestPart(attempt), () => requestText(attempt)) : nothing}
        ${attempt ? section('response', responsePart(attempt), () => responseText(attempt)) : nothing}
        ${attempt ? section('events', eventsPart(attempt), () => timelineText(attempt.events)) : nothing}
        ${section('parts', partsPart(), () => timelineText(record.parts))}`,
      element,
    );
    known = next;
  }

  /** Records only grow, so a list of the same length is the same list. */
  function listOf(name: string, options: LongListOptions, texts: readonly string[]): HTMLElement {
    const key = `${name} ${chosen ?? defaultAttempt(record)} ${options.count}`;
    const list = known.get(key) ?? createLongList(options);
    next.set(key, list);
    lists.push({ list, texts });
    return list.element;
  }

  function chooseAttempt(index: number): void {
    chosen = index;
    draw();
    context.onDraw();
  }

  function tools(): TemplateResult {
    const { replaying, post } = context;
    const off = replaying || record.noReplay !== undefined;
    const body = record.attempts.findLast(({ request }) => request?.purpose !== 'token')?.request?.body ?? '';
    return html`<div class="button-row">
      <vscode-button ?disabled=${off} title=${record.noReplay ?? ''}
        @click=${() => post({ type: 'replay', number: record.number })}>${l10n.t('Replay')}</vscode-button>
      <vscode-button secondary ?disabled=${off} title=${record.noReplay ?? ''}
        @click=${() => editor.open(body)}>${l10n.t('Edit and Replay')}</vscode-button>
      <vscode-button secondary
        @click=${() => post({ type: 'copy', text: recordText(record) })}>${l10n.t('Copy All')}</vscode-button>
      <vscode-button secondary
        @click=${() => post({ type: 'export', number: record.number })}>${l10n.t('Export…')}</vscode-button>
    </div>`;
  }

  function copyButton(text: () => string): TemplateResult {
    const { post } = context;
    return iconButton({
      icon: 'copy',
      label: l10n.t('Copy'),
      onClick: ({ currentTarget }) => {
        post({ type: 'copy', text: text() });
        if (currentTarget instanceof Element) showCopied(currentTarget, l10n.t('Copied'));
      },
    });
  }

  /** `text`: what the section's copy button copies. */
  function section(
    name: SectionName,
    content: TemplateResult | HTMLElement,
    text?: () => string,
  ): TemplateResult {
    const title = titleOf(name);
    return html`<section class=${name} aria-label=${title}>
      <div class="section-head"><h2>${title}</h2>${text ? copyButton(text) : nothing}</div>
      ${content}
    </section>`;
  }

  function eventsPart({ events, unreadable }: AttemptView): TemplateResult {
    const problem = unreadable
      ? html`<p class="problem">${icon('error')}<span>${l10n.t('Line {0} cannot be read: {1}', String(unreadable.line), unreadable.message)}</span></p>`
      : nothing;
    if (events.length === 0) return html`${problem}<p class="empty">${l10n.t('No events.')}</p>`;
    const options: LongListOptions = {
      label: l10n.t('Events'),
      columns: [l10n.t('Time'), l10n.t('Gap'), l10n.t('Size'), l10n.t('Line'), l10n.t('Data')],
      count: events.length,
      row(index) {
        const event = events[index];
        if (!event) return [];
        const gap = event.atMs - (events[index - 1]?.atMs ?? event.atMs);
        const data = [skippedText(event), event.name, event.data].filter(Boolean).join(': ');
        return [`+${formatMs(event.atMs)}`, formatMs(gap), formatSize(event.data), String(event.line), data];
      },
      detail: (index) => prettyJson(events[index]?.data ?? ''),
    };
    const list = listOf(
      'events',
      options,
      events.map(({ data }) => data),
    );
    return html`${problem}${list}`;
  }

  function partsPart(): TemplateResult | HTMLElement {
    const { parts } = record;
    if (parts.length === 0) return html`<p class="empty">${l10n.t('Nothing was decoded.')}</p>`;
    const options: LongListOptions = {
      label: l10n.t('Decoded Parts'),
      columns: [l10n.t('Time'), l10n.t('Type'), l10n.t('Data')],
      count: parts.length,
      row(index) {
        const part = parts[index];
        return part ? [`+${formatMs(part.atMs)}`, part.type, part.data] : [];
      },
      detail: (index) => prettyJson(parts[index]?.data ?? ''),
    };
    return listOf(
      'parts',
      options,
      parts.map(({ data }) => data),
    );
  }

  draw();
  return {
    element,
    lists: () => lists,
    update(nextRecord, nextContext) {
      record = nextRecord;
      context = nextContext;
      if (chosen !== undefined && chosen >= record.attempts.length) chosen = undefined;
      draw();
    },
  };
}

function titleOf(name: SectionName): string {
  const titles: Record<SectionName, string> = {
    attempts: l10n.t('Tries'),
    request: l10n.t('Request'),
    response: l10n.t('Response'),
    events: l10n.t('Events'),
    parts: l10n.t('Decoded Parts'),
  };
  return titles[name];
}

function facts(record: RecordView): string {
  const { endedMs, failure, attempts, replayOf, startedAt, fileName } = record;
  const attempt = attempts.at(-1);
  const firstByte = attempt?.events[0]?.atMs;
  const sent = attempt?.request?.atMs;
  return [
    endedMs === undefined ? l10n.t('On its way…') : failure ? undefined : l10n.t('Completed'),
    wasStopped(record) ? record.failureTitle : undefined,
    attempt?.response && String(attempt.response.status),
    fileName === undefined ? new Date(startedAt).toLocaleString(document.documentElement.lang) : undefined,
    endedMs !== undefined && fileName === undefined ? formatMs(endedMs) : undefined,
    firstByte !== undefined && sent !== undefined
      ? l10n.t('first byte after {0}', formatMs(firstByte - sent))
      : undefined,
    attempt && countOf(attempt.events.length),
    replayOf === undefined ? undefined : l10n.t('replay of request {0}', String(replayOf)),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Names the members that the decoder ignored. */
function skippedText({ skipped }: EventView): string | undefined {
  if (!skipped) return undefined;
  return skipped.length === 0 ? l10n.t('Passed over') : l10n.t('Passed over {0}', skipped.join(', '));
}

function countOf(events: number): string {
  return events === 1 ? l10n.t('1 event') : l10n.t('{0} events', events.toLocaleString());
}

/** Whether the user stopped the request, which is no error. */
function wasStopped({ failure }: RecordView): boolean {
  return failure?.kind === 'aborted';
}

function failureText({ failureTitle = '', failure }: RecordView): string {
  return [failureTitle, failure?.code, failure?.message].filter(Boolean).join(' · ');
}

function requestPart({ request }: AttemptView): TemplateResult {
  return html`<p class="address"><code>${request?.method} ${markedText(request?.url ?? '')}</code></p>
    <h3>${l10n.t('HTTP Headers')}</h3>${pre(headersText(request?.headers ?? {}))}
    <h3>${l10n.t('Body')}</h3>
    ${request?.bodyChanged ? html`<p class="problem">${icon('shield')}<span>${l10n.t('The body held a secret, which is replaced by ***. A replay sends it as it stands here.')}</span></p>` : nothing}
    ${pre(prettyJson(request?.body ?? ''))}`;
}

function responsePart({ response, text, request }: AttemptView): TemplateResult {
  if (!response && text === '')
    return html`<p class="empty">${request ? l10n.t('Nothing came back.') : l10n.t('No body')}</p>`;
  return html`${
    response
      ? html`<p class="address"><code>HTTP ${response.status}</code></p>
          <h3>${l10n.t('HTTP Headers')}</h3>${pre(headersText(response.headers))}`
      : nothing
  }
    <h3>${l10n.t('Body')}</h3>${pre(text)}`;
}

function pre(text: string): TemplateResult {
  if (text === '') return html`<p class="empty">${l10n.t('No body')}</p>`;
  const more = text.length - shownBody;
  return html`<pre class="text" tabindex="0">${markedText(more > 0 ? text.slice(0, shownBody) : text)}</pre>
    ${more > 0 ? html`<p class="empty">${l10n.t('… and {0} more characters. Copying takes all of them.', more.toLocaleString())}</p>` : nothing}`;
}
