/** Describes hidden characters to the user, and asks before a text with hidden characters is sent to a model. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { type HiddenKind, type HiddenSummary, stripHidden, summarizeHidden } from '../common/hiddenText.ts';
import { showWarningMessage } from './window/messages.ts';

/** Maximum length of the quoted tag text, in UTF-16 units. */
const longestQuote = 200;

/** Number and kinds, such as `92 invisible characters (tags)`. */
export function describeHidden({ count, kinds }: Pick<HiddenSummary, 'count' | 'kinds'>): string {
  const names = kinds.map(nameOfKind).join(l10n.t(', '));
  return count === 1
    ? l10n.t('1 invisible character ({0})', names)
    : l10n.t('{0} invisible characters ({1})', count, names);
}

/** The user cancelled by opening something else, which has the focus now. */
export class GoneElsewhere extends vscode.CancellationError {}

/**
 * Asks whether to send a prompt without its hidden characters. *Show in File* opens the file and throws `GoneElsewhere`:
 * nothing is sent, and the focus stays there.
 */
export async function confirmHiddenPrompt(
  { name, hidden }: { name: string; hidden: HiddenSummary & { line: number } },
  uri: vscode.Uri,
): Promise<boolean> {
  const send = l10n.t('Send Without Them');
  const show = l10n.t('Show in File');
  const answer = await askAbout(
    l10n.t('The prompt “/{0}” holds text that you cannot see.', name),
    [
      l10n.t('Line {0}: {1}.', hidden.line, describeHidden(hidden)),
      ...spelled(hidden),
      l10n.t(
        'A model would read it. Qiao never sends it; check the rest of the prompt before you send that.',
      ),
    ],
    [send, show],
  );
  if (answer === show) {
    await showLine(uri, hidden.line);
    throw new GoneElsewhere();
  }
  return answer === send;
}

/**
 * The text to send of what the user typed or pasted. If its hidden characters may hold words, the user decides whether to
 * strip them. `undefined`: the user cancelled.
 */
export async function confirmTyped(text: string): Promise<string | undefined> {
  const hidden = summarizeHidden(text);
  if (!hidden?.carriesText) return text;
  const strip = l10n.t('Send Without Them');
  const keep = l10n.t('Send as It Is');
  const answer = await askAbout(
    l10n.t('Your question holds text that you cannot see.'),
    [
      l10n.t('Found: {0}.', describeHidden(hidden)),
      ...spelled(hidden),
      l10n.t('A model reads it. It may have come along with something you pasted.'),
    ],
    [strip, keep],
  );
  return answer === keep ? text : answer === strip ? stripHidden(text) : undefined;
}

async function askAbout(
  message: string,
  lines: readonly string[],
  choices: readonly string[],
): Promise<string | undefined> {
  return showWarningMessage(message, { modal: true, detail: lines.join('\n') }, ...choices);
}

function spelled({ spelled: words }: HiddenSummary): string[] {
  if (words === '') return [];
  const quote = words.length > longestQuote ? `${words.slice(0, longestQuote)}…` : words;
  return [l10n.t('The tags spell: “{0}”', quote)];
}

async function showLine(uri: vscode.Uri, line: number): Promise<void> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  await vscode.window.showTextDocument(uri, { selection, viewColumn: vscode.ViewColumn.One });
}

function nameOfKind(kind: HiddenKind): string {
  switch (kind) {
    case 'tags':
      return l10n.t('tags');
    case 'direction':
      return l10n.t('marks of writing direction');
    case 'selectors':
      return l10n.t('variation selectors');
    case 'controls':
      return l10n.t('control characters');
    case 'blanks':
      return l10n.t('blank letters');
    case 'zero-width':
      return l10n.t('characters without width');
  }
}
