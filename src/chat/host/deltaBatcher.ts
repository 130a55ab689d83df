/** Merges the parts of an answer: the first goes out at once, the rest at most once a frame. */

import { type AnswerStreamPart, isToolPart } from '../../llm/answerParts.ts';

/** `replaced`: `text` is the whole text so far. */
export interface Delta {
  text: string;
  reasoning: string;
  replaced: boolean;
}

export interface DeltaBatcher {
  /** Parts of tools are passed over. */
  push(part: AnswerStreamPart): void;
  /** Sends what is waiting; call it before the outcome. */
  flush(): void;
}

/** Milliseconds between two messages about one answer. */
export const frameMs = 16;

export function createDeltaBatcher(send: (delta: Delta) => void): DeltaBatcher {
  let waiting: Delta | undefined;
  /** While it runs, something went out less than a frame ago. */
  let timer: NodeJS.Timeout | undefined;

  const sendWaiting = (): void => {
    timer = undefined;
    if (!waiting) return;
    const delta = waiting;
    waiting = undefined;
    timer = setTimeout(sendWaiting, frameMs);
    send(delta);
  };

  return {
    push(part) {
      if (isToolPart(part)) return;
      waiting ??= { text: '', reasoning: '', replaced: false };
      if (part.type === 'text-delta') waiting.text += part.text;
      else if (part.type === 'reasoning-delta') waiting.reasoning += part.text;
      else waiting = { ...waiting, text: part.text, replaced: true };
      if (!timer) sendWaiting();
    },
    flush() {
      clearTimeout(timer);
      sendWaiting();
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
