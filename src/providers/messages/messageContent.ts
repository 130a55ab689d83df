/** Reads the text and the thoughts of a message, in the members and the parts in which services put them. */

import { isRecord } from '../sse/json.ts';

type Members = Readonly<Record<string, unknown>>;

export interface MessageContent {
  text: string;
  thought: string;
}

/** `skip` is told the members of an odd type. */
export function readContent(message: Members, skip: (member: string) => void): MessageContent {
  const { content, refusal } = message;
  if (typeof content === 'string' && content !== '') return { text: content, thought: '' };
  if (isRecord(content)) return readParts(Array.isArray(content) ? content : [content], skip);
  if (content !== null && content !== undefined && content !== '') skip('content');
  // What a model says when it refuses stands in a member of its own (OpenAI).
  return { text: typeof refusal === 'string' ? refusal : '', thought: '' };
}

function readParts(parts: readonly unknown[], skip: (member: string) => void): MessageContent {
  const texts: string[] = [];
  const thoughts: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (!isRecord(part)) skip('content');
    else if (/^(thinking|reasoning|thought)/.test(typeof part.type === 'string' ? part.type : ''))
      thoughts.push(textsOf(part.thinking ?? part.reasoning ?? part.thought ?? part.text));
    else if (part.text !== undefined && textsOf(part.text) !== '') texts.push(textsOf(part.text));
    else if (typeof part.refusal === 'string') texts.push(part.refusal);
    else skip('content');
  }
  return { text: texts.join(''), thought: thoughts.join('') };
}

/** A text, that of an object, or those of a list. */
function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textsOf).join('');
  if (!isRecord(value)) return '';
  const text = value.text ?? value.thinking ?? value.content ?? value.summary ?? value.value;
  return typeof text === 'string' ? text : '';
}

/** Beside one that is full, services leave another empty, or put the same text into both: the first that is not blank. */
const thoughtMembers = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thought',
  'thoughts',
  'reasoning_text',
  'thinking_content',
  'reasoningContent',
];

/** Lists of parts, beside a member or alone: OpenRouter and MiniMax, LiteLLM. */
const thoughtLists = ['reasoning_details', 'thinking_blocks'];

const thoughtNames: ReadonlySet<string> = new Set([...thoughtMembers, ...thoughtLists]);

/** Most pieces have none: a message has fewer members than there are names. */
function hasThought(message: Members): boolean {
  for (const member in message) if (thoughtNames.has(member)) return true;
  return false;
}

/** The thoughts that stand in a member of their own. */
export function readThought(
  message: Members,
  skip: (member: string) => void,
): { member: string; text: string } | undefined {
  if (!hasThought(message)) return undefined;
  let blank: { member: string; text: string } | undefined;
  for (const member of thoughtMembers) {
    const value = message[member];
    if (value === null || value === undefined || value === '') continue;
    const text = textsOf(value);
    if (text.trim() !== '') return { member, text };
    if (text === '') skip(member);
    else blank ??= { member, text };
  }
  for (const member of thoughtLists) {
    const text = textsOf(message[member]);
    if (text.trim() !== '' || (text !== '' && !blank)) return { member, text };
  }
  return blank;
}
