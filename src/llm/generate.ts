/** The only loop over requests: asks a model, runs the tools it calls, and repeats with their results. */

import { unlessAborted } from '../base/common/unlessAborted.ts';
import {
  type AnswerPart,
  type AnswerStreamPart,
  addStreamPart,
  stepMessages,
  stepsOf,
} from './answerParts.ts';
import { ChatError } from './chatError.ts';
import type {
  ChatMessage,
  ChatModel,
  ChatRequest,
  FinishPart,
  ToolCall,
  ToolDefinition,
  Usage,
} from './chatModel.ts';
import { sumCosts } from './pricing.ts';

/** A tool that a model can call. */
export interface Tool {
  readonly definition: ToolDefinition;
  /** `input`: the call's arguments, parsed but not validated. An exception's message goes to the model as a failure. */
  run(input: unknown, signal: AbortSignal): Promise<ToolOutput>;
}

/** A tool's result, as the model gets it. */
export interface ToolOutput {
  text: string;
  /** The tool failed; `text` is the reason. */
  isError?: boolean;
}

export interface GenerateOptions {
  signal: AbortSignal;
  /** Offered to the model in addition to the request's own, and run. Without tools there is one step. */
  tools?: readonly Tool[];
  /** Called for each part as it arrives. An exception ends the answer as a failure. */
  onPart?(part: AnswerStreamPart): void;
  limits?: {
    /** Maximum number of requests. The calls of the last one are still run. */
    maxSteps?: number;
  };
  /** Called after a step's calls have run: whether the answer ends there. */
  stopWhen?(steps: readonly Step[]): boolean;
}

/** One request, with its answer and the results of its calls. Without a `finish` the answer was interrupted. */
export interface Step {
  parts: readonly AnswerPart[];
  finish?: FinishPart;
}

/** The outcome. The steps keep the parts that came before an error or a stop. */
export type Generated = { steps: readonly Step[] } & Ending;

/** `finish`: the last one, with the usage and the cost of all steps. */
type Ending =
  | { status: 'done'; finish: FinishPart }
  | { status: 'stopped' }
  | { status: 'failed'; error: ChatError };

/** Calls that an answer keeps if no tools were offered. A server may send thousands unasked; each is a line in a file and a row in a page. */
const maxUnaskedCalls = 200;

/** Never rejects. Aborting the signal ends it at once, even while a tool runs. */
export async function generate(
  model: ChatModel,
  request: ChatRequest,
  options: GenerateOptions,
): Promise<Generated> {
  const { signal, tools = [], limits, stopWhen } = options;
  const steps: Step[] = [];
  let next = request;
  if (tools.length > 0)
    next = { ...request, tools: [...(request.tools ?? []), ...tools.map(({ definition }) => definition)] };
  try {
    for (;;) {
      const step = createStep(options.onPart, next.tools?.length ? Infinity : maxUnaskedCalls);
      steps.push(step);
      const finish = await ask(model, next, step, signal);
      const calls = stepsOf(step).flatMap((said) => said.calls);
      const done = (): Generated => ({ status: 'done', finish: withSums(finish, steps), steps });
      if (tools.length === 0 || calls.length === 0 || !endsWhole(finish)) return done();
      for (const call of calls) {
        signal.throwIfAborted();
        const output = await unlessAborted(runTool(tools, call, signal), signal);
        const { text, isError } = output;
        step.add({ type: 'tool-result', toolCallId: call.id, text, ...(isError && { isError }) });
      }
      if (steps.length >= (limits?.maxSteps ?? Infinity) || stopWhen?.(steps)) return done();
      // A required call was made.
      next = { ...next, messages: [...next.messages, ...messagesOf(step)], toolChoice: undefined };
    }
  } catch (error) {
    return { ...endingOf(error, signal, model.info.providerId), steps };
  }
}

/** Maps an exception to an outcome: `stopped` after an abort, else `failed`. */
export function endingOf(
  error: unknown,
  signal: AbortSignal,
  providerId = '',
): Exclude<Ending, { status: 'done' }> {
  if (signal.aborted) return { status: 'stopped' };
  if (error instanceof ChatError) return { status: 'failed', error };
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 'failed',
    error: new ChatError({ kind: 'unexpected', providerId, message, cause: error }),
  };
}

/** Includes the reasoning: some platforms require it between steps. */
function messagesOf(step: Step): ChatMessage[] {
  return stepsOf(step).flatMap((said) => {
    const [assistant, ...results] = stepMessages(said);
    if (!assistant) return [];
    return [said.reasoning === '' ? assistant : { ...assistant, reasoning: said.reasoning }, ...results];
  });
}

interface OpenStep extends Step {
  add(part: AnswerStreamPart): void;
}

function createStep(onPart: GenerateOptions['onPart'], maxCalls: number): OpenStep {
  const parts: AnswerPart[] = [];
  let calls = 0;
  return {
    parts,
    add(part) {
      if (part.type === 'tool-call' && ++calls > maxCalls) return;
      addStreamPart(parts, part);
      onPart?.(part);
    },
  };
}

async function ask(
  model: ChatModel,
  request: ChatRequest,
  step: OpenStep,
  signal: AbortSignal,
): Promise<FinishPart> {
  for await (const part of model.stream(request, signal)) {
    if (part.type === 'finish') {
      step.finish = part;
      return part;
    }
    step.add(part);
  }
  const { providerId } = model.info;
  throw new ChatError({ kind: 'protocol', providerId, message: 'The answer ended without a finish.' });
}

/** Whether the answer's calls are complete: the last call of a cut answer may not be. */
function endsWhole({ reason }: FinishPart): boolean {
  return reason === 'tool-calls' || reason === 'stop';
}

/** Never rejects: errors become results for the model. */
async function runTool(tools: readonly Tool[], call: ToolCall, signal: AbortSignal): Promise<ToolOutput> {
  const tool = tools.find(({ definition }) => definition.name === call.name);
  if (!tool) return failure(`There is no tool “${call.name}”. There are: ${namesOf(tools)}.`);
  try {
    return await tool.run(parseArguments(call.arguments), signal);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

/** Throws an `Error` whose message is meant for the model. */
function parseArguments(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The arguments are not valid JSON. Call the tool again with a JSON object.');
  }
}

function failure(text: string): ToolOutput {
  return { text, isError: true };
}

function namesOf(tools: readonly Tool[]): string {
  return tools.map(({ definition }) => definition.name).join(', ');
}

function withSums(finish: FinishPart, steps: readonly Step[]): FinishPart {
  return steps.length === 1 ? finish : { ...finish, ...sumsOf(steps) };
}

/** Usage and cost of all finished steps; a sum is absent where nothing is known, or currencies differ. */
export function sumsOf(steps: readonly Step[]): Pick<FinishPart, 'usage' | 'cost'> {
  const usages = steps.flatMap(({ finish }) => finish?.usage ?? []);
  const costs = sumCosts(steps.map(({ finish }) => finish?.cost));
  return {
    usage: usages.length === 0 ? undefined : usages.reduce(addUsage),
    cost: costs.length === 1 ? costs[0] : undefined,
  };
}

function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    totalTokens: one.totalTokens + other.totalTokens,
    cachedInputTokens: addKnown(one.cachedInputTokens, other.cachedInputTokens),
    reasoningTokens: addKnown(one.reasoningTokens, other.reasoningTokens),
  };
}

function addKnown(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0) + (other ?? 0);
}
