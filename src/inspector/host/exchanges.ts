/** Keeps the window's latest recorded requests in memory. */

import * as vscode from 'vscode';
import type { ExchangeObserver } from '../../llm/exchangeObserver.ts';
import type { ExchangeRecord } from '../common/exchangeRecord.ts';
import { createRecorder, type Recorder } from '../common/exchangeRecorder.ts';

export type ExchangeAbout = Pick<ExchangeRecord, 'protocol' | 'model' | 'turnId' | 'replayOf'>;

export interface Exchanges {
  /** Each exchange that the observer sees becomes a record. */
  observe(about: ExchangeAbout): ExchangeObserver;
  /** Adds a record from a file under a new number. */
  add(record: ExchangeRecord): ExchangeRecord;
  find(number: number): ExchangeRecord | undefined;
  /** The newest record of a turn. */
  ofTurn(turnId: string): ExchangeRecord | undefined;
  /** Newest first. */
  all(): readonly ExchangeRecord[];
  /** Fires after each event of a running request. */
  readonly onDidChange: vscode.Event<ExchangeRecord>;
  dispose(): void;
}

/** Number of records, and their total text in UTF-16 units. */
const limits = { records: 50, text: 48 * 2 ** 20 };

export function createExchanges(log: vscode.LogOutputChannel): Exchanges {
  const changed = new vscode.EventEmitter<ExchangeRecord>();
  let records: ExchangeRecord[] = [];
  let count = 0;

  function keep(record: ExchangeRecord): void {
    records = trim([record, ...records]);
  }

  return {
    observe(about) {
      let recorder: Recorder | undefined;
      const begin = (): Recorder => {
        recorder = createRecorder({ ...about, number: ++count, onChange: (record) => changed.fire(record) });
        keep(recorder.record);
        return recorder;
      };
      return {
        request(request) {
          // An exchange begins when a request is sent; a missing key sends none.
          (recorder ?? begin()).observer.request(request);
        },
        response: (response) => recorder?.observer.response(response),
        data: (text) => recorder?.observer.data(text),
        part: (part) => recorder?.observer.part(part),
        failure: (failure) => recorder?.observer.failure(failure),
        wait: (wait) => recorder?.observer.wait(wait),
        end(failure) {
          recorder?.observer.end(failure);
          if (recorder) log.info(logLine(recorder.record));
          records = trim(records);
          recorder = undefined;
        },
      };
    },
    add(record) {
      const added = { ...record, number: ++count, turnId: undefined, replayOf: undefined };
      keep(added);
      return added;
    },
    find: (number) => records.find((record) => record.number === number),
    ofTurn: (turnId) => records.find((record) => record.turnId === turnId),
    all: () => records,
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}

/** Drops the oldest records above the limits; always keeps the newest. */
function trim(records: readonly ExchangeRecord[]): ExchangeRecord[] {
  let text = 0;
  return records.slice(0, limits.records).filter((record, index) => {
    text += sizeOf(record);
    return index === 0 || text <= limits.text;
  });
}

function sizeOf({ attempts, parts }: ExchangeRecord): number {
  const bodies = attempts.map(
    ({ request, chunks }) =>
      (request?.body.length ?? 0) + chunks.reduce((sum, { text }) => sum + text.length, 0),
  );
  return bodies.reduce((sum, size) => sum + size, 0) + parts.length * 100;
}

/** The number identifies the record in the command that inspects requests. */
function logLine({ number, model, attempts, endedMs = 0 }: ExchangeRecord): string {
  const status = attempts.at(-1)?.response?.status;
  const facts = [`${(endedMs / 1000).toFixed(2)} s`, status && `status ${status}`, `${attempts.length} sent`];
  return `Request ${number}: ${model}, ${facts.filter(Boolean).join(', ')} (Qiao: Inspect Request…)`;
}
