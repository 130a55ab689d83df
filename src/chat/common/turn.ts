/** The only place where a question becomes an answer, and where an error becomes an outcome. */

import { ChatError } from '../../llm/chatError.ts';
import type {
  ChatModel,
  ChatRequest,
  FinishPart,
  ModelInfo,
  ModelParameters,
  StreamPart,
} from '../../llm/chatModel.ts';
import { selectParameters } from '../../llm/parameters.ts';
import type { Turn } from './conversation.ts';
import { assemblePrompt, inputBudget, type Prompt, type PromptOptions, tokenScale } from './prompt.ts';

export interface TurnRequest
  extends Pick<PromptOptions, 'history' | 'systemPrompt' | 'summaries' | 'continuation'> {
  /** Called when the turn starts; what it throws is the turn's outcome. */
  openModel(): Promise<ChatModel>;
  /** `parameters`: what the user set; for the rest the model's own suggestions, then the platform's defaults. */
  question: Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model' | 'parameters'>;
  signal: AbortSignal;
  /** Each part as it arrives, but for the `finish`. */
  onPart(part: Exclude<StreamPart, FinishPart>): void;
}

/** However it ends, the parts that came before stay with the caller. */
export type RequestOutcome =
  | { status: 'done'; finish: FinishPart }
  | { status: 'stopped' }
  | { status: 'failed'; error: ChatError };

/** `prompt`: what was sent, if it came to that. */
export type TurnOutcome = { prompt?: Prompt } & RequestOutcome;

/** Never rejects. */
export async function runTurn(request: TurnRequest): Promise<TurnOutcome> {
  let prompt: Prompt | undefined;
  const outcome = await runRequest({
    ...request,
    toRequest(info) {
      const assembled = assembleRequest(info, request);
      prompt = assembled.prompt;
      return assembled.request;
    },
  });
  return { prompt, ...outcome };
}

/** Messages that somebody else put together, as VS Code's own chat does. */
export interface ModelRequest extends Pick<TurnRequest, 'openModel' | 'signal' | 'onPart'> {
  /** What it throws is the outcome. */
  toRequest(info: ModelInfo): ChatRequest;
}

/** Never rejects; what `onPart` throws ends the request and is its outcome. */
export async function runRequest(request: ModelRequest): Promise<RequestOutcome> {
  const { signal, onPart } = request;
  let providerId = '';
  try {
    const model = await request.openModel();
    providerId = model.info.providerId;
    for await (const part of model.stream(request.toRequest(model.info), signal)) {
      if (part.type === 'finish') return { status: 'done', finish: part };
      onPart(part);
    }
    throw new ChatError({ kind: 'protocol', providerId, message: 'The answer ended without a finish.' });
  } catch (error) {
    if (signal.aborted) return { status: 'stopped' };
    return { status: 'failed', error: toChatError(error, providerId) };
  }
}

/** What a turn asks the model for: messages within its budget, and the parameters it takes. */
export function assembleRequest(
  info: ModelInfo,
  turn: Pick<TurnRequest, 'history' | 'systemPrompt' | 'summaries' | 'continuation' | 'question'>,
): { prompt: Prompt; request: ChatRequest } {
  const parameters = effectiveParameters(info, turn.question.parameters);
  const prompt = assemblePrompt({
    ...turn,
    info,
    outputTokens: outputRoom(info, parameters),
    scale: tokenScale(turn.history, turn.question.model),
  });
  return { prompt, request: { messages: prompt.messages, parameters } };
}

/** What is sent for a model where the user set these. */
export function effectiveParameters(info: ModelInfo, parameters: ModelParameters): ModelParameters {
  return selectParameters(info.parameters, { ...info.suggested, ...parameters });
}

/** Tokens to keep free for the answer. */
export function outputRoom({ parameters: rules }: ModelInfo, { maxOutputTokens }: ModelParameters): number {
  const rule = rules.maxOutputTokens;
  return maxOutputTokens ?? (rule?.type === 'integer' ? rule.default : undefined) ?? 1500;
}

/** How much of the input attachments may fill, beside what is asked and what a platform adds; estimates err. */
const attachedShare = 0.75;

/** In tokens; `undefined` where it is not known what the model takes. */
export function attachmentRoom(info: ModelInfo, parameters: ModelParameters): number | undefined {
  const budget = inputBudget(info, outputRoom(info, parameters));
  return budget && Math.floor(budget * attachedShare);
}

function toChatError(error: unknown, providerId: string): ChatError {
  if (error instanceof ChatError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ChatError({ kind: 'unexpected', providerId, message, cause: error });
}
