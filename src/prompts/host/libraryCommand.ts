/** Creates a slash command from a prompt of the library. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { markHidden, stripHidden } from '../../base/common/hiddenText.ts';
import { UserError } from '../../base/host/userError.ts';
import { showInputBox, showQuickPick } from '../../base/host/window/quickInput.ts';
import type { Attachment } from '../../chat/common/conversation.ts';
import { readUri } from '../../context/host/readUri.ts';
import { tabUris } from '../../context/host/recentFiles.ts';
import { type BuiltIn, listOf } from './builtIns.ts';
import type { CommandContext } from './commandContext.ts';
import type { ContextKind, PromptFile } from './promptFile.ts';
import type { PromptPart } from './promptVariables.ts';

export interface InputPort {
  /** The user's answer to `${input:…}`; `undefined` when they cancel. */
  ask(input: Extract<PromptPart, { kind: 'input' }>): Promise<string | undefined>;
}

const mostEditors = 20;

export const windowInput: InputPort = {
  ask: async ({ label, preset, choices }) =>
    choices.length > 0
      ? showQuickPick(choices, { placeHolder: label, ignoreFocusOut: true })
      : showInputBox({ prompt: label, value: preset, ignoreFocusOut: true }),
};

/** Default answers, for measuring a prompt before the user has answered. */
const presets: InputPort = { ask: async ({ preset, choices }) => choices[0] ?? preset ?? '' };

export interface CommandOptions {
  context: CommandContext;
  input: InputPort;
  /** Whether the prompt may be sent without the hidden characters of its file. */
  confirmHidden(hidden: NonNullable<PromptFile['hidden']>): Promise<boolean>;
}

/**
 * Replaces `${selection}` and `${file}` by the names of attachments, so that only visible attachments are sent. Removes
 * hidden characters, whether from the file, a path or an answer of the user.
 */
export function toCommand(file: PromptFile, { context, input, confirmHidden }: CommandOptions): BuiltIn {
  const wanted = new Set<ContextKind>(file.context);
  for (const { kind } of file.parts) if (kind === 'selection' || kind === 'file') wanted.add(kind);
  const promptWith = async (
    port: InputPort,
    rest: string,
    attachments: readonly Attachment[],
  ): Promise<string | undefined> => {
    const text = await fill(file.parts, attachments, port);
    return text === undefined ? undefined : [text, rest].filter(Boolean).join('\n\n');
  };
  return {
    kind: 'ask',
    name: file.name,
    description: describePrompt(file),
    model: file.model,
    parameters: file.parameters,
    attachments: async () => {
      const found = await Promise.all([...wanted].map((kind) => attach(kind, context)));
      const byPlace = new Map(
        found
          .flat()
          .map((one) => [`${one.kind}:${one.uri || one.path}:${one.startLine}-${one.endLine}`, one]),
      );
      return [...byPlace.values()];
    },
    prompt: async (rest, attachments) =>
      file.hidden && !(await confirmHidden(file.hidden))
        ? undefined
        : await promptWith(input, rest, attachments),
    preview: async (rest, attachments) => (await promptWith(presets, rest, attachments)) ?? rest,
  };
}

/** Describes a prompt to the user: description, model, parameters, and whether it has hidden characters. */
export function describePrompt({ description, model, parameters, hidden }: PromptFile): string {
  const set = Object.entries(parameters ?? {}).map(
    ([name, value]) => `${name}: ${markHidden(JSON.stringify(value))}`,
  );
  const warning = hidden && l10n.t('Invisible characters: {0}', hidden.count);
  return [warning, description, model, ...set].filter(Boolean).join(' · ');
}

async function fill(
  parts: readonly PromptPart[],
  attachments: readonly Attachment[],
  input: InputPort,
): Promise<string | undefined> {
  const answers = new Map<string, string>();
  let text = '';
  for (const part of parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'input') {
      const answer = answers.get(part.label) ?? (await input.ask(part));
      if (answer === undefined) return undefined;
      answers.set(part.label, answer);
      text += answer;
    } else text += nameFor(part.kind, attachments);
  }
  return stripHidden(text);
}

function nameFor(kind: 'selection' | 'file' | 'language', attachments: readonly Attachment[]): string {
  const code = attachments.filter((one) => ['selection', 'symbol', 'visible', 'file'].includes(one.kind));
  const found = kind === 'file' ? (code.find((one) => one.kind === 'file') ?? code[0]) : code[0];
  if (!found && kind === 'language') return '';
  if (!found) throw new UserError(l10n.t('This prompt needs code: open a file, or select some, first.'));
  if (kind === 'language') return found.languageId;
  const lines = found.kind === 'file' ? '' : `:${found.startLine}-${found.endLine}`;
  return `\`${found.path.replace(/[`\r\n]/g, ' ')}${lines}\``;
}

async function attach(kind: ContextKind, context: CommandContext): Promise<readonly Attachment[]> {
  if (kind === 'selection') return context.code();
  if (kind === 'changes') return listOf(await context.changes('staged'), await context.changes('unstaged'));
  if (kind === 'open-editors') return openEditors();
  const [code] = await context.code();
  if (!code) return [];
  if (kind === 'problems') return listOf(await context.problems(code));
  return [await readUri(vscode.Uri.parse(code.uri))];
}

/** Skips editors that can't be attached, such as a deleted or too large file. */
async function openEditors(): Promise<Attachment[]> {
  const read = await Promise.allSettled(tabUris().slice(0, mostEditors).map(readUri));
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
