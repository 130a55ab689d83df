/**
 * Reads the parts of VS Code's messages by their shape: newer kinds are not in the typings, and classes differ between
 * versions.
 */

export type MessagePart =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-call'; id: string; name: string; input: object }
  | { type: 'tool-result'; id: string; parts: readonly MessagePart[] }
  | { type: 'image'; mimeType: string; data: Uint8Array }
  /** Content that models cannot read, such as another provider's data. */
  | { type: 'other' };

/** Never throws. */
export function readPart(part: unknown): MessagePart {
  if (!isRecord(part)) return { type: 'other' };
  const { callId, name, input, content, mimeType, data, value } = part;
  if (typeof callId === 'string') {
    if (Array.isArray(content)) return { type: 'tool-result', id: callId, parts: content.map(readPart) };
    if (typeof name === 'string')
      return { type: 'tool-call', id: callId, name, input: isRecord(input) ? input : {} };
  }
  if (typeof mimeType === 'string' && data instanceof Uint8Array) return readData(mimeType, data);
  // Only thinking parts have an id.
  if ('id' in part) return { type: 'thinking', text: textOfThought(value) };
  if (typeof value === 'string') return { type: 'text', text: value };
  const text = textOfElement(value);
  return text === '' ? { type: 'other' } : { type: 'text', text };
}

/** Joins a text or a list of texts; ignores anything else. */
function textOfThought(value: unknown): string {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts.filter((text) => typeof text === 'string').join('');
}

function readData(mimeType: string, data: Uint8Array): MessagePart {
  if (mimeType.startsWith('image/')) return { type: 'image', mimeType, data };
  if (!/^text\/|^application\/json\b|\+json\b/.test(mimeType)) return { type: 'other' };
  return { type: 'text', text: new TextDecoder().decode(data) };
}

/** The text of a `@vscode/prompt-tsx` tree, which tools return. */
function textOfElement(value: unknown): string {
  if (!isRecord(value)) return '';
  const { node, text, children, lineBreakBefore } = value;
  const before = lineBreakBefore ? '\n' : '';
  if (typeof text === 'string') return before + text;
  if (Array.isArray(children)) return before + children.map(textOfElement).join('');
  return node === undefined ? '' : textOfElement(node);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
