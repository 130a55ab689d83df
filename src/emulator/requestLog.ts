/** The requests in the order they arrived, and the tests that wait for one. */

import type { RecordedRequest } from './recordedRequest.ts';

export interface RequestLog {
  readonly requests: readonly RecordedRequest[];
  add(record: RecordedRequest): void;
  /** Resolves with the request of this index (from 0) as soon as it has arrived. */
  at(index: number): Promise<RecordedRequest>;
}

export function createRequestLog(): RequestLog {
  const requests: RecordedRequest[] = [];
  const waiting: { index: number; resolve: (record: RecordedRequest) => void }[] = [];
  return {
    requests,
    add(record) {
      requests.push(record);
      for (const entry of waiting.filter(({ index }) => index === requests.length - 1)) {
        entry.resolve(record);
      }
    },
    at(index) {
      const record = requests[index];
      return record === undefined
        ? new Promise((resolve) => waiting.push({ index, resolve }))
        : Promise.resolve(record);
    },
  };
}
