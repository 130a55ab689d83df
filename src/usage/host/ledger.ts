/** The ledger of all requests: a file that only grows, and that several windows write to. */

import { diskFiles, type HistoryFiles } from '../../base/host/files.ts';
import type { UsageEntry } from '../common/usageEntry.ts';
import { UsageTable } from '../common/usageTable.ts';

export interface UsageLedger {
  /** Keeps the entry; while the disk fails it stays in memory and goes along with the next one. Never rejects. */
  add(entry: UsageEntry): Promise<void>;
  /** Everything, other windows' entries included. Throws when the file can't be read. */
  table(): Promise<UsageTable>;
}

export interface LedgerOptions {
  file: string;
  /** Told when an entry could not be written. */
  onFailure(error: unknown): void;
  files?: HistoryFiles;
}

export function createLedger({ file, onFailure, files = diskFiles }: LedgerOptions): UsageLedger {
  let unwritten: string[] = [];
  let table = new UsageTable();
  /** Bytes that are in the table already: whole lines. */
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
    // What was spent is spent, even when the power fails now.
    const lines = [...unwritten];
    await files.append(file, begin + lines.join(''), { durable: true });
    // More may have come meanwhile.
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
