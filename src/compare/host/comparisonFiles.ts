/** Stores comparisons as JSON Lines files, one for each, with a line for each event. */

import path from 'node:path';
import type { HistoryFiles } from '../../base/host/files.ts';
import type { Comparison } from '../common/comparison.ts';
import { type ComparisonEvent, readComparison, toComparisonLine } from '../common/comparisonLog.ts';
import { comparisonEventSchema } from '../common/comparisonSchema.ts';

export interface ComparisonFile {
  /** Settles when the event is on disk or writing failed; a failed event is retried with the next one. Never rejects. */
  append(event: ComparisonEvent): Promise<void>;
}

/** A stored comparison. */
export interface ComparisonEntry {
  id: string;
  comparison: Comparison;
  /** When the file last changed, in milliseconds since the epoch. */
  changedAt: number;
}

export interface ComparisonFiles {
  /** The file to which the comparison's further events are added. */
  open(id: string): ComparisonFile;
  /** `undefined` if there is none or it cannot be read. */
  load(id: string): Promise<ComparisonEntry | undefined>;
  /** All readable ones, the newest first. */
  list(): Promise<ComparisonEntry[]>;
  remove(id: string): Promise<void>;
}

export interface ComparisonFilesOptions {
  folder: string;
  files: HistoryFiles;
  /** Writing a line failed. */
  onTrouble(error: unknown): void;
}

const ending = '.jsonl';

export function createComparisonFiles(options: ComparisonFilesOptions): ComparisonFiles {
  const { folder, files } = options;
  const fileOf = (id: string): string => path.join(folder, `${path.basename(id)}${ending}`);

  async function load(id: string): Promise<ComparisonEntry | undefined> {
    const file = fileOf(id);
    const facts = await files.facts(file);
    if (!facts) return undefined;
    const comparison = readComparison(readEvents((await files.read(file)).toString('utf8')));
    return comparison && { id, comparison, changedAt: facts.mtimeMs };
  }

  return {
    open: (id) => createWriter(fileOf(id), options),
    load,
    async list() {
      const names = (await files.list(folder)).filter((name) => name.endsWith(ending));
      const entries = await Promise.all(
        names.map((name) => load(name.slice(0, -ending.length)).catch(() => undefined)),
      );
      return entries
        .filter((entry) => entry !== undefined)
        .sort((a, b) => b.comparison.createdAt - a.comparison.createdAt);
    },
    remove: (id) => files.remove(fileOf(id)),
  };
}

/** Skips lines that a crash cut or a newer Qiao wrote; their answers are asked again. */
function readEvents(text: string): ComparisonEvent[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [comparisonEventSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

function createWriter(file: string, { files, onTrouble }: ComparisonFilesOptions): ComparisonFile {
  const waiting: ComparisonEvent[] = [];
  let queue: Promise<void> = Promise.resolve();
  /** Whether the file is known to end with a whole line. */
  let whole = false;

  async function writeWaiting(): Promise<void> {
    for (let event = waiting[0]; event; event = waiting[0]) {
      try {
        const separator = whole || (await files.endsInNewline(file)) ? '' : '\n';
        // Answers cost money, so they are synced; one sync covers all waiting lines.
        await files.append(file, `${separator}${toComparisonLine(event)}\n`, {
          durable: waiting.length === 1,
        });
        whole = true;
        waiting.shift();
      } catch (error) {
        // Part of the line may have been written.
        whole = false;
        onTrouble(error);
        return;
      }
    }
  }
  return {
    append(event) {
      waiting.push(event);
      queue = queue.then(writeWaiting);
      return queue;
    },
  };
}
