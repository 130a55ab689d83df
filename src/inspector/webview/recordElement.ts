/** One record in the page: what it is, what can be done with it, and a section for each side of the exchange. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { InspectRequest } from '../../chat/common/inspectProtocolSchema.ts';
import { formatString } from '../../chat/common/panelStrings.ts';
import { icon, iconButton, showCopied } from '../../ui/webview/dom.ts';
import { markedText } from '../../ui/webview/hiddenMarks.ts';
import {
  eventsText,
  headersText,
  partsText,
  prettyJson,
  recordText,
  requestText,
  responseText,
} from '../common/exchangeText.ts';
import type { AttemptView, EventView, RecordView } from '../common/inspectProtocol.ts';
import type { InspectStrings } from '../common/inspectStrings.ts';
import { attemptList, defaultAttempt } from './attemptList.ts';
import { formatMs, formatSize } from './format.ts';
import { createLongList, type LongList, type LongListOptions } from './longList.ts';
import { createReplayEditor } from './replayEditor.ts';

export interface RecordContext {
  strings: InspectStrings;
  replaying: boolean;
  post(message: InspectRequest): void;
  /** Something else is shown now. */
  onDraw(): void;
}

export interface RecordElement {
  readonly element: HTMLElement;
  /** What a search has to look through beside the text of the page. */
  lists(): readonly { texts: readonly string[]; list: LongList }[];
  update(record: RecordView, context: RecordContext): void;
}

/** UTF-16 units of a body that stand in the page at most. */
const shownBody = 200_000;

