/** The title of a conversation: the user's, or one made from the first question. */

import { stripHidden } from '../../base/common/hiddenText.ts';
import type { Conversation } from './conversation.ts';

/** In columns: a Chinese character takes two. */
const maxWidth = 60;
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/;

/** Without hidden characters; empty for a conversation without a title and without a question. */
export function titleOf({ title, turns }: Pick<Conversation, 'title' | 'turns'>): string {
  return stripHidden(title ?? '') || proposeTitle(turns[0]?.question ?? '');
}

/** The first line with text, without Markdown's marks, cut to the maximum width between two words. */
export function proposeTitle(question: string): string {
  const line =
    stripHidden(question)
      .split(/\r\n|\r|\n/)
      .map((text) => text.replace(/^[\s#>*`~-]+/, '').trim())
      .find((text) => text !== '') ?? '';
  return cutToWidth(line.replace(/\s+/g, ' '), maxWidth);
}

function cutToWidth(text: string, columns: number): string {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += wide.test(character) ? 2 : 1;
    if (width > columns) {
      const head = text.slice(0, end);
      const space = head.lastIndexOf(' ');
      return `${(space > end / 2 ? head.slice(0, space) : head).trimEnd()}…`;
    }
    end += character.length;
  }
  return text;
}
