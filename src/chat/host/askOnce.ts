/** Asks a model once, outside every conversation: a summary, an edit, a commit message. Nothing is kept of it. */

import type { Models } from '../../connections/host/models.ts';
import { runTurn, type TurnOutcome, type TurnRequest } from '../common/turn.ts';

export interface OneQuestion extends Partial<Pick<TurnRequest, 'history' | 'systemPrompt'>> {
  models: Pick<Models, 'open'>;
  question: Pick<TurnRequest['question'], 'question' | 'attachments' | 'model'> &
    Partial<Pick<TurnRequest['question'], 'parameters'>>;
  signal: AbortSignal;
  /** The whole text so far, with each part that comes. */
  onText?(text: string): void;
}

/** Never rejects; `text` is what came, however it ended. */
export async function askOnce(options: OneQuestion): Promise<TurnOutcome & { text: string }> {
  const { models, question, history = [], systemPrompt = '', signal, onText } = options;
  let text = '';
  const outcome = await runTurn({
    openModel: () => models.open(question.model),
    history,
    question: { parameters: {}, ...question },
    systemPrompt,
    signal,
    onPart(part) {
      if (part.type === 'text-delta') text += part.text;
      else if (part.type === 'text-replace') text = part.text;
      else return;
      onText?.(text);
    },
  });
  return { ...outcome, text };
}
