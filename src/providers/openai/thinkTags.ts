/** Separates reasoning from text: between tags at the beginning, or before a lone closing tag. */

export interface ThinkTagSplitter {
  /** Adds a delta of the text. */
  push(text: string): void;
  /** Emits what is buffered as a possible start of a tag. `answered`: the answer has more than text. */
  flush(answered?: boolean): void;
}

export interface ThinkTagContext {
  /** All text so far, including the delta that is pushed. */
  all(): string;
  /** Whether a closing tag without an opening one still counts. */
  acceptsLoneClosingTag(): boolean;
}

export interface ThinkTagOutput {
  text(text: string): void;
  reasoning(text: string): void;
  /** All text so far was reasoning (`text`), and `rest` is the answer so far. */
  reclassify(text: string, rest: string): void;
}

/**
 * Case-insensitive. `<think>`: DeepSeek, Qwen and most others; `<thinking>`, `<thought>`: Gemini and fine-tuned
 * models; `<seed:think>`: ByteDance Seed; `◁think▷`: Kimi.
 */
const tags = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<seed:think>', close: '</seed:think>' },
  { open: '◁think▷', close: '◁/think▷' },
];

const anyClose = /<\/(?:think|thinking|thought|seed:think)>|◁\/think▷/i;
const anyOpen = /<(?:think|thinking|thought|seed:think)>|◁think▷/i;
const closings = tags.map(({ close }) => close);
const allTags = tags.flatMap(({ open, close }) => [open, close]);
const longestTag = 13;
const tagStart = /[<◁]/;

/** Lone closing tags to examine: each examination takes time for the whole text. */
const maxCandidates = 3;

/**
 * Opening tags count at the very beginning only; later ones are part of the answer. A closing tag without an opening
 * one ends reasoning that began in the prompt (vLLM, DeepSeek R1's template): the first such tag, unless it is in
 * code or within a sentence.
 */
export function createThinkTagSplitter(output: ThinkTagOutput, context: ThinkTagContext): ThinkTagSplitter {
  /**
   * `start`: before any text. `reasoning`: until a closing tag. `gap`: behind reasoning. `text`: a closing tag may
   * come. `closed`: it came, and what follows decides. `settled`: the rest is text.
   */
  let state: 'start' | 'reasoning' | 'gap' | 'text' | 'closed' | 'settled' = 'start';
  /** Blanks before the first other character; not read again with each delta. */
  let blanks = '';
  let buffered = '';
  /** In `closed`: the text before the tag that is not emitted yet, and the tag. */
  let before = '';
  let closing = '';
  let candidates = 0;

  /** Processes the buffered text by one step. `false`: more is needed. */
  const step = (): boolean => {
    switch (state) {
      case 'start':
      case 'gap':
        return readStart();
      case 'reasoning':
        return readReasoning();
      case 'text':
        return readText();
      case 'closed':
        return readAfterClosing();
      case 'settled':
        emitBuffered();
        return false;
    }
  };

  const readStart = (): boolean => {
    const begun = buffered.trimStart();
    blanks += buffered.slice(0, buffered.length - begun.length);
    buffered = begun;
    if (buffered === '') return false;
    const start = buffered.slice(0, longestTag).toLowerCase();
    const opened = tags.find(({ open }) => start.startsWith(open));
    // A leading closing tag ends reasoning from another member, or none.
    const stray = closings.find((close) => start.startsWith(close));
    if (opened || stray !== undefined) {
      state = opened ? 'reasoning' : 'gap';
      buffered = buffered.slice((opened?.open ?? stray ?? '').length);
      blanks = '';
      return true;
    }
    if (buffered.length < longestTag && allTags.some((known) => known.startsWith(start))) return false;
    // Line breaks behind reasoning are no text, and no tag is expected there.
    if (state === 'start') buffered = blanks + buffered;
    state = state === 'start' ? 'text' : 'settled';
    blanks = '';
    return true;
  };

  /** Any closing tag ends it: some models mix them. */
  const readReasoning = (): boolean => {
    const end = anyClose.exec(buffered);
    const length = end?.index ?? buffered.length - partialLength(buffered, closings);
    if (length > 0) output.reasoning(buffered.slice(0, length));
    buffered = buffered.slice(length + (end?.[0].length ?? 0));
    if (end) state = 'gap';
    return end !== null;
  };

  const readText = (): boolean => {
    if (candidates >= maxCandidates || !context.acceptsLoneClosingTag()) {
      state = 'settled';
      return true;
    }
    const found = anyClose.exec(buffered);
    if (found) {
      before = buffered.slice(0, found.index);
      closing = found[0];
      buffered = buffered.slice(found.index + closing.length);
      state = 'closed';
      return true;
    }
    const keep = partialLength(buffered, closings);
    const rest = buffered.slice(buffered.length - keep);
    buffered = buffered.slice(0, buffered.length - keep);
    emitBuffered();
    buffered = rest;
    return false;
  };

  /** A closing tag without an answer behind it ends nothing. */
  const readAfterClosing = (): boolean => {
    const rest = buffered.trimStart();
    blanks += buffered.slice(0, buffered.length - rest.length);
    buffered = rest;
    if (rest === '') return false;
    const behind = blanks + rest;
    blanks = '';
    const text = textBefore(behind);
    if (endsReasoning(text, behind)) {
      state = 'settled';
      output.reclassify(text, rest);
      buffered = '';
      return false;
    }
    buffered = before + closing;
    emitBuffered();
    buffered = behind;
    state = 'text';
    candidates++;
    return true;
  };

  /** All text before the closing tag. */
  const textBefore = (behind: string): string => {
    const all = context.all();
    return all.slice(0, all.length - behind.length - closing.length);
  };

  const emitBuffered = (): void => {
    if (buffered !== '') output.text(buffered);
    buffered = '';
  };

  return {
    push(added) {
      const isText = state === 'settled' || (state === 'text' && buffered === '' && !tagStart.test(added));
      if (isText) {
        if (added !== '') output.text(added);
        return;
      }
      buffered += added;
      while (step());
    },
    flush(answered = false) {
      if (state === 'reasoning') {
        if (buffered !== '') output.reasoning(buffered);
        buffered = '';
      } else if (state === 'closed') {
        const text = textBefore(blanks);
        if (answered && endsReasoning(text, blanks)) output.reclassify(text, '');
        else buffered = before;
      } else if (state === 'start') {
        buffered = blanks + buffered;
      }
      state = 'settled';
      blanks = '';
      emitBuffered();
    },
  };
}

