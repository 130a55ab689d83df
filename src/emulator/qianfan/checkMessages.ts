/** Checks `messages` as the page of a custom endpoint (Dolly-12B) states the rules. */

import type { ApiError } from '../apiError.ts';
import { isPlainObject } from '../plainObject.ts';
import { estimateTokens } from '../tokenEstimate.ts';
import { badMessages, invalidParameter, tooLong } from './errors.ts';

/** All contents together; the page does not say how it counts, UTF-16 units are the strictest reading. */
const maxCharacters = 4800;

export interface CheckedMessages {
  question: string;
  earlierTurns: number;
  tokens: number;
}

export function checkMessages(sent: unknown, warnings: string[]): CheckedMessages | ApiError {
  if (!Array.isArray(sent) || sent.length === 0) {
    return invalidParameter('messages is required and can not be empty');
  }
  const contents: string[] = [];
  for (const [index, message] of sent.entries()) {
    const problem = checkMessage(message, index, warnings);
    if (typeof problem !== 'string') {
      return problem;
    }
    contents.push(problem);
  }
  if (contents.length % 2 === 0) {
    return badMessages('the length of messages must be an odd number');
  }
  const whole = contents.join('');
  if (whole.length > maxCharacters) {
    return tooLong(`the max length of all message contents is ${maxCharacters}`);
  }
  return {
    question: contents.at(-1) ?? '',
    earlierTurns: (contents.length - 1) / 2,
    tokens: estimateTokens(whole),
  };
}

/** Gives the content. */
function checkMessage(message: unknown, index: number, warnings: string[]): string | ApiError {
  if (!isPlainObject(message)) {
    return invalidParameter('messages must be a list of objects');
  }
  const { role, content, ...others } = message;
  const due = index % 2 === 0 ? 'user' : 'assistant';
  if (role !== due) {
    const parity = index % 2 === 0 ? 'even' : 'odd';
    return badMessages(`the role of message with ${parity} index in the messages must be ${due}`);
  }
  if (typeof content !== 'string' || content === '') {
    return invalidParameter('the content of a message can not be empty');
  }
  for (const name of Object.keys(others)) {
    warnings.push(`messages[].${name} is not on the model's page`);
  }
  return content;
}
