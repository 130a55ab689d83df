/** The contract between the composer and slash commands, built in or of the prompt library. */

import type * as vscode from 'vscode';
import type { Attachment } from '../../chat/common/conversation.ts';
import type { CommandChoice } from '../../chat/common/protocol.ts';
import type { ModelParameters } from '../../llm/chatModel.ts';

export interface SlashCommands {
  /** In the order in which they are offered. */
  readonly choices: readonly CommandChoice[];
  readonly onDidChange: vscode.Event<void>;
  /** Reads the prompt library if that has not happened yet. */
  load(): Promise<void>;
  /** The command at the start of a draft, and the text after it. */
  parse(draft: string): { command: SlashCommand; rest: string } | undefined;
}

/** A command that asks the model, or one that runs at once. */
export type SlashCommand = AskingCommand | LocalCommand;

export interface AskingCommand {
  kind: 'ask';
  name: string;
  /** `connectionId/modelId`; by default the conversation's model. */
  model?: string;
  parameters?: ModelParameters;
  /** The attachments, shown in the composer before they are sent; throws with a message in the user's language. */
  attachments(): Promise<readonly Attachment[]>;
  /**
   * The text that is sent in place of what was typed; `rest`: what stands behind the command's name. `undefined` when
   * the user was asked for something and gave up; throws with a message in the user's language.
   */
  prompt(rest: string, attachments: readonly Attachment[]): Promise<string | undefined>;
  /** The same as far as it is known without asking the user, for measuring; throws as `prompt` does. */
  preview(rest: string, attachments: readonly Attachment[]): Promise<string>;
}

export interface LocalCommand {
  kind: 'local';
  name: string;
  run(rest: string): Promise<void>;
}
