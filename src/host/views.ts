/** What the panel sees of turns and attachments: no code texts, errors in the user's language. */

import { l10n } from 'vscode';
import type { Answer, Attachment, Turn } from '../core/conversation.ts';
import type { AttachmentView, OutcomeView, TurnView } from '../core/protocol.ts';
import { toErrorCard } from './errorCard.ts';
import type { Models } from './models.ts';

export function toTurnView(turn: Turn, models: Models): TurnView {
  return {
    id: turn.id,
    question: turn.question,
    attachments: turn.attachments.map(toAttachmentView),
    modelName: models.describe(turn.model).name,
    text: turn.answer.text,
    reasoning: turn.answer.reasoning,
    outcome: toOutcomeView(turn.answer),
  };
}

export function toAttachmentView({
  id,
  kind,
  path,
  languageId,
  startLine,
  endLine,
  symbol,
}: Attachment): AttachmentView {
  return { id, kind, name: symbol ?? path.split('/').at(-1) ?? path, path, languageId, startLine, endLine };
}

export function toOutcomeView(answer: Omit<Answer, 'text' | 'reasoning'>): OutcomeView {
  const { status, finishReason, usage, error } = answer;
  return { status, finishReason, usage, notice: noticeOf(answer), error: error && toErrorCard(error) };
}

function noticeOf({
  status,
  finishReason,
  omittedTurns,
}: Omit<Answer, 'text' | 'reasoning'>): string | undefined {
  const sentences = [
    status === 'stopped' && l10n.t('Stopped.'),
    status === 'interrupted' && l10n.t('Interrupted: VS Code closed while the answer was coming.'),
    finishReason === 'length' &&
      l10n.t('The answer was cut at the length limit. Raise “Maximum output tokens”, or ask to go on.'),
    finishReason === 'content-filter' &&
      l10n.t('The platform’s content filter marked this turn. It is not sent along with later questions.'),
    omittedTurns === 1 && l10n.t('The oldest turn was left out: it did not fit into the model’s context.'),
    omittedTurns !== undefined &&
      omittedTurns > 1 &&
      l10n.t('The {0} oldest turns were left out: they did not fit into the model’s context.', omittedTurns),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ') || undefined;
}
