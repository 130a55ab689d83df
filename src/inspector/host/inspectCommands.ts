/** Commands that open the inspector: the last request, one of this window's requests, or a file. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { translate } from '../../base/host/translate.ts';
import { UserError } from '../../base/host/userError.ts';
import { showOpenDialog } from '../../base/host/window/fileDialogs.ts';
import { showQuickPick } from '../../base/host/window/quickInput.ts';
import type { ProtocolId } from '../../providers/common/protocols.ts';
import { decodeBody, guessProtocol } from '../../providers/decodeBody.ts';
import { protocols } from '../../providers/registry.ts';
import { looksLikeExchangeFile, readExchangeFile } from '../common/exchangeFile.ts';
import type { ExchangeRecord } from '../common/exchangeRecord.ts';
import type { Exchanges } from './exchanges.ts';
import type { Inspector } from './inspector.ts';
import { titleOf } from './recordTexts.ts';

export interface InspectCommandDependencies {
  exchanges: Exchanges;
  inspector: Inspector;
}

/** In bytes; answers are far smaller. */
const largestFile = 64 * 2 ** 20;

export async function inspectLastRequest({
  exchanges,
  inspector,
}: InspectCommandDependencies): Promise<void> {
  const [last] = exchanges.all();
  if (!last) throw nothingYet();
  inspector.show(last);
}

/** Shows the turn's request; without a turn id the user chooses a record by its number in the log or by its model. */
export async function inspectRequest(
  turnId: unknown,
  { exchanges, inspector }: InspectCommandDependencies,
): Promise<void> {
  if (typeof turnId === 'string') return inspector.showTurn(turnId);
  const records = exchanges.all();
  if (records.length === 0) throw nothingYet();
  const choice = await showQuickPick(
    records.map((record) => ({ label: titleOf(record), ...factsOf(record), record })),
    { title: l10n.t('Inspect Request'), matchOnDescription: true, matchOnDetail: true },
  );
  if (choice) inspector.show(choice.record);
}

/** Opens an event stream or an exported record. `source` comes from the explorer; without it the user chooses a file. */
export async function decodeEventStream(
  source: unknown,
  dependencies: InspectCommandDependencies,
): Promise<void> {
  const file = source instanceof vscode.Uri ? source : await chooseFile();
  if (!file) return;
  const fileName = file.path.split('/').at(-1) ?? '';
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestFile) throw new UserError(l10n.t('“{0}” is too large to be decoded here.', fileName));
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  if (text.trim() === '') throw new UserError(l10n.t('“{0}” is empty.', fileName));
  const record = looksLikeExchangeFile(text) ? readRecord(text, fileName) : await readStream(text, fileName);
  if (record) dependencies.inspector.show(dependencies.exchanges.add(record));
}

function nothingYet(): UserError {
  return new UserError(l10n.t('Nothing was sent yet since this window was opened.'));
}

function factsOf({ startedAt, endedMs, attempts, failure }: ExchangeRecord): {
  description: string;
  detail: string;
} {
  const status = attempts.at(-1)?.response?.status;
  const took = endedMs === undefined ? l10n.t('On its way…') : `${(endedMs / 1000).toFixed(2)} s`;
  return {
    description: [new Date(startedAt).toLocaleTimeString(), took].join(' · '),
    detail: [status, failure?.code ?? failure?.kind].filter(Boolean).join(' · '),
  };
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const chosen = await showOpenDialog({
    filters: {
      [l10n.t('Event streams and records')]: ['sse', 'txt', 'jsonl', 'json', 'log'],
      [l10n.t('All files')]: ['*'],
    },
    openLabel: l10n.t('Decode'),
    title: l10n.t('Decode Event Stream File'),
  });
  return chosen?.[0];
}

function readRecord(text: string, fileName: string): ExchangeRecord {
  try {
    return { ...readExchangeFile(text), fileName };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(l10n.t('The record “{0}” cannot be read: {1}', fileName, reason));
  }
}

/** The record includes the place where the stream becomes unreadable. */
async function readStream(text: string, fileName: string): Promise<ExchangeRecord | undefined> {
  const protocol = await chooseProtocol(text, fileName);
  if (!protocol) return undefined;
  const chunks = [{ atMs: 0, text }];
  const { parts } = decodeBody({ protocol, chunks });
  return {
    number: 0,
    startedAt: Date.now(),
    protocol,
    model: '',
    fileName,
    attempts: [{ chunks }],
    parts,
    endedMs: 0,
  };
}

async function chooseProtocol(text: string, fileName: string): Promise<ProtocolId | undefined> {
  const guessed = guessProtocol(text);
  const choices = protocols.map(({ id, name, detail }) => ({
    label: name,
    detail: translate(detail),
    protocol: id,
  }));
  const sorted = choices
    .map((choice) => ({
      ...choice,
      description: choice.protocol === guessed ? l10n.t('looks like this') : '',
    }))
    .sort((one, other) => Number(other.protocol === guessed) - Number(one.protocol === guessed));
  const title = l10n.t('Which protocol is “{0}” written in?', fileName);
  // The file dialog that just closed returns the focus late, which would close the list.
  return (await showQuickPick(sorted, { title, ignoreFocusOut: true }))?.protocol;
}
