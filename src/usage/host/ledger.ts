/** Stores the usage of all requests in an append-only file that several windows share. */

import { diskFiles, type HistoryFiles } from '../../base/host/files.ts';
import type { UsageEntry } from '../common/usageEntry.ts';
import { UsageTable } from '../common/usageTable.ts';

export interface UsageLedger {
  /** Appends the entry; after a write error it is retried with the next one. Never rejects. */
  add(entry: UsageEntry): Promise<void>;
  /** All entries, including those of other windows. Throws if the file can't be read. */
  table(): Promise<UsageTable>;
}

export interface LedgerOptions {
  file: string;
  /** Called when an entry could not be written. */
  onFailure(error: unknown): void;
  files?: HistoryFiles;
}

export function createLedger({ file, onFailure, files = diskFiles }: LedgerOptions): UsageLedger {
  let unwritten: string[] = [];
  let table = new UsageTable();
  /** Bytes of whole lines that are in the table. */
  let read = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = queue.then(run, run);
    queue = next.catch(() => {});
    return next;
  };

  async function write(): Promise<void> {
    if (unwritten.length === 0) return;
    // A window that crashed may have left half a line.
    const begin = (await files.endsInNewline(file)) ? '' : '\n';
    // Durable: an entry must survive a power failure.
    const lines = [...unwritten];
    await files.append(file, begin + lines.join(''), { durable: true });
    // More entries may have been added.
    unwritten = unwritten.slice(lines.length);
  }

  async function follow(): Promise<void> {
    const size = (await files.facts(file))?.size ?? 0;
    if (size < read) {
      table = new UsageTable();
      read = 0;
    }
    if (size === read) return;
    const { parseUsageLine } = await import('../common/usageEntrySchema.ts');
    const bytes = await files.read(file, read);
    const end = bytes.lastIndexOf(0x0a) + 1;
    for (const line of bytes.subarray(0, end).toString('utf8').split('\n')) {
      const entry = parseUsageLine(line);
      if (entry) table.add(entry);
    }
    read += end;
  }

  return {
    add: (entry) => {
      unwritten.push(`${JSON.stringify(entry)}\n`);
      return inTurn(write).catch(onFailure);
    },
    table: () =>
      inTurn(async () => {
        await write().catch(onFailure);
        await follow();
        return table;
      }),
  };
}
