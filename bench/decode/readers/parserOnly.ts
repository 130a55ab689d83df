/** The least that turns bytes into text: undici, one decoder, eventsource-parser, JSON.parse; trusts every byte. */

import { createParser } from 'eventsource-parser';
import { undiciBytes } from './bytes.ts';
import type { Reader } from './reader.ts';

interface Chunk {
  choices?: { delta?: { content?: string } }[];
  output?: { choices: [{ message: { content: string } }] };
}

export const parserOnly = createReader({ whole: false });
/** For events that each hold the whole text so far. */
export const wholeParserOnly = createReader({ whole: true });

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
