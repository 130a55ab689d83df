/** Checks the messages of a chat completions request. */

import { isPlainObject } from '../plainObject.ts';
import { estimateTokens } from '../tokenEstimate.ts';

export interface CheckedMessages {
  question: string;
  earlierTurns: number;
  tokens: number;
}

/** Gives a text that says which rule is broken. */
export function checkMessages(messages: unknown, roles: readonly string[]): CheckedMessages | string {
  if (!Array.isArray(messages) || messages.length === 0) {
    return 'messages should be a list that is not empty';
  }
  const questions: string[] = [];
  let tokens = 0;
  for (const [index, message] of messages.entries()) {
    const problem = checkMessage(message, roles);
    if (problem !== undefined) {
      return `messages[${index}]: ${problem}`;
    }
    const text = textOf(message.content);
    tokens += estimateTokens(text);
    if (message.role === 'user') {
      questions.push(text);
    }
  }
  if (!['user', 'tool', 'function'].includes(messages.at(-1).role)) {
    return 'the role of the last message should be user or tool';
  }
  return { question: questions.at(-1) ?? '', earlierTurns: Math.max(0, questions.length - 1), tokens };
}

function checkMessage(message: unknown, roles: readonly string[]): string | undefined {
  if (!isPlainObject(message)) {
    return 'it should be an object';
  }
  const { role, content, tool_calls: calls, tool_call_id: callId } = message;
  if (typeof role !== 'string' || !roles.includes(role)) {
    return `role should be one of ${roles.join(', ')}`;
  }
  const callsTools = role === 'assistant' && Array.isArray(calls) && calls.length > 0;
  if (callsTools && !calls.every(isToolCall)) {
    return 'tool_calls should hold id, type and function with name and arguments';
  }
  if (role === 'tool' && typeof callId !== 'string') {
    return 'tool_call_id is missing';
  }
  const parts = Array.isArray(content) && content.length > 0 && content.every(isPart);
  if (typeof content !== 'string' && !parts && !(callsTools && (content ?? null) === null)) {
    return 'content should be a string or a list of parts';
  }
  if (role === 'user' && textOf(content).trim() === '' && !parts) {
    return 'content should not be blank';
  }
  return undefined;
}

const isToolCall = (call: unknown): boolean =>
  isPlainObject(call) &&
  typeof call.id === 'string' &&
  isPlainObject(call.function) &&
  typeof call.function.name === 'string' &&
  typeof call.function.arguments === 'string';

const isPart = (part: unknown): boolean =>
  isPlainObject(part) && typeof part.type === 'string' && part[part.type] !== undefined;

function textOf(content: unknown): string {
  if (!Array.isArray(content)) {
    return typeof content === 'string' ? content : '';
  }
  return content
    .map((part) => (isPlainObject(part) && typeof part.text === 'string' ? part.text : ''))
    .join('');
}
