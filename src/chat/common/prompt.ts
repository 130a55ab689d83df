/** From a conversation to the messages of one request, within the model's budget. */

import { fenceFor } from '../../base/common/fence.ts';
import { stripHidden } from '../../base/common/hiddenText.ts';
import { type AnswerStep, answerText, stepMessages, stepsOf } from '../../llm/answerParts.ts';
import { outputRoom, requestLimit, type Size, sizeOfMessages, tokenScale } from '../../llm/budget.ts';
import type { ChatMessage, ChatRequest, ModelInfo } from '../../llm/chatModel.ts';
import { effectiveParameters } from '../../llm/parameters.ts';
import { estimateImageTokens, estimateTokens } from '../../llm/tokens.ts';
import type { Answer, Attachment, Summary, Turn } from './conversation.ts';

export interface Prompt {
  messages: ChatMessage[];
  /** What the messages take, in tokens, as far as that can be told without the platform. */
  estimatedTokens: number;
  /** Earlier turns that go along, oldest first. */
  sent: readonly Turn[];
  /** The oldest turns, which did not fit. */
  omitted: readonly Turn[];
  /** The last turn that a summary stands for. */
  summarisedThroughTurnId?: string;
}

export type AskedQuestion = Pick<Turn, 'question' | 'prompt' | 'attachments'>;

export interface PromptOptions {
  /** Earlier turns, oldest first, without the one that is asked now. */
  history: readonly Turn[];
  question: AskedQuestion;
  /** Sent without hidden characters: nobody looks at it again before each question. */
  systemPrompt: string;
  /** Of the newest one that ends within `history`, the text takes the place of the turns. */
  summaries?: readonly Summary[];
  /** Goes on with an answer to the question: what there is of it, and the words that ask for the rest. */
  continuation?: { answer: Pick<Answer, 'parts'>; instruction: string };
  info: ModelInfo;
  /** Tokens to keep free for the answer. */
  outputTokens: number;
  /** What the platform counts for each token of ours, see `tokenScale`. */
  scale?: number;
}

/** A question, and what is sent with it. */
export interface TurnQuestion
  extends Partial<Pick<PromptOptions, 'history' | 'systemPrompt' | 'summaries' | 'continuation'>> {
  /** `parameters`: what the user set; for the rest the model's own suggestions, then the platform's defaults. */
  question: Pick<Turn, 'question' | 'prompt' | 'attachments' | 'model'> & Partial<Pick<Turn, 'parameters'>>;
}

/** What a turn asks the model for: messages within its budget, and the parameters it takes. */
export function assembleRequest(
  info: ModelInfo,
  turn: TurnQuestion,
): { prompt: Prompt; request: ChatRequest } {
  const { history = [], systemPrompt = '', question } = turn;
  const parameters = effectiveParameters(info, question.parameters ?? {});
  const prompt = assemblePrompt({
    ...turn,
    history,
    systemPrompt,
    info,
    outputTokens: outputRoom(info, parameters),
    scale: tokenScale(history, question.model),
  });
  return { prompt, request: { messages: prompt.messages, parameters } };
}

export function assemblePrompt(options: PromptOptions): Prompt {
  const { history, question, continuation, info, outputTokens, scale = 1 } = options;
  const { summary, remaining } = applySummary(history, options.summaries ?? []);
  const systemText = [stripHidden(options.systemPrompt), summary && `${summaryHeading}\n\n${summary.text}`]
    .filter((text) => text?.trim())
    .join('\n\n');
  const system: ChatMessage[] = systemText === '' ? [] : [{ role: 'system', content: systemText }];
  const current: ChatMessage[] = [toUserMessage(question, takesImages(info))];
  if (continuation) {
    current.push(...answerMessages(continuation.answer, info));
    current.push({ role: 'user', content: continuation.instruction });
  }
  const turns = remaining.filter(isWorthRepeating);
  const most = requestLimit(info, outputTokens, scale);
  let { tokens, characters } = sizeOfMessages([...system, ...current]);
  let kept = turns.length;
  for (; kept > 0; kept--) {
    const turn = turns[kept - 1];
    if (!turn) break;
    const size = measureTurn(turn, info);
    if (tokens + size.tokens > most.tokens || characters + size.characters > most.characters) break;
    tokens += size.tokens;
    characters += size.characters;
  }
  const sent = turns.slice(kept);
  return {
    messages: [...system, ...sent.flatMap((turn) => messagesOf(turn, info)), ...current],
    estimatedTokens: tokens,
    sent,
    omitted: turns.slice(0, kept),
    summarisedThroughTurnId: summary?.throughTurnId,
  };
}

/** What one turn adds to a request to this model: question, code, images and answer. */
export function estimateTurn(turn: Turn, info: ModelInfo): number {
  return measureTurn(turn, info).tokens;
}

/**
 * The same with its characters, which some platforms limit. Turns are never changed, only replaced: what one takes is
 * counted once for each kind of model.
 */
export function measureTurn(turn: Turn, info: ModelInfo): Size {
  const kind = (takesImages(info) ? 1 : 0) + (info.toolCalling ? 2 : 0);
  const known = sizes[kind]?.get(turn);
  if (known) return known;
  const size = sizeOfMessages(messagesOf(turn, info));
  sizes[kind]?.set(turn, size);
  return size;
}

