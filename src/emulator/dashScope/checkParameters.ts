/** Checks `parameters`: each one alone, then their combinations. */

import type { ApiError } from '../apiError.ts';
import { isPlainObject } from '../plainObject.ts';
import { emptyParameters, invalidParameter, thinkingNotSupported } from './errors.ts';
import type { ModelRules } from './modelRules.ts';

export interface ParameterContext {
  model: string;
  rules: ModelRules;
  stream: boolean;
  /** Whether the input is messages. */
  messages: boolean;
  /** Added to. */
  warnings: string[];
}

/** Gives the parameters as they were received. */
export function checkParameters(
  sent: unknown,
  context: ParameterContext,
): { parameters: Record<string, unknown> } | ApiError {
  const { rules, warnings } = context;
  if (sent === undefined) {
    if (rules.missingParameters === 'noted') {
      warnings.push('parameters is missing');
    }
    return rules.missingParameters === 'refused' ? emptyParameters : { parameters: {} };
  }
  if (!isPlainObject(sent)) {
    return invalidParameter("'parameters' must be Object");
  }
  if (sent.enable_thinking === true && !thinks(context)) {
    return thinkingNotSupported(context.model);
  }
  for (const [name, value] of Object.entries(sent)) {
    const rule = rules.parameters[name];
    if (rule === undefined) {
      // Among them `stream`: no page has it, but vendor clients send it, so it must do no harm.
      warnings.push(`parameters.${name} is not on the model's page`);
    }
    const problem = rule?.(value, name);
    if (problem !== undefined) {
      return invalidParameter(problem);
    }
  }
  const problem = checkTogether(sent, context);
  return problem === undefined ? { parameters: sent } : invalidParameter(problem);
}

/** The models of the pages do not think, nor do today's that are named so. */
const thinks = ({ model, rules }: ParameterContext): boolean =>
  'enable_thinking' in rules.parameters && !/instruct|coder|math|^qwen(2(\.5)?)?-vl/.test(model);

function checkTogether(parameters: Record<string, unknown>, context: ParameterContext): string | undefined {
  const { rules, stream, messages } = context;
  const format = parameters.result_format ?? rules.answer.resultFormat;
  if (parameters.incremental_output === true && !stream) {
    return 'The incremental_output parameter can only be used with streaming output';
  }
  if (parameters.result_format === 'message' && rules.messageFormatNeedsMessages && !messages) {
    return 'The result_format parameter can be "message" only when the input is messages';
  }
  if (parameters.tools !== undefined && 'tools' in rules.parameters && format !== 'message') {
    return 'The result_format parameter must be set to "message" when tools are given';
  }
  if (parameters.enable_thinking === true) {
    if (!stream) {
      return 'parameter.enable_thinking must be set to false for non-streaming calls';
    }
    if (format !== 'message') {
      return 'The result_format parameter must be "message" when enable_thinking is true';
    }
    if ((parameters.incremental_output ?? rules.answer.incremental) !== true) {
      return 'The incremental_output parameter must be "true" when enable_thinking is true';
    }
  }
  return undefined;
}
