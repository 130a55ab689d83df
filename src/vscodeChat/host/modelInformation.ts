/** Describes a model to VS Code, with careful limits where the true ones are unknown. */

import type { LanguageModelChatInformation } from 'vscode';
import { plainLine } from '../../base/common/plainText.ts';
import { inputBudget, outputRoom } from '../../llm/budget.ts';
import type { ModelInfo } from '../../llm/chatModel.ts';

/** Limits in tokens for models whose vendor states none; today's models have at least these. */
const assumed = { input: 128_000, output: 8192 };
/** A careful ratio, from English text with long words. */
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
    // Unknown image support counts as support: the platform refuses images itself.
    capabilities: { toolCalling: info.toolCalling, imageInput: info.imageInput !== false },
  };
}

/** Whether the reference, which may come from a server, is safe to pass to VS Code. */
export function isPlainRef(ref: string): boolean {
  return plainLine(ref) === ref;
}

function maxInput(info: ModelInfo): number {
  if (info.maxInputCharacters !== undefined) return Math.floor(info.maxInputCharacters / charactersPerToken);
  return inputBudget(info, outputRoom(info, info.suggested ?? {})) ?? assumed.input;
}
