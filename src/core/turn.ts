/** The only place where a question becomes an answer, and where an error becomes an outcome. */

import { ChatError } from './chatError.ts';
import type { ChatModel, FinishPart, ModelParameters, StreamPart } from './chatModel.ts';
import type { Turn } from './conversation.ts';
import { selectParameters } from './parameters.ts';
import { assemblePrompt } from './prompt.ts';

export interface TurnRequest {
  /** Called when the turn starts; what it throws is the turn's outcome. */
  openModel(): Promise<ChatModel>;
  history: readonly Turn[];
  question: Pick<Turn, 'question' | 'attachments'>;
  systemPrompt: string;
  /** What the user set; for the rest the model's own suggestions, then the platform's defaults. */
  parameters: ModelParameters;
  signal: AbortSignal;
  /** Each part as it arrives, but for the `finish`. */
  onPart(part: Exclude<StreamPart, FinishPart>): void;
}

/** However it ends, the parts that came before stay with the caller. */
export type TurnOutcome = { omittedTurns: number } & (
  | { status: 'done'; finish: FinishPart }
  | { status: 'stopped' }
  | { status: 'failed'; error: ChatError }
);

/** Never rejects. */
export async function runTurn(request: TurnRequest): Promise<TurnOutcome> {
  const { signal, onPart } = request;
  let omittedTurns = 0;
  let providerId = '';
  try {
    const model = await request.openModel();
    providerId = model.info.providerId;
    const parameters = selectParameters(model.info.parameters, {
      ...model.info.suggested,
      ...request.parameters,
    });
    const prompt = assemblePrompt({
      history: request.history,
      question: request.question,
      systemPrompt: request.systemPrompt,
      info: model.info,
      outputTokens: parameters.maxOutputTokens ?? defaultOutputTokens(model),
    });
    omittedTurns = prompt.omittedTurns;
    for await (const part of model.stream({ messages: prompt.messages, parameters }, signal)) {
      if (part.type === 'finish') return { status: 'done', finish: part, omittedTurns };
      onPart(part);
    }
    throw new ChatError({ kind: 'protocol', providerId, message: 'The answer ended without a finish.' });
  } catch (error) {
    if (signal.aborted) return { status: 'stopped', omittedTurns };
    return { status: 'failed', error: toChatError(error, providerId), omittedTurns };
  }
}

function defaultOutputTokens({ info }: ChatModel): number {
  const rule = info.parameters.maxOutputTokens;
  return (rule?.type === 'integer' ? rule.default : undefined) ?? 1500;
}

function toChatError(error: unknown, providerId: string): ChatError {
  if (error instanceof ChatError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ChatError({ kind: 'unexpected', providerId, message, cause: error });
}