export function createRecordElement(first: RecordView, firstContext: RecordContext): RecordElement {
  const element = document.createElement('article');
  let record = first;
  let context = firstContext;
  /** Which try is shown, once the user has chosen one. */
  let chosen: number | undefined;
  let lists: { texts: readonly string[]; list: LongList }[] = [];
  /** Lists that are shown already stay as they are, with what is chosen in them. */
  let known = new Map<string, LongList>();
  let next = new Map<string, LongList>();
  const editor = createReplayEditor((body) => context.post({ type: 'replay', number: record.number, body }));

  function draw(): void {
    const { strings } = context;
    const index = chosen ?? defaultAttempt(record);
    const attempt = record.attempts[index];
    lists = [];
    next = new Map();
    element.setAttribute('aria-label', record.title);
    render(
      html`<h1>${record.title}</h1>
        <p class="facts">${facts(record, strings)}</p>
        ${record.failureTitle && !wasStopped(record) ? html`<p class="problem">${icon('error')}<span>${failureText(record)}</span></p>` : nothing}
        ${record.cut ? html`<p class="problem">${icon('warning')}<span>${strings['fact.cut']}</span></p>` : nothing}
        ${tools()}
        ${editor.element}
        ${
          record.attempts.length > 1
            ? section('attempts', nothing, attemptList(record, { strings, index, choose: chooseAttempt }))
            : nothing
        }
        ${
          attempt?.request
            ? section(
                'request',
                copy(() => requestText(attempt)),
                requestPart(attempt, strings),
              )
            : nothing
        }
        ${
          attempt
            ? section(
                'response',
                copy(() => responseText(attempt)),
                responsePart(attempt, strings),
              )
            : nothing
        }
        ${
          attempt
            ? section(
                'events',
                copy(() => eventsText(attempt)),
                eventsPart(attempt),
              )
            : nothing
        }
        ${section(
          'parts',
          copy(() => partsText(record)),
          partsPart(),
        )}`,
      element,
    );
    known = next;
  }

  /** A record only grows: a list of as many rows is the same list. */
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
    const { strings, replaying, post } = context;
    const off = replaying || record.noReplay !== undefined;
    const body = record.attempts.findLast(({ request }) => request?.purpose !== 'token')?.request?.body ?? '';
    return html`<div class="button-row">
      <vscode-button ?disabled=${off} title=${record.noReplay ?? ''}
        @click=${() => post({ type: 'replay', number: record.number })}>${strings.replay}</vscode-button>
      <vscode-button secondary ?disabled=${off} title=${record.noReplay ?? ''}
        @click=${() => editor.open(body, strings)}>${strings['replay.edit']}</vscode-button>
      <vscode-button secondary
        @click=${() => post({ type: 'copy', text: recordText(record) })}>${strings.copyAll}</vscode-button>
      <vscode-button secondary
        @click=${() => post({ type: 'export', number: record.number })}>${strings.export}</vscode-button>
    </div>`;
  }

  function copy(text: () => string): TemplateResult {
    const { strings, post } = context;
    return iconButton({
      icon: 'copy',
      label: strings.copy,
      onClick: ({ currentTarget }) => {
        post({ type: 'copy', text: text() });
        if (currentTarget instanceof Element) showCopied(currentTarget, strings.copied);
      },
    });
  }

  function section(
    name: 'attempts' | 'request' | 'response' | 'events' | 'parts',
    button: TemplateResult | typeof nothing,
    content: TemplateResult | HTMLElement,
  ): TemplateResult {
    const title = context.strings[name];
    return html`<section class=${name} aria-label=${title}>
      <div class="section-head"><h2>${title}</h2>${button}</div>
      ${content}
    </section>`;
  }

  function eventsPart({ events, unreadable }: AttemptView): TemplateResult {
    const { strings } = context;
    const problem = unreadable
      ? html`<p class="problem">${icon('error')}<span>${formatString(strings.unreadable, String(unreadable.line), unreadable.message)}</span></p>`
      : nothing;
    if (events.length === 0) return html`${problem}<p class="empty">${strings.noEvents}</p>`;
    const options: LongListOptions = {
      label: strings.events,
      hiddenLabel: strings['hidden.found'],
      columns: [
        strings['column.time'],
        strings['column.gap'],
        strings['column.size'],
        strings['column.line'],
        strings['column.data'],
      ],
      count: events.length,
      row(index) {
        const event = events[index];
        if (!event) return [];
        const gap = event.atMs - (events[index - 1]?.atMs ?? event.atMs);
        const data = [skippedText(event, strings), event.name, event.data].filter(Boolean).join(': ');
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
    const { strings } = context;
    const { parts } = record;
    if (parts.length === 0) return html`<p class="empty">${strings.noParts}</p>`;
    const options: LongListOptions = {
      label: strings.parts,
      hiddenLabel: strings['hidden.found'],
      columns: [strings['column.time'], strings['column.type'], strings['column.data']],
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

function facts(record: RecordView, strings: InspectStrings): string {
  const { endedMs, failure, attempts, replayOf, startedAt, fileName } = record;
  const attempt = attempts.at(-1);
  const firstByte = attempt?.events[0]?.atMs;
  const sent = attempt?.request?.atMs;
  return [
    endedMs === undefined ? strings['status.running'] : failure ? undefined : strings['status.done'],
    wasStopped(record) ? record.failureTitle : undefined,
    attempt?.response && String(attempt.response.status),
    fileName === undefined ? new Date(startedAt).toLocaleString(document.documentElement.lang) : undefined,
    endedMs !== undefined && fileName === undefined ? formatMs(endedMs) : undefined,
    firstByte !== undefined && sent !== undefined
      ? formatString(strings['fact.firstByte'], formatMs(firstByte - sent))
      : undefined,
    attempt && countOf(attempt.events.length, strings),
    replayOf === undefined ? undefined : formatString(strings['fact.replayOf'], String(replayOf)),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** What of the event was passed over, in words. */
function skippedText({ skipped }: EventView, strings: InspectStrings): string | undefined {
  if (!skipped) return undefined;
  return skipped.length === 0
    ? strings['event.skipped']
    : formatString(strings['event.skippedMembers'], skipped.join(', '));
}

function countOf(events: number, strings: InspectStrings): string {
  return events === 1
    ? strings['fact.oneEvent']
    : formatString(strings['fact.events'], events.toLocaleString());
}

/** By the user, which is no fault. */
function wasStopped({ failure }: RecordView): boolean {
  return failure?.kind === 'aborted';
}

function failureText({ failureTitle = '', failure }: RecordView): string {
  return [failureTitle, failure?.code, failure?.message].filter(Boolean).join(' · ');
}

function requestPart({ request }: AttemptView, strings: InspectStrings): TemplateResult {
  return html`<p class="address"><code>${request?.method} ${markedText(request?.url ?? '', strings['hidden.found'])}</code></p>
    <h3>${strings.headers}</h3>${pre(headersText(request?.headers ?? {}), strings)}
    <h3>${strings.body}</h3>
    ${request?.bodyChanged ? html`<p class="problem">${icon('shield')}<span>${strings['body.changed']}</span></p>` : nothing}
    ${pre(prettyJson(request?.body ?? ''), strings)}`;
}

function responsePart({ response, text, request }: AttemptView, strings: InspectStrings): TemplateResult {
  if (!response && text === '')
    return html`<p class="empty">${request ? strings.noResponse : strings['body.empty']}</p>`;
  return html`${
    response
      ? html`<p class="address"><code>HTTP ${response.status}</code></p>
          <h3>${strings.headers}</h3>${pre(headersText(response.headers), strings)}`
      : nothing
  }
    <h3>${strings.body}</h3>${pre(text, strings)}`;
}

function pre(text: string, strings: InspectStrings): TemplateResult {
  if (text === '') return html`<p class="empty">${strings['body.empty']}</p>`;
  const more = text.length - shownBody;
  return html`<pre class="text" tabindex="0">${markedText(more > 0 ? text.slice(0, shownBody) : text, strings['hidden.found'])}</pre>
    ${more > 0 ? html`<p class="empty">${formatString(strings['body.more'], more.toLocaleString())}</p>` : nothing}`;
}
