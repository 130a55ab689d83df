import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskFiles, type HistoryFiles } from '../../../src/base/host/files.ts';
import type { UsageEntry } from '../../../src/usage/common/usageEntry.ts';
import { totalsOf, usageCsv } from '../../../src/usage/common/usageTable.ts';
import { createLedger, type UsageLedger } from '../../../src/usage/host/ledger.ts';

const entry = (fields: Partial<UsageEntry> = {}): UsageEntry => ({
  type: 'usage',
  day: '2026-11-25',
  connection: 'dashscope',
  model: 'qwen-plus',
  usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 },
  cost: { currency: 'CNY', nanos: 7 },
  ...fields,
});

describe('the ledger of usage', () => {
  let folder: string;
  let file: string;
  const failures: unknown[] = [];
  const openLedger = (): UsageLedger =>
    createLedger({ file, onFailure: (error) => void failures.push(error) });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'usage-'));
    file = path.join(folder, 'deeper', 'usage.jsonl');
    failures.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is empty before anything was asked', async () => {
    assert.deepEqual((await openLedger().table()).rows, []);
  });

  it('keeps what two windows write at once, and each sees the other’s', async () => {
    const windows = [openLedger(), openLedger()];
    await Promise.all(
      Array.from({ length: 200 }, (_, index) => windows[index % 2]?.add(entry({ model: `m${index % 4}` }))),
    );
    for (const ledger of windows) {
      const { rows } = await ledger.table();
      assert.equal(rows.length, 4);
      const { requests, inputTokens, costs } = totalsOf(rows);
      assert.deepEqual({ requests, inputTokens }, { requests: 200, inputTokens: 2000 });
      assert.deepEqual(costs, [{ currency: 'CNY', nanos: 1400 }]);
    }
    assert.deepEqual(failures, []);
  });

  it('loses no entry to a line that was cut, nor to one that is none', async () => {
    await openLedger().add(entry());
    await appendFile(file, '{"type":"usage","day":"2026-1');
    const ledger = openLedger();
    await ledger.add(entry());
    await appendFile(file, `\0\0\n{"type":"later"}\n\n{"type":"usage","day":"20${JSON.stringify(entry())}\n`);
    assert.equal(totalsOf((await ledger.table()).rows).requests, 3);
  });

  it('reads a line only when it is whole', async () => {
    const ledger = openLedger();
    await ledger.add(entry());
    const line = `${JSON.stringify(entry())}\n`;
    await appendFile(file, line.slice(0, 40));
    assert.equal(totalsOf((await ledger.table()).rows).requests, 1);
    await appendFile(file, line.slice(40));
    assert.equal(totalsOf((await ledger.table()).rows).requests, 2);
  });

  it('begins anew when somebody emptied the file', async () => {
    const ledger = openLedger();
    await ledger.add(entry());
    await ledger.table();
    await truncate(file);
    assert.deepEqual((await ledger.table()).rows, []);
  });

  it('keeps entries while the disk fails, and writes them with the next one', async () => {
    let broken = true;
    const files = {
      ...diskFiles,
      append: (to: string, text: string) =>
        broken ? Promise.reject(new Error('full')) : diskFiles.append(to, text),
    };
    const ledger = createLedger({ file, files, onFailure: (error) => void failures.push(error) });
    await ledger.add(entry());
    assert.equal(failures.length, 1);
    broken = false;
    await ledger.add(entry());
    assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 2);
  });

  it('loses no entry that comes while another is being written', async () => {
    let second: Promise<void> | undefined;
    const files: HistoryFiles = {
      ...diskFiles,
      append(to, text, options) {
        second ??= ledger.add(entry());
        return diskFiles.append(to, text, options);
      },
    };
    const ledger = createLedger({ file, files, onFailure: (error) => void failures.push(error) });
    await ledger.add(entry());
    await second;
    assert.equal(totalsOf((await ledger.table()).rows).requests, 2);
  });

  it('tells what is not known from what is nothing', async () => {
    const ledger = openLedger();
    await ledger.add(entry({ usage: undefined, cost: undefined }));
    await ledger.add(entry({ cost: { currency: 'USD', nanos: 0 } }));
    const [row] = (await ledger.table()).rows;
    assert.equal(row?.uncounted, 1);
    assert.equal(row?.unpriced, 1);
    assert.deepEqual(row?.costs, [{ currency: 'USD', nanos: 0 }]);
    assert.equal((await ledger.table()).spent('2026-11', 'CNY'), 0);
  });

  it('sums a day and a month', async () => {
    const ledger = openLedger();
    for (const day of ['2026-10-31', '2026-11-01', '2026-11-25']) await ledger.add(entry({ day }));
    const table = await ledger.table();
    assert.equal(table.spent('2026-11', 'CNY'), 14);
    assert.equal(table.spent('2026-11-25', 'CNY'), 7);
    assert.deepEqual(
      table.rows.map(({ day }) => day),
      ['2026-11-25', '2026-11-01', '2026-10-31'],
    );
  });

  it('is exported with exact amounts, and without formulas', async () => {
    await writeFile(path.join(folder, 'x'), '');
    const ledger = openLedger();
    await ledger.add(entry({ model: '=cmd,"x"', cost: { currency: 'CNY', nanos: 12_300_000 } }));
    const [, line] = usageCsv((await ledger.table()).rows).split('\r\n');
    assert.equal(line, `2026-11-25,dashscope,"'=cmd,""x""",1,0,10,0,5,0,0.0123,,0`);
  });
});
