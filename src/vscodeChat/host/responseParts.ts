/** Streams the parts of an answer to VS Code. */

import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { UserError } from '../../base/host/userError.ts';
import { describeEnding } from '../../errors/host/endingTexts.ts';
import type { AnswerStreamPart } from '../../llm/answerParts.ts';
import type { FinishPart, Usage } from '../../llm/chatModel.ts';
import { isBrokenOff } from '../../llm/finishReason.ts';
import { parseJson } from '../../providers/sse/json.ts';

export interface ResponseWriter {
  /** Throws a `UserError` for a tool call whose arguments are no object. */
  write(part: AnswerStreamPart): void;
  /** Throws a `UserError` for an empty answer, or one that the platform broke off. */
  finish(part: FinishPart): void;
}

export function createResponseWriter(
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
): ResponseWriter {
  let written = '';
  let empty = true;
  const writeText = (text: string): void => {
    if (text === '') return;
    written += text;
    empty = false;
    progress.report(new vscode.LanguageModelTextPart(text));
  };
  return {
    write(part) {
      switch (part.type) {
        case 'text-delta':
          return writeText(part.text);
        case 'text-replace':
          // VS Code cannot replace text, so a different text is appended.
          return writeText(
            part.text.startsWith(written) ? part.text.slice(written.length) : `\n\n${part.text}`,
          );
        case 'reasoning-delta': {
          const thought = newerPart('LanguageModelThinkingPart', part.text);
          if (thought) progress.report(thought);
          return;
        }
        case 'tool-call':
          empty = false;
          progress.report(new vscode.LanguageModelToolCallPart(part.id, part.name, parseArguments(part)));
      }
    },
    finish({ reason, rawReason, usage }) {
      const counts = usage && toUsagePart(usage);
      if (counts) progress.report(counts);
      const brokenOff = reason === 'other' && isBrokenOff(rawReason);
      const ending = brokenOff && describeEnding({ rawReason });
      if (ending) throw new UserError(ending);
      if (!empty) return;
      if (reason === 'content-filter')
        throw new UserError(l10n.t('The platform’s content filter stopped the answer.'));
      if (reason === 'length')
        throw new UserError(l10n.t('The model used all its tokens before it said a word.'));
      throw new UserError(l10n.t('The model sent no answer. Try again.'));
    },
  };
}

function parseArguments({ name, arguments: text }: { name: string; arguments: string }): object {
  const value = text.trim() === '' ? {} : parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UserError(
    l10n.t('The model called the tool “{0}” with arguments that cannot be read. Try again.', name),
  );
}

/** Usage for VS Code's indicator of context use. */
function toUsagePart({ inputTokens, outputTokens, totalTokens }: Usage): NewerPart | undefined {
  const counts = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
  };
  return newerPart('LanguageModelDataPart', new TextEncoder().encode(JSON.stringify(counts)), 'usage');
}

type NewerPart = vscode.LanguageModelResponsePart;

/** A part whose class the typings lack; `undefined` if VS Code lacks it, too. */
function newerPart(
  name: 'LanguageModelThinkingPart' | 'LanguageModelDataPart',
  ...values: unknown[]
): NewerPart | undefined {
  const kind: unknown = Reflect.get(vscode, name);
  return typeof kind === 'function' ? Reflect.construct(kind, values) : undefined;
}
