/** Takes reasoning out of a text that begins with `<think>…</think>`, as local servers send it. */

export interface ThinkTagSplitter {
  push(text: string): { text: string; reasoning: string };
  /** What is still held because it could have been the beginning of a tag. */
  flush(): { text: string; reasoning: string };
}

const open = '<think>';
const close = '</think>';

/** Only a tag at the very beginning counts; later ones are part of the answer. */
export function createThinkTagSplitter(): ThinkTagSplitter {
  let state: 'start' | 'reasoning' | 'gap' | 'text' = 'start';
  /** What comes before the first character that is no blank; not looked at again with each piece. */
  let blanks = '';
  let held = '';

  const push = (added: string): { text: string; reasoning: string } => {
    if (state === 'text') return { text: added, reasoning: '' };
    const begun = state === 'start' && held === '' ? added.trimStart() : added;
    blanks += added.slice(0, added.length - begun.length);
    held += begun;
    let reasoning = '';
    if (state === 'start') {
      if (held.startsWith(open)) {
        state = 'reasoning';
        held = held.slice(open.length);
        blanks = '';
      } else if (open.startsWith(held)) {
        return { text: '', reasoning: '' };
      } else {
        return release();
      }
    }
    if (state === 'reasoning') {
      const end = held.indexOf(close);
      if (end < 0) {
        const keep = partialTagLength(held);
        reasoning = held.slice(0, held.length - keep);
        held = held.slice(held.length - keep);
        return { text: '', reasoning };
      }
      reasoning = held.slice(0, end);
      held = held.slice(end + close.length);
      state = 'gap';
    }
    // The line breaks between reasoning and answer belong to neither.
    held = held.trimStart();
    return held === '' ? { text: '', reasoning } : { ...release(), reasoning };
  };

  const release = (): { text: string; reasoning: string } => {
    state = 'text';
    const text = blanks + held;
    blanks = '';
    held = '';
    return { text, reasoning: '' };
  };

  return {
    push,
    flush() {
      if (state !== 'reasoning') return release();
      const reasoning = held;
      held = '';
      return { text: '', reasoning };
    },
  };
}

/** How much of the end of a text could be the beginning of the closing tag. */
function partialTagLength(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(close.slice(0, length))) return length;
  }
  return 0;
}
