/** Takes thoughts out of a text: those between tags at its beginning, and those that only a closing tag ends. */

export interface ThinkTagSplitter {
  /** A further piece of the text. */
  push(text: string): void;
  /** Gives out what is still held because it could have been the beginning of a tag. `answered`: with more than text. */
  flush(answered?: boolean): void;
}

export interface ThinkTagScene {
  /** All text so far, with the piece that is pushed. */
  all(): string;
  /** Whether a closing tag without an opening one may still be believed. */
  endsAlone(): boolean;
}

export interface ThinkTagOutput {
  text(text: string): void;
  thought(text: string): void;
  /** All text so far was a thought (`text`), and `rest` is the answer so far. */
  turn(text: string, rest: string): void;
}

/**
 * In any case. `<think>`: DeepSeek, Qwen and most others; `<thinking>`, `<thought>`: Gemini and fine-tuned models;
 * `<seed:think>`: ByteDance Seed; `◁think▷`: Kimi.
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

/** Looking at the text around a closing tag takes time for all of it: more often it is not looked at. */
const maxCandidates = 3;

/**
 * Opening tags count at the very beginning only; later ones are part of the answer. A closing tag without an opening one
 * ends thoughts whose beginning stood in the prompt (vLLM, DeepSeek R1's template): the first one in the text, unless it
 * stands in code or in the middle of a sentence.
 */
export function createThinkTagSplitter(output: ThinkTagOutput, scene: ThinkTagScene): ThinkTagSplitter {
  /**
   * `start`: before any text. `thought`: until a tag ends it. `gap`: behind a thought. `text`: a closing tag may come. `turn`: it
   * came, and what follows tells. `settled`: all is text.
   */
  let state: 'start' | 'thought' | 'gap' | 'text' | 'turn' | 'settled' = 'start';
  /** What comes before the first character that is no blank; not looked at again with each piece. */
  let blanks = '';
  let held = '';
  /** In `turn`: the text before the tag that is not given out yet, and the tag. */
  let before = '';
  let closing = '';
  let candidates = 0;

  /** One step through what is held. `false`: more is needed. */
  const step = (): boolean => {
    switch (state) {
      case 'start':
      case 'gap':
        return readStart();
      case 'thought':
        return readThought();
      case 'text':
        return readText();
      case 'turn':
        return readTurn();
      case 'settled':
        give();
        return false;
    }
  };

  const readStart = (): boolean => {
    const begun = held.trimStart();
    blanks += held.slice(0, held.length - begun.length);
    held = begun;
    if (held === '') return false;
    const start = held.slice(0, longestTag).toLowerCase();
    const opened = tags.find(({ open }) => start.startsWith(open));
    // A closing tag with nothing before it ends thoughts that came elsewhere, or none.
    const stray = closings.find((close) => start.startsWith(close));
    if (opened || stray !== undefined) {
      state = opened ? 'thought' : 'gap';
      held = held.slice((opened?.open ?? stray ?? '').length);
      blanks = '';
      return true;
    }
    if (held.length < longestTag && allTags.some((known) => known.startsWith(start))) return false;
    // The line breaks behind a thought are no text, and no tag is looked for there.
    if (state === 'start') held = blanks + held;
    state = state === 'start' ? 'text' : 'settled';
    blanks = '';
    return true;
  };

  /** Any closing tag ends it: some models do not keep to the one they began with. */
  const readThought = (): boolean => {
    const end = anyClose.exec(held);
    const length = end?.index ?? held.length - partialLength(held, closings);
    if (length > 0) output.thought(held.slice(0, length));
    held = held.slice(length + (end?.[0].length ?? 0));
    if (end) state = 'gap';
    return end !== null;
  };

  const readText = (): boolean => {
    if (candidates >= maxCandidates || !scene.endsAlone()) {
      state = 'settled';
      return true;
    }
    const found = anyClose.exec(held);
    if (found) {
      before = held.slice(0, found.index);
      closing = found[0];
      held = held.slice(found.index + closing.length);
      state = 'turn';
      return true;
    }
    const keep = partialLength(held, closings);
    const rest = held.slice(held.length - keep);
    held = held.slice(0, held.length - keep);
    give();
    held = rest;
    return false;
  };

  /** Without an answer behind it, the tag ends nothing. */
  const readTurn = (): boolean => {
    const rest = held.trimStart();
    blanks += held.slice(0, held.length - rest.length);
    held = rest;
    if (rest === '') return false;
    const behind = blanks + rest;
    blanks = '';
    const text = textBefore(behind);
    if (endsThought(text, behind)) {
      state = 'settled';
      output.turn(text, rest);
      held = '';
      return false;
    }
    held = before + closing;
    give();
    held = behind;
    state = 'text';
    candidates++;
    return true;
  };

  /** All text before the closing tag. */
  const textBefore = (behind: string): string => {
    const all = scene.all();
    return all.slice(0, all.length - behind.length - closing.length);
  };

  const give = (): void => {
    if (held !== '') output.text(held);
    held = '';
  };

  return {
    push(added) {
      const isText = state === 'settled' || (state === 'text' && held === '' && !tagStart.test(added));
      if (isText) {
        if (added !== '') output.text(added);
        return;
      }
      held += added;
      while (step());
    },
    flush(answered = false) {
      if (state === 'thought') {
        if (held !== '') output.thought(held);
        held = '';
      } else if (state === 'turn') {
        const text = textBefore(blanks);
        if (answered && endsThought(text, blanks)) output.turn(text, '');
        else held = before;
      } else if (state === 'start') {
        held = blanks + held;
      }
      state = 'settled';
      blanks = '';
      give();
    },
  };
}

/**
 * Whether a closing tag between these texts ends a thought: not in code or quotation marks, not as one of a list, not in the
 * middle of a sentence, and not where the text speaks of the tags itself.
 */
function endsThought(text: string, behind: string): boolean {
  if (anyOpen.test(text)) return false;
  const onItsOwn = /\n[ \t]*$/.test(text.slice(-20)) && /^[ \t]*(\n|$)/.test(behind.slice(0, 20));
  if (!onItsOwn && (spoken.test(text.slice(-2)) || quoted.test(behind))) return false;
  if (/[^\n] $/.test(text.slice(-2)) && /^ \S/.test(behind)) return false;
  let fence: string | undefined;
  let line = '';
  /** Since the last blank line: code between backticks may stand on several lines. */
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

/** What stands before a tag that is spoken of, and behind it. */
const spoken = /["'“‘「『（(`<>,，、:：]\s?$/;
const quoted = /^["'”’」』）)`,;，、；]/;

/** Also in lists and quotes. */
const fenceMark = /^[ \t>]{0,40}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,8})?[ \t>]{0,40}(`{3,}|~{3,})/;

/** How much of the end of a text could be the beginning of one of the tags. */
function partialLength(text: string, of: readonly string[]): number {
  const tail = text.slice(-longestTag);
  const start = Math.max(tail.lastIndexOf('<'), tail.lastIndexOf('◁'));
  if (start < 0) return 0;
  const end = tail.slice(start).toLowerCase();
  return of.some((tag) => tag.length > end.length && tag.startsWith(end)) ? end.length : 0;
}