/** What turns may take in one request to this model, beside what is always in it: a system text and a question. */
export function roomForTurns({
  systemPrompt,
  question,
  info,
  outputTokens,
  scale = 1,
}: Pick<PromptOptions, 'systemPrompt' | 'question' | 'info' | 'outputTokens' | 'scale'>): Size {
  const prompt = assemblePrompt({ history: [], systemPrompt, question, info, outputTokens });
  const most = requestLimit(info, outputTokens, scale);
  return {
    tokens: most.tokens - prompt.estimatedTokens,
    characters: most.characters - sizeOfMessages(prompt.messages).characters,
  };
}

/**
 * What an attachment adds to a request to this model, in tokens, without the frame around it; of an image, without
 * `info`, what it takes of a model that sees.
 */
export function estimateAttachment(attachment: Attachment, info?: ModelInfo): number {
  const { path, text, image } = attachment;
  if (image) return info && !takesImages(info) ? estimateTokens(nameImage(path)) : estimateImageTokens(image);
  const known = attachmentTokens.get(attachment);
  if (known !== undefined) return known;
  const tokens = estimateTokens(text);
  attachmentTokens.set(attachment, tokens);
  return tokens;
}

/**
 * The question behind what is attached. Each piece is fenced with a fence longer than any inside it. Images have no text;
 * for a model that does not see (`sees` is false) their names stand in their place.
 */
export function formatQuestion({ question, prompt, attachments }: AskedQuestion, sees: boolean): string {
  const pieces = attachments.flatMap((attachment) => {
    if (!attachment.image) return [fence(attachment)];
    return sees ? [] : [nameImage(attachment.path)];
  });
  return [...pieces, prompt ?? question].join('\n\n');
}

/** A turn without an answer, or one the platform's moderation ended, would only spoil the next request. */
export function isWorthRepeating({ answer }: Turn): boolean {
  const moderated = answer.error?.kind === 'content-filtered' || answer.finishReason === 'content-filter';
  // A result without a call, as a damaged file may have it, says nothing.
  const saysSomething = ({ text, calls, results }: AnswerStep): boolean =>
    text.trim() !== '' || (calls.length > 0 && results.length > 0);
  return !moderated && stepsOf(answer).some(saysSomething);
}

const summaryHeading = 'Summary of the earlier part of this conversation:';

function applySummary(
  history: readonly Turn[],
  summaries: readonly Summary[],
): { summary?: Summary; remaining: readonly Turn[] } {
  const places = new Map(history.map(({ id }, index) => [id, index]));
  const summary = summaries.findLast(({ throughTurnId }) => places.has(throughTurnId));
  if (!summary) return { remaining: history };
  return { summary, remaining: history.slice((places.get(summary.throughTurnId) ?? 0) + 1) };
}

/** A model of which it is not known gets the images: the platform says so if it takes none. */
function takesImages({ imageInput }: ModelInfo): boolean {
  return imageInput !== false;
}

function messagesOf(turn: Turn, info: ModelInfo): ChatMessage[] {
  return [toUserMessage(turn, takesImages(info)), ...answerMessages(turn.answer, info)];
}

/**
 * What the model said, with its calls of tools and their results. A model that calls no tools gets the texts alone.
 * Reasoning is not sent again: no platform here asks for it.
 */
function answerMessages(answer: Pick<Answer, 'parts'>, info: ModelInfo): ChatMessage[] {
  const steps = stepsOf(answer);
  // Calls that nothing ran are no conversation: the platform was not asked for them.
  if (!info.toolCalling || steps.every(({ results }) => results.length === 0))
    return [{ role: 'assistant', content: answerText(answer) || nameTools(steps) }];
  return steps.flatMap(stepMessages);
}

function nameTools(steps: readonly AnswerStep[]): string {
  return steps.flatMap(({ calls }) => calls.map(({ name }) => `[tool: ${name}]`)).join('\n');
}

function toUserMessage(question: AskedQuestion, sees: boolean): ChatMessage {
  const images = sees ? question.attachments.flatMap(({ image }) => (image ? [image] : [])) : [];
  const content = formatQuestion(question, sees);
  return images.length === 0 ? { role: 'user', content } : { role: 'user', content, images };
}

function nameImage(path: string): string {
  return `[image: ${path.replace(/[[\]\r\n]/g, ' ')}]`;
}

function fence({ languageId, path, startLine, endLine, text: kept, cutCharacters = 0 }: Attachment): string {
  // For the model, which must not take the end for the end.
  const text = cutCharacters > 0 ? `${kept}\n[… ${cutCharacters} more characters were cut here]` : kept;
  const ticks = fenceFor(text);
  const name = path.replace(/[`\r\n]/g, ' ');
  const lines = startLine === 0 ? '' : `:${startLine}-${endLine}`;
  return `${ticks}${languageId} ${name}${lines}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}

/** Attachments are never changed either. */
const attachmentTokens = new WeakMap<Attachment, number>();

/** By whether the model sees, and whether it calls tools. */
const sizes = Array.from({ length: 4 }, () => new WeakMap<Turn, Size>());