/**
 * Whether a closing tag between these texts ends reasoning: it is not in code, quotation marks, a list or a sentence,
 * and the text does not discuss the tags.
 */
function endsReasoning(text: string, behind: string): boolean {
  if (anyOpen.test(text)) return false;
  const onItsOwn = /\n[ \t]*$/.test(text.slice(-20)) && /^[ \t]*(\n|$)/.test(behind.slice(0, 20));
  if (!onItsOwn && (spoken.test(text.slice(-2)) || quoted.test(behind))) return false;
  if (/[^\n] $/.test(text.slice(-2)) && /^ \S/.test(behind)) return false;
  let fence: string | undefined;
  let line = '';
  /** Backticks since the last blank line: inline code may span several lines. */
  let ticks = 0;
  for (line of text.split('\n')) {
    ticks = line.trim() === '' ? 0 : ticks + line.split('`').length - 1;
    const mark = fenceMark.exec(line)?.[1];
    if (mark === undefined) continue;
    ticks = 0;
    if (fence === undefined) fence = mark;
    else if (mark.startsWith(fence)) fence = undefined;
  }
  return fence === undefined && ticks % 2 === 0 && !/^( {4,}|[ \t>]*([-*+]|\d{1,9}[.)])[ \t]*)$/.test(line);
}

/** What surrounds a tag that the text discusses. */
const spoken = /["'“‘「『（(`<>,，、:：]\s?$/;
const quoted = /^["'”’」』）)`,;，、；]/;

/** Also in lists and quotes. */
const fenceMark = /^[ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8})?[ \t>]{0,40}(`{3,}|~{3,})/;

/** Length of the end of the text that may be the start of a tag. */
function partialLength(text: string, of: readonly string[]): number {
  const tail = text.slice(-longestTag);
  const start = Math.max(tail.lastIndexOf('<'), tail.lastIndexOf('◁'));
  if (start < 0) return 0;
  const end = tail.slice(start).toLowerCase();
  return of.some((tag) => tag.length > end.length && tag.startsWith(end)) ? end.length : 0;
}
