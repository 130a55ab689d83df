/** What VS Code is told of a model: its true limits where they are known, careful ones where they are not. */

import type { LanguageModelChatInformation } from 'vscode';
import { plainLine } from '../../base/common/plainText.ts';
import { inputBudget } from '../../chat/common/prompt.ts';
import { outputRoom } from '../../chat/common/turn.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';

/** In tokens, for models whose vendor states none: what today's models have at least. */
const assumed = { input: 128_000, output: 8192 };
/** English text of the longest words; so many characters of it are never more than the service takes. */
const charactersPerToken = 4;

export interface ModelPlace {
  /** `connectionId/modelId`. */
  ref: string;
  /** The connection's name for people. */
  connection: string;
}

/** VS Code writes most of this, `id` too, into Markdown that may run commands; see `isPlainRef`. */
export function toInformation(
  info: ModelInfo,
  { ref, connection }: ModelPlace,
): LanguageModelChatInformation {
  return {
    id: ref,
    name: plainLine(info.name),
    family: plainLine(info.family),
    version: plainLine(info.id),
    detail: plainLine(connection),
    tooltip: plainLine(`${info.id} · ${connection}`),
    maxInputTokens: maxInput(info),
    maxOutputTokens: info.maxOutputTokens ?? (info.contextTokens ? outputRoom(info, {}) : assumed.output),
    // Of what is not known the platform says so itself, as in Qiao's own panel.
    capabilities: { toolCalling: info.toolCalling, imageInput: info.imageInput !== false },
  };
}

/** Whether a model can be told to VS Code by this reference, which cannot be changed and may come from a server. */
export function isPlainRef(ref: string): boolean {
  return plainLine(ref) === ref;
}

function maxInput(info: ModelInfo): number {
  if (info.maxInputCharacters !== undefined) return Math.floor(info.maxInputCharacters / charactersPerToken);
  return inputBudget(info, outputRoom(info, info.suggested ?? {})) ?? assumed.input;
}
