/** The files of comparisons: one for each, a line for each event, and nothing in them that is not answered. */

import path from 'node:path';
import type { HistoryFiles } from '../../base/host/files.ts';
import type { Comparison } from '../common/comparison.ts';
import { type ComparisonEvent, readComparison, toComparisonLine } from '../common/comparisonLog.ts';
import { comparisonEventSchema } from '../common/comparisonSchema.ts';

export interface ComparisonFile {
  /** Settles when the event is on disk, or the disk has refused it: then it is tried again with the next. Never rejects. */
  append(event: ComparisonEvent): Promise<void>;
}

/** What a list shows of a comparison. */
export interface ComparisonEntry {
  id: string;
  comparison: Comparison;
  /** When something was last added, in milliseconds since the epoch. */
  changedAt: number;
}

export interface ComparisonFiles {
  /** The file to which the comparison's further events are added. */
  open(id: string): ComparisonFile;
  /** `undefined` when there is none, or nothing of it can be read. */
  load(id: string): Promise<ComparisonEntry | undefined>;
  /** All that can be read, the newest first. */
  list(): Promise<ComparisonEntry[]>;
  remove(id: string): Promise<void>;
}

export interface ComparisonFilesOptions {
  folder: string;
  files: HistoryFiles;
  /** The disk refused a line. */
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

/** A line that cannot be read was cut by a crash, or is of a newer Qiao: what it says is asked again. */
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
        // Each answer costs a request; one sync does for all that wait.
        await files.append(file, `${separator}${toComparisonLine(event)}\n`, {
          durable: waiting.length === 1,
        });
        whole = true;
        waiting.shift();
      } catch (error) {
        // Part of the line may be there.
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
