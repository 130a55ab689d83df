/** Errors for bodies that are not an answer. */

import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';

export function emptyAnswer(providerId: string): ChatError {
  const code: ClientErrorCode = 'empty-answer';
  const message = 'The service sent an empty answer.';
  return new ChatError({ kind: 'interrupted', providerId, message, code });
}

/** `text`: the body, or its beginning. */
export function invalidAnswer(providerId: string, text: string, requestId: string | undefined): ChatError {
  const message = `The service sent something that is no answer: ${text}`;
  return new ChatError({ kind: 'protocol', providerId, message, requestId });
}
