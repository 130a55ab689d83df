/** Errors of bodies that are no answer. */

import { ChatError, type ClientErrorCode } from '../../llm/chatError.ts';

export function emptyAnswer(providerId: string): ChatError {
  const code: ClientErrorCode = 'empty-answer';
  const message = 'The service sent an empty answer.';
  return new ChatError({ kind: 'interrupted', providerId, message, code });
}

/** `text`: what came instead, or its beginning. */
export function noAnswer(providerId: string, text: string, requestId: string | undefined): ChatError {
  const message = `The service sent something that is no answer: ${text}`;
  return new ChatError({ kind: 'protocol', providerId, message, requestId });
}
