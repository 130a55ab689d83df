/** Checks the messages of a chat completions request. */

import { type ImageProblem, type ReceivedImage, readImage } from '../images.ts';
import { isPlainObject } from '../plainObject.ts';
import { estimateTokens } from '../tokenEstimate.ts';
import type { Dialect } from './dialect.ts';

export interface CheckedMessages {
  question: string;
  /** Of the last user message. */
  images: readonly ReceivedImage[];
  earlierTurns: number;
  tokens: number;
  /** Whether any message holds an image. */
  holdsImages: boolean;
}

/** Gives a text that says which rule is broken. */
export function checkMessages(
  messages: unknown,
  { roles, imageProblems }: Pick<Dialect, 'roles' | 'imageProblems'>,
): CheckedMessages | string {
  if (!Array.isArray(messages) || messages.length === 0) {
    return 'messages should be a list that is not empty';
  }
  const questions: { text: string; images: readonly ReceivedImage[] }[] = [];
  let tokens = 0;
  let holdsImages = false;
  for (const [index, message] of messages.entries()) {
    const problem = checkMessage(message, roles);
    if (problem !== undefined) {
      return `messages[${index}]: ${problem}`;
    }
    const text = textOf(message.content);
    const images = imagesOf(message.content);
    if (typeof images === 'string') {
      return imageProblems?.[images] ?? `messages[${index}]: ${plainProblems[images]}`;
    }
    tokens += images.reduce((sum, image) => sum + image.tokens, estimateTokens(text));
    holdsImages ||= images.length > 0;
    if (message.role === 'user') {
      questions.push({ text, images });
    }
  }
  if (!['user', 'tool', 'function'].includes(messages.at(-1).role)) {
    return 'the role of the last message should be user or tool';
  }
  const { text: question = '', images = [] } = questions.at(-1) ?? {};
  return { question, images, earlierTurns: Math.max(0, questions.length - 1), tokens, holdsImages };
}

/** In no platform's words. */
const plainProblems: Readonly<Record<ImageProblem, string>> = {
  'no-url': 'image_url should hold the url of an image, or a data URL with base64',
  'too-large': 'the image is too large',
  unreadable: 'the image cannot be read as the type it is said to be',
  'wrong-size': 'the image is too small, or too narrow',
};

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
  // OpenAI's reference: results of tools, answers and system texts hold no parts but text.
  if (role !== 'user' && Array.isArray(content) && content.some(isImagePart)) {
    return `content of the role ${role} can hold text only`;
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

const isImagePart = (part: unknown): boolean => isPlainObject(part) && part.type === 'image_url';

function imagesOf(content: unknown): ReceivedImage[] | ImageProblem {
  const images: ReceivedImage[] = [];
  for (const part of Array.isArray(content) ? content.filter(isImagePart) : []) {
    const image = readImage(isPlainObject(part.image_url) ? part.image_url.url : undefined);
    if (typeof image === 'string') {
      return image;
    }
    images.push(image);
  }
  return images;
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) {
    return typeof content === 'string' ? content : '';
  }
  return content
    .map((part) => (isPlainObject(part) && typeof part.text === 'string' ? part.text : ''))
    .join('');
}
