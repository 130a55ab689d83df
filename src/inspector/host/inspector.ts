/** Shows recorded requests in an editor tab, replays them and exports them. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { createPace } from '../../base/common/pace.ts';
import { saveText } from '../../base/host/window/fileDialogs.ts';
import { createWebviewPanel } from '../../base/host/window/surfaces.ts';
import type { Models } from '../../connections/host/models.ts';
import { explainError } from '../../errors/host/errorTexts.ts';
import { ChatError } from '../../llm/chatError.ts';
import type { Handlers } from '../../ui/common/messages.ts';
import { createWebviewHost, type WebviewHost } from '../../ui/host/webviewHost.ts';
import { writeExchangeFile } from '../common/exchangeFile.ts';
import { answerAttempt, askedForStream, type ExchangeRecord } from '../common/exchangeRecord.ts';
import { type InspectMessage, type InspectRequest, inspectRequestSchema } from '../common/inspectProtocol.ts';
import type { Exchanges } from './exchanges.ts';
import { recordTexts } from './recordTexts.ts';
import { toRecordView } from './recordView.ts';

export interface InspectorOptions {
  exchanges: Exchanges;
  models: Models;
  log: vscode.LogOutputChannel;
  extensionUri: vscode.Uri;
  /** Sends a turn's question again without changing its conversation. Resolves with the failure, if any; never rejects. */
  sendAgain(turnId: string, signal: AbortSignal): Promise<ChatError | undefined>;
}

export interface Inspector {
  show(record: ExchangeRecord): void;
  /** Shows the newest record of a turn, or a note if there is none. */
  showTurn(turnId: string): void;
  dispose(): void;
}

/** The shortest time between two updates of a running request, in milliseconds: each decodes all of it again. */
const redrawMs = 500;

export function createInspector(options: InspectorOptions): Inspector {
  const { exchanges, log, extensionUri } = options;
  let host: WebviewHost<InspectMessage, InspectRequest, vscode.WebviewPanel> | undefined;
  let opened: ExchangeRecord | undefined;
  let replayed: ExchangeRecord | undefined;
  let note: InspectMessage['note'];
  /** The turn that was asked for; its record may be gone. */
  let turnId: string | undefined;
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  const pace = createPace(redrawMs);

  function post(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!host?.isReady) return;
    const records = pace.run(() =>
      [opened, replayed].flatMap((record) => (record ? [toRecordView(record, recordTexts(record))] : [])),
    );
    host.post({ type: 'inspect-show', records, note, replaying: running !== undefined });
  }

  const watching = exchanges.onDidChange((record) => {
    if (running && record !== replayed && isAwaited(record)) {
      if (opened) replayed = record;
      else opened = record;
      note = undefined;
    }
    if (record !== opened && record !== replayed) return;
    if (record.endedMs !== undefined) post();
    else timer ??= setTimeout(post, pace.waitMs);
  });

  function isAwaited(record: ExchangeRecord): boolean {
    return opened ? record.replayOf === opened.number : record.turnId === turnId;
  }

  /** `send` resolves with its failure, which the note shows if nothing was recorded. */
  async function run(send: (signal: AbortSignal) => Promise<ChatError | undefined>): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    replayed = undefined;
    if (opened) note = undefined;
    post();
    const failure = await send(controller.signal);
    if (running !== controller) return;
    running = undefined;
    if (failure && !replayed && failure.kind !== 'aborted') {
      const { title, advice } = explainError(failure);
      note = { text: `${title} ${advice}`, send: note?.send ?? false };
    }
    post();
  }

  const handlers: Handlers<InspectRequest> = {
    ready() {
      if (host) host.isReady = true;
      post();
    },
    copy: ({ text }) => vscode.env.clipboard.writeText(text),
    stop: () => running?.abort(),
    send() {
      const asked = turnId;
      return asked === undefined ? undefined : run((signal) => options.sendAgain(asked, signal));
    },
    replay({ number, body }) {
      const record = exchanges.find(number) ?? [opened, replayed].find((one) => one?.number === number);
      if (!record) return;
      opened = record;
      return run((signal) => replay(record, { body, signal, models: options.models }));
    },
    export({ number }) {
      const record = [opened, replayed].find((one) => one?.number === number);
      return record && exportRecord(record);
    },
  };

  function open(): NonNullable<typeof host> {
    const panel = createWebviewPanel('qiao.inspect', l10n.t('Request Inspector'), vscode.ViewColumn.Active);
    const created: typeof host = createWebviewHost(panel, { extensionUri, log, page: 'inspect' });
    created.own({
      dispose() {
        running?.abort();
        host = undefined;
      },
    });
    created.listen({ schema: inspectRequestSchema, handlers });
    return created;
  }

  function reveal(): void {
    running?.abort();
    running = undefined;
    replayed = undefined;
    if (host) host.place.reveal();
    else host = open();
    post();
  }

  return {
    show(record) {
      opened = record;
      note = undefined;
      turnId = undefined;
      reveal();
    },
    showTurn(id) {
      opened = exchanges.ofTurn(id);
      turnId = id;
      note = opened
        ? undefined
        : {
            text: l10n.t(
              'There is no record of this request: it was never sent, or the window was reloaded since. Records are kept in memory alone.',
            ),
            send: true,
          };
      reveal();
    },
    dispose() {
      watching.dispose();
      clearTimeout(timer);
      host?.place.dispose();
    },
  };
}

interface ReplayOptions {
  body: string | undefined;
  signal: AbortSignal;
  models: Models;
}

/** Resolves with the failure, if any; never rejects. */
async function replay(
  record: ExchangeRecord,
  { body, signal, models }: ReplayOptions,
): Promise<ChatError | undefined> {
  const request = answerAttempt(record)?.request;
  if (!request) return undefined;
  try {
    const model = await models.open(record.model, { replayOf: record.number });
    if (model.info.providerId !== record.protocol) {
      const message = l10n.t('The connection speaks another protocol than the recorded request.');
      return new ChatError({ kind: 'invalid-request', providerId: record.protocol, message });
    }
    const raw = {
      body: body ?? request.body,
      stream: askedForStream(request),
      path: URL.parse(request.url)?.pathname ?? '',
    };
    for await (const part of model.replay(raw, signal)) if (part.type === 'finish') break;
    return undefined;
  } catch (error) {
    if (error instanceof ChatError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new ChatError({ kind: 'unexpected', providerId: record.protocol, message });
  }
}

function exportRecord(record: ExchangeRecord): Promise<void> {
  return saveText({
    name: `qiao-request-${record.number}.json`,
    folder: vscode.Uri.file('/'),
    filters: { JSON: ['json'] },
    title: l10n.t('Export Request'),
    text: () => writeExchangeFile(record),
  });
}
