/** What the loopback server is asked to answer, and when it saw and wrote what. */

import { createAnswer } from '../render/answer.ts';

/** The length of a marker, and of each piece of text unless a plan says another, in UTF-16 units. */
export const pieceLength = 5;

export interface Plan {
  /** `pieceLength` characters that the answer begins with. */
  readonly marker: string;
  /** Pieces of text, the marker among them; each is an event and a write of its own. */
  readonly pieces: number;
  /** Between the request and the first byte. */
  readonly thinkMs: number;
  /** Between two pieces; 0: as fast as the reader takes them. */
  readonly pauseMs: number;
  /** Of each piece, in UTF-16 units: the length of a text tells which pieces are in it. */
  readonly pieceLength?: number;
  /** `mixed`: prose, lists, code, tables; `paragraph` and `fence`: one block without an end. */
  readonly kind?: AnswerKind;
}

export type AnswerKind = 'mixed' | 'paragraph' | 'fence';

/** Times in milliseconds since the epoch, with fractions. */
export interface ExchangeTimes {
  readonly arrivedAt: number;
  /** Of each piece. */
  readonly writtenAt: readonly number[];
}

/** The answer's text: Markdown as models write it, Chinese and English, in sections of about 600 characters. */
export function createText({ marker, pieces, pieceLength: units = pieceLength, kind }: Plan): string {
  const length = pieces * units;
  if (kind) return `${marker}${starts[kind]}${createBody(kind, length)}`.slice(0, length);
  let text = marker;
  for (let section = 1; text.length < length; section++) text += sectionOf(section);
  return text.slice(0, length);
}

const starts: Record<AnswerKind, string> = { mixed: '\n\n', paragraph: ' ', fence: '\n\n```ts\n' };

function createBody(kind: AnswerKind, length: number): string {
  if (kind === 'mixed') return createAnswer(length);
  const one =
    kind === 'paragraph'
      ? 'The answer **arrives** word by word, and `every` piece is small. 模型的回答一个词一个词地到达。 '
      : 'export const total = (items: Item[]) => items.reduce((all, item) => all + item.price, 0); // cents\n';
  return one.repeat(Math.ceil(length / one.length));
}

const sectionOf = (number: number): string => `

## ${number}. 桥 and its pieces

The answer arrives *word by word*, and every piece is small. 模型的回答一个词一个词地到达，标点也算。

- **first**: \`total\` adds up the cart
- second: nothing keeps the discount between 0 and 100

\`\`\`ts
export function total${number}(items: Item[], discount = 0): number {
  const sum = items.reduce((all, item) => all + item.price * item.quantity, 0);
  return Math.round(sum * (1 - discount / 100)); // in cents
}
\`\`\`

| input | result |
| --- | --- |
| 20 % of 500 | 400 |
`;
