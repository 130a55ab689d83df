/** Reads and extends the parts of an answer: its texts, its calls of tools, and their results, in the order they came. */

import type { ChatMessage, StreamPart, ToolCall } from './chatModel.ts';

/**
 * A piece of an answer, in the order it came. Each step of the model has at most one reasoning part and one text part.
 */
export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** `arguments`: JSON text, exactly as the model wrote it. */
  | { type: 'tool-call'; id: string; name: string; arguments: string }
  /** The result of the nearest earlier call with this id; ids may repeat in later steps. */
  | { type: 'tool-result'; toolCallId: string; text: string; isError?: boolean };

/** A tool call or its result. */
export type ToolPart = Extract<AnswerPart, { type: 'tool-call' | 'tool-result' }>;

/** One step of an answer: the model's texts and calls, and the results. */
export interface AnswerStep {
  text: string;
  reasoning: string;
  calls: readonly ToolCall[];
  results: readonly Extract<AnswerPart, { type: 'tool-result' }>[];
}

interface HasParts {
  readonly parts: readonly AnswerPart[];
}

/** The parts of an answer without tools: reasoning first. An empty text makes no part. */
export function textParts(text: string, reasoning = ''): AnswerPart[] {
  const parts: AnswerPart[] = [];
  if (reasoning !== '') parts.push({ type: 'reasoning', text: reasoning });
  if (text !== '') parts.push({ type: 'text', text });
  return parts;
}

/** The text of all steps, separated by blank lines. */
export function answerText({ parts }: HasParts): string {
  return textOf(parts, 'text');
}

/** The reasoning of all steps, separated by blank lines. */
export function answerReasoning({ parts }: HasParts): string {
  return textOf(parts, 'reasoning');
}

/** Whether the answer has tool parts. */
export function usesTools({ parts }: HasParts): boolean {
  return parts.some(isToolPart);
}

/** Whether the part is a call or a result. */
export function isToolPart(part: AnswerPart | AnswerStreamPart): part is ToolPart {
  return part.type === 'tool-call' || part.type === 'tool-result';
}

/**
 * Adds to the texts of the current step, in place; after a part of a tool, a new step begins. Takes time in proportion to
 * what is added.
 */
export function addTexts(parts: AnswerPart[], added: { text: string; reasoning: string }): void {
  changeStep(parts, ({ text, reasoning }) => textParts(text + added.text, reasoning + added.reasoning));
}

/** Replaces the text of the current step, in place. */
export function replaceText(parts: AnswerPart[], text: string): void {
  changeStep(parts, ({ reasoning }) => textParts(text, reasoning));
}

/** Adds a stream part, in place. */
export function addStreamPart(parts: AnswerPart[], part: AnswerStreamPart): void {
  switch (part.type) {
    case 'text-delta':
      addTexts(parts, { text: part.text, reasoning: '' });
      break;
    case 'reasoning-delta':
      addTexts(parts, { text: '', reasoning: part.text });
      break;
    case 'text-replace':
      replaceText(parts, part.text);
      break;
    default:
      parts.push(part);
  }
}

/** Follows `answerText` part by part. Each part takes time in proportion to itself, however many came before. */
export interface TextSoFar {
  /** Returns the text of all steps with this part. */
  add(part: AnswerStreamPart): string;
}

export function createTextSoFar(): TextSoFar {
  /** The texts of the steps before, and of this one. */
  let earlier = '';
  let current = '';
  const whole = (): string =>
    earlier === '' || current === '' ? earlier + current : earlier + stepGap + current;
  return {
    add(part) {
      if (part.type === 'text-delta') current += part.text;
      else if (part.type === 'text-replace') current = part.text;
      else if (isToolPart(part)) {
        earlier = whole();
        current = '';
      }
      return whole();
    },
  };
}

/** What `generate` emits: the model's parts except `finish`, and tool results. */
export type AnswerStreamPart =
  | Exclude<StreamPart, { type: 'finish' }>
  | Extract<AnswerPart, { type: 'tool-result' }>;

/** The steps of an answer; a new one begins after a result. */
export function stepsOf({ parts }: HasParts): AnswerStep[] {
  const steps: {
    text: string;
    reasoning: string;
    calls: ToolCall[];
    results: AnswerStep['results'][number][];
  }[] = [];
  for (const part of parts) {
    let step = steps.at(-1);
    if (!step || (step.results.length > 0 && part.type !== 'tool-result')) {
      step = { text: '', reasoning: '', calls: [], results: [] };
      steps.push(step);
    }
    if (part.type === 'text' || part.type === 'reasoning')
      step[part.type] += (step[part.type] === '' ? '' : stepGap) + part.text;
    else if (part.type === 'tool-result') step.results.push(part);
    else step.calls.push({ id: part.id, name: part.name, arguments: part.arguments });
  }
  return steps;
}

/** The messages of a step; each call has a result. Empty for an empty step. */
export function stepMessages({ text, calls, results }: AnswerStep): ChatMessage[] {
  if (calls.length === 0) return text === '' ? [] : [{ role: 'assistant', content: text }];
  const byId = resultsById(results);
  const resultOf = ({ id }: ToolCall): string => byId.get(id)?.text ?? notRun;
  return [
    { role: 'assistant', content: text, toolCalls: calls },
    ...calls.map((call): ChatMessage => ({ role: 'tool', content: resultOf(call), toolCallId: call.id })),
  ];
}

/** The first result of each call of a step. */
export function resultsById(
  results: AnswerStep['results'],
): ReadonlyMap<string, AnswerStep['results'][number]> {
  return new Map(results.toReversed().map((result) => [result.toolCallId, result]));
}

/** The result of a call without one, for the model. */
const notRun = 'This call was not run.';

function textOf(parts: readonly AnswerPart[], type: 'text' | 'reasoning'): string {
  const texts = parts.flatMap((part) => (part.type === type ? [part.text] : []));
  return texts.length > 1 ? texts.join(stepGap) : (texts[0] ?? '');
}

/** Separates the texts of two steps. */
export const stepGap = '\n\n';

/** Changes the texts after the last tool part. */
function changeStep(
  parts: AnswerPart[],
  change: (texts: { text: string; reasoning: string }) => AnswerPart[],
): void {
  const start = parts.findLastIndex(isToolPart) + 1;
  const texts = { text: '', reasoning: '' };
  for (const part of parts.splice(start)) if (!isToolPart(part)) texts[part.type] += part.text;
  parts.push(...change(texts));
}
