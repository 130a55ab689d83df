/** The steps from bytes to text: undici, one decoder, eventsource-parser, JSON.parse; they trust every byte. */

import { createParser } from 'eventsource-parser';
import { undiciBytes } from './bytes.ts';
import type { Reader } from './reader.ts';

interface Chunk {
  choices?: { delta?: { content?: string } }[];
  output?: { choices: [{ message: { content: string } }] };
}

/** Bytes to a string; its pieces are no events. */
export const utf8Only = createStep((onText) => onText);
/** Bytes to the data of events, as text that nobody parses. */
export const eventsOnly = createStep((onText) => {
  const parser = createParser({ onEvent: ({ data }) => onText(data) });
  return (text) => parser.feed(text);
});
export const parserOnly = createReader({ whole: false });
/** For events that each hold the whole text so far. */
export const wholeParserOnly = createReader({ whole: true });

/** A step short of the text of an answer. */
function createStep(start: (onText: (text: string) => void) => (text: string) => void): Reader {
  return {
    async read(baseUrl, onPiece) {
      const utf8 = new TextDecoder();
      const feed = start(onPiece);
      await undiciBytes.read(baseUrl, (bytes) => {
        if (typeof bytes !== 'string') feed(utf8.decode(bytes, { stream: true }));
      });
    },
  };
}

function createReader({ whole }: { whole: boolean }): Reader {
  return {
    async read(baseUrl, onPiece) {
      const utf8 = new TextDecoder();
      let shown = 0;
      const parser = createParser({
        onEvent({ data }) {
          if (data === '[DONE]') return;
          const chunk: Chunk = JSON.parse(data);
          if (chunk.output) {
            const { content } = chunk.output.choices[0].message;
            const text = content.slice(shown);
            if (whole) shown = content.length;
            if (text) onPiece(text);
          } else {
            const text = chunk.choices?.[0]?.delta?.content;
            if (text) onPiece(text);
          }
        },
      });
      await undiciBytes.read(baseUrl, (bytes) => {
        if (typeof bytes !== 'string') parser.feed(utf8.decode(bytes, { stream: true }));
      });
    },
  };
}
