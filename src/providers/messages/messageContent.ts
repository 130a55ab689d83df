/** Reads text and reasoning from a message, in the members and parts that services use. */

import { isRecord } from '../sse/json.ts';

type Members = Readonly<Record<string, unknown>>;

export interface MessageContent {
  text: string;
  reasoning: string;
}

/** Calls `skip` for members of an unexpected type. */
export function readContent(message: Members, skip: (member: string) => void): MessageContent {
  const { content, refusal } = message;
  if (typeof content === 'string' && content !== '') return { text: content, reasoning: '' };
  if (isRecord(content)) return readParts(Array.isArray(content) ? content : [content], skip);
  if (content !== null && content !== undefined && content !== '') skip('content');
  // Refusals have a member of their own (OpenAI).
  return { text: typeof refusal === 'string' ? refusal : '', reasoning: '' };
}

function readParts(parts: readonly unknown[], skip: (member: string) => void): MessageContent {
  const texts: string[] = [];
  const reasoning: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (!isRecord(part)) skip('content');
    else if (/^(thinking|reasoning|thought)/.test(typeof part.type === 'string' ? part.type : ''))
      reasoning.push(textsOf(part.thinking ?? part.reasoning ?? part.thought ?? part.text));
    else if (part.text !== undefined && textsOf(part.text) !== '') texts.push(textsOf(part.text));
    else if (typeof part.refusal === 'string') texts.push(part.refusal);
    else skip('content');
  }
  return { text: texts.join(''), reasoning: reasoning.join('') };
}

/** A text, an object's text, or those of a list. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textsOf).join('');
  if (!isRecord(value)) return '';
  const text = value.text ?? value.thinking ?? value.content ?? value.summary ?? value.value;
  return typeof text === 'string' ? text : '';
}

/** The first one that is not blank counts: services also send empty ones, or the same text in two. */
const reasoningMembers = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thought',
  'thoughts',
  'reasoning_text',
  'thinking_content',
  'reasoningContent',
];

/** Lists of parts, in addition or alone: OpenRouter and MiniMax, LiteLLM. */
const reasoningLists = ['reasoning_details', 'thinking_blocks'];

const reasoningNames: ReadonlySet<string> = new Set([...reasoningMembers, ...reasoningLists]);

/** Fast path: most deltas have no reasoning, and fewer members than there are names. */
function hasReasoning(message: Members): boolean {
  for (const member in message) if (reasoningNames.has(member)) return true;
  return false;
}

/** The reasoning in a member of its own. */
export function readReasoning(
  message: Members,
  skip: (member: string) => void,
): { member: string; text: string } | undefined {
  if (!hasReasoning(message)) return undefined;
  let blank: { member: string; text: string } | undefined;
  for (const member of reasoningMembers) {
    const value = message[member];
    if (value === null || value === undefined || value === '') continue;
    const text = textsOf(value);
    if (text.trim() !== '') return { member, text };
    if (text === '') skip(member);
    else blank ??= { member, text };
  }
  for (const member of reasoningLists) {
    const text = textsOf(message[member]);
    if (text.trim() !== '' || (text !== '' && !blank)) return { member, text };
  }
  return blank;
}
