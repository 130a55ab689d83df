/** Finds the trigger of suggestions before the caret: `#` for attachments, `/` for commands. */

import type { CommandChoice } from '../../../common/protocol.ts';

export interface Trigger {
  kind: 'context' | 'command';
  /** Where the sign stands in the text, in UTF-16 units; it reaches to the caret. */
  start: number;
  /** What is typed behind the sign. */
  query: string;
}

/** In UTF-16 units; what is longer is no search any more. */
const longestQuery = 100;

/** Not inside of a word such as `C#` or `page#part`; Chinese is written without spaces. */
const context =
  /(?<=^|[\s([{<"'“‘（【《「『,;:，。、；：！？…\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[#＃](?<query>[^\s#＃]*)$/u;

/** Some input methods write `／` or `、` for the key of the slash. */
const command = /^[/／、](?<query>[^\s/／、]*)$/;

/** What the text up to `caret` ends with, if it is a sign and part of a word. */
export function findTrigger(text: string, caret: number): Trigger | undefined {
  if (caret <= longestQuery) {
    const query = command.exec(text.slice(0, caret))?.groups?.query;
    if (query !== undefined) return { kind: 'command', start: 0, query };
  }
  // One unit more than can be searched for, and the character before the sign.
  const from = Math.max(0, caret - longestQuery - 2);
  const query = context.exec(text.slice(from, caret))?.groups?.query;
  if (query === undefined || query.length > longestQuery) return undefined;
  return { kind: 'context', start: caret - query.length - 1, query };
}

/** The command that a text begins with and that is sent with it, if it is one of those offered. */
export function leadingCommand(text: string, commands: readonly CommandChoice[]): CommandChoice | undefined {
  const name = commandName(text);
  return name === undefined ? undefined : commands.find((known) => known.name === name);
}

/** What stands behind the slash that a text begins with. */
export function commandName(text: string): string | undefined {
  return /^\s{0,100}\/([^\s/]{1,100})(?=\s|$)/.exec(text)?.[1];
}

/** A list opens for what is typed, not for what is pasted, recalled or undone. `inputType`: as the DOM names it. */
export function opensList(inputType: string, { kind }: Trigger): boolean {
  return inputType === 'insertText' || (kind === 'command' && inputType.startsWith('deleteContent'));
}
