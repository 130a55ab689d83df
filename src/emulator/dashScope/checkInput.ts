/** Checks `input`: prompt or messages, roles, order, contents, length. */

import type { ApiError } from '../apiError.ts';
import { type ReceivedImage, readImage } from '../images.ts';
import { isPlainObject } from '../plainObject.ts';
import { estimateTokens } from '../tokenEstimate.ts';
import { emptyInput, imageErrors, invalidParameter } from './errors.ts';
import type { ModelRules } from './modelRules.ts';

export interface CheckedInput {
  form: 'prompt' | 'messages';
  question: string;
  /** Of the last user message. */
  images: readonly ReceivedImage[];
  earlierTurns: number;
  tokens: number;
}

/** Adds to `warnings`. */
export function checkInput(input: unknown, rules: ModelRules, warnings: string[]): CheckedInput | ApiError {
  if (!isPlainObject(input)) {
    return emptyInput;
  }
  const { prompt, messages, history } = input;
  for (const name of Object.keys(input).filter((key) => !['prompt', 'messages', 'history'].includes(key))) {
    warnings.push(`input.${name} is not on the model's page`);
  }
  if (prompt === undefined && messages === undefined) {
    return invalidParameter('Either "prompt" or "messages" must exist and cannot both be none');
  }
  if (prompt !== undefined && messages !== undefined) {
    return invalidParameter('Only one of "prompt" and "messages" may be given');
  }
  if (rules.input === 'prompt' && prompt === undefined) {
    return missing('prompt');
  }
  if (rules.input === 'messages' && messages === undefined) {
    return missing('messages');
  }
  const checked =
    prompt === undefined ? checkMessages(messages, rules, warnings) : checkPrompt(prompt, history);
  if ('tokens' in checked && checked.tokens > rules.maxInputTokens) {
    return invalidParameter(`Range of input length should be [1, ${rules.maxInputTokens}]`);
  }
  return checked;
}

const missing = (name: string): ApiError =>
  invalidParameter(`Required parameter(${name}) missing or invalid, please check the request parameters.`);

/** `history` is deprecated but still taken beside a prompt. */
function checkPrompt(prompt: unknown, history: unknown): CheckedInput | ApiError {
  if (typeof prompt !== 'string' || prompt === '') {
    return missing('prompt');
  }
  const turns = history ?? [];
  const isTurn = (turn: unknown) =>
    isPlainObject(turn) && typeof turn.user === 'string' && typeof turn.bot === 'string';
  if (!Array.isArray(turns) || !turns.every(isTurn)) {
    return missing('history');
  }
  const tokens = estimateTokens(prompt) + estimateTokens(turns.flatMap(Object.values).join(''));
  return { form: 'prompt', question: prompt, images: [], earlierTurns: turns.length, tokens };
}

function checkMessages(messages: unknown, rules: ModelRules, warnings: string[]): CheckedInput | ApiError {
  if (!Array.isArray(messages)) {
    return missing('messages');
  }
  if (messages.length === 0) {
    return invalidParameter('[] is too short');
  }
  const read: ReadMessage[] = [];
  for (const message of messages) {
    const refused = readMessage(message, rules, warnings, read);
    if (refused !== undefined) {
      return typeof refused === 'string' ? invalidParameter(refused) : refused;
    }
  }
  const problem = checkOrder(
    read.map((message) => message.role),
    rules,
  );
  if (problem !== undefined) {
    return invalidParameter(problem);
  }
  const questions = read.filter((message) => message.role === 'user');
  return {
    form: 'messages',
    question: questions.at(-1)?.content ?? '',
    images: questions.at(-1)?.images ?? [],
    earlierTurns: Math.max(0, questions.length - 1),
    tokens: read.reduce((sum, message) => sum + countTokens(message), 0),
  };
}

interface ReadMessage {
  role: string;
  content: string;
  images: readonly ReceivedImage[];
}

const countTokens = ({ content, images }: ReadMessage): number =>
  images.reduce((sum, { tokens }) => sum + tokens, estimateTokens(content));

/** Appends to `read`, or returns the error or the message of one. */
function readMessage(
  message: unknown,
  rules: ModelRules,
  warnings: string[],
  read: ReadMessage[],
): ApiError | string | undefined {
  if (!isPlainObject(message)) {
    return 'Input should be a valid dictionary or instance of GPT3Message';
  }
  const { role, content, ...others } = message;
  if (content === undefined) {
    return 'The content field is a required field.';
  }
  const text = rules.multimodal === true ? textOfParts(content) : content;
  if (typeof text !== 'string') {
    return rules.multimodal === true
      ? 'The item of content should be a message of a certain modal.'
      : 'input content must be a string.';
  }
  if (rules.multimodal === true && typeof content === 'string') {
    warnings.push('messages[].content is a text although the model takes lists of parts');
  }
  const callsTools = role === 'assistant' && Array.isArray(others.tool_calls);
  if (typeof role !== 'string' || !rules.roles.includes(role) || (isEmpty(content) && !callsTools)) {
    return 'Role must be user or assistant and Content length must be greater than 0';
  }
  const known = rules.roles.includes('tool') ? ['tool_calls', 'tool_call_id', 'name', 'partial'] : [];
  for (const name of Object.keys(others).filter((key) => !known.includes(key))) {
    warnings.push(`messages[].${name} is not on the model's page`);
  }
  const images = rules.multimodal === true ? imagesOfParts(content) : [];
  if ('code' in images) {
    return images;
  }
  if (images.length > 0 && role !== 'user') {
    warnings.push(`messages[].content of the role ${role} holds images, which no page shows`);
  }
  read.push({ role, content: text, images });
  return undefined;
}

const isEmpty = (content: unknown): boolean =>
  content === '' || (Array.isArray(content) && content.length === 0);

/** The texts among the parts of a multimodal content; `undefined` when it is none. */
function textOfParts(content: unknown): string | undefined {
  if (typeof content === 'string') {
    return content;
  }
  const kinds = ['text', 'image', 'video', 'audio'];
  const isPart = (part: unknown) =>
    isPlainObject(part) && kinds.filter((kind) => part[kind] !== undefined).length === 1;
  if (!Array.isArray(content) || !content.every(isPart)) {
    return undefined;
  }
  return content.map((part) => (typeof part.text === 'string' ? part.text : '')).join('');
}

function imagesOfParts(content: unknown): ReceivedImage[] | ApiError {
  const images: ReceivedImage[] = [];
  for (const part of Array.isArray(content) ? content : []) {
    if (part.image !== undefined) {
      const image = readImage(part.image);
      if (typeof image === 'string') {
        return imageErrors[image];
      }
      images.push(image);
    }
  }
  return images;
}

/** The pages of Baichuan and Yi name the roles without the order rule; the last word is always the user's. */
function checkOrder(roles: readonly string[], rules: ModelRules): string | undefined {
  if (!['user', 'tool', 'function'].includes(roles.at(-1) ?? '')) {
    return 'The role of the last message must be user.';
  }
  if (!rules.strictOrder) {
    return undefined;
  }
  if (roles.lastIndexOf('system') > 0) {
    return 'The system role is only allowed in messages[0].';
  }
  const turns = roles.filter((role) => role !== 'system');
  return turns.every((role, index) => role === (index % 2 === 0 ? 'user' : 'assistant'))
    ? undefined
    : 'The roles user and assistant must alternate.';
}
