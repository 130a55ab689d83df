/** Takes the commit message out of an answer: models talk before and after it, and put fences around it. */

import { createFenceReader, fenceAt } from '../../base/common/fence.ts';
import { stripThinking, trimBlankLines } from '../../base/common/proseAroundCode.ts';

/** `complete`: this is all of the answer. If not, the message so far, by whole lines: it only grows. */
export function commitMessageIn(answer: string, complete: boolean): string {
  const all = stripThinking(answer.replaceAll('\r\n', '\n')).split('\n');
  const lines = complete ? all : all.slice(0, -1);
  const start = startOf(lines, complete);
  if (start === undefined) return '';
  const fence = fenceAt(lines[start] ?? '');
  const message = fence ? inFence(lines.slice(start)) : withoutEnd(lines.slice(start), complete);
  const [subject = '', ...body] = trimBlankLines(message);
  return [bareSubject(subject), ...body].join('\n');
}

/** Behind the words that lead to the message; `undefined` where there is nothing else (yet). */
function startOf(lines: readonly string[], complete: boolean): number | undefined {
  let start = nextText(lines, 0);
  // A greeting, and what the message is.
  for (let turn = 0; turn < 2 && start !== undefined; turn++) {
    if (fenceAt(lines[start] ?? '')) return start;
    const end = endOfLead(lines, start);
    const next = nextText(lines, end);
    const words = lines
      .slice(start, end)
      .join('\n')
      .replaceAll(/[*_#`]/g, '')
      .trim();
    if (/^[a-z]+(\([^)\n]*\))?!?: /.test(words)) return start;
    if (!speaks(words)) {
      if (!/[:：]$/.test(words)) return start;
      // What follows the colon tells: a list is the body of a message.
      if (next === undefined) return complete ? start : undefined;
      if (!holdsMessage.test(fenceAt(lines[next] ?? '')?.info ?? 'none')) return start;
    }
    start = next;
  }
  return start;
}

/** The first line alone where it ends in a colon, else the paragraph. */
function endOfLead(lines: readonly string[], start: number): number {
  if (/[:：][*_]*\s*$/.test(lines[start] ?? '')) return start + 1;
  const end = lines.findIndex((line, at) => at > start && (line.trim() === '' || fenceAt(line)));
  return end === -1 ? lines.length : end;
}

function nextText(lines: readonly string[], from: number): number | undefined {
  const index = lines.findIndex((line, at) => at >= from && line.trim() !== '');
  return index === -1 ? undefined : index;
}

const holdsMessage = /^(text|txt|plain|plaintext|markdown|md|git\S*|commit\S*|)$/i;

/** Whether a paragraph speaks to the user of the message that follows. In doubt it is the message. */
function speaks(words: string): boolean {
  if (names.test(words)) return true;
  if (words.length > 300 || words.includes('\n') || !/[.!:。！：]$/.test(words)) return false;
  return greets.test(words) || (/[:：]$/.test(words) && introduces.test(words));
}

const names =
  /^((the|a|suggested|proposed|git) )*commit message[:：]?$|^(建议的|生成的)?(git ?)?提交(信息|说明|消息|注释)(如下)?[:：]?$/i;
const greets =
  /^((sure|certainly|of course|okay|ok|great)[,.!:]|here(’s|'s| is| are) .*(message|commit|changes|go)|based on (the|your|these) .*(diff|change|message)|i(’ve|'ve| have)? (written|wrote|looked|read|reviewed|analy[sz]ed)\b|好的|当然|没问题|(以下|下面|这)(是|为).*(提交|信息|说明|消息)|(根据|基于)(你|您|这|以上|上述|上面|提供|代码|暂存|改动|更改|变更|diff))/i;
const introduces =
  /\b(message|suggest(?:ed|ion|ions)|options?)\b|提交(信息|说明|消息)|^(以下|下面|建议|方案)|如下[:：]$/i;

/** What a fence around all of the message holds. */
function inFence([first = '', ...lines]: readonly string[]): string[] {
  const opening = fenceAt(first);
  if (!opening) return [];
  const reader = createFenceReader(opening, { markdown: true });
  const end = lines.findIndex((line, index) => reader.ends(line, lines[index + 1]) || reader.broken);
  return lines.slice(0, end === -1 || reader.broken ? (reader.early ?? lines.length) : end);
}

/** Without what is said about the message at its end. */
function withoutEnd(lines: readonly string[], complete: boolean): string[] {
  const end = lines.findIndex((line, index) => {
    const begins = index > 0 && lines[index - 1]?.trim() === '';
    if (!begins) return false;
    const isRule = line.trim() === '---';
    const next = isRule ? lines.slice(index + 1).find((text) => text.trim() !== '') : line;
    // What follows the line tells.
    if (next === undefined) return !complete;
    const words = next.replaceAll(/[*_#]/g, '').trim();
    // A body may explain as well, but has no bold words.
    return closing.test(words) || ((isRule || /^[*_#]/.test(next.trim())) && explains.test(words));
  });
  return end === -1 ? [...lines] : lines.slice(0, end);
}

/** Speaks to the user, or of the message: what only begins like that belongs to it. */
const closing =
  /^(let me know|would you like|feel free to (ask|adjust|modify|edit|change it|let me|tweak|use)|(i )?hope (this|that|it) helps|if you.*(let me know|tell me|just ask|(commit|shorter|longer|different) (message|version))|(this|the) (commit message|(message|subject) (follows|summari[sz]es|captures|is (concise|short)))|[（(]the .*(subject|message)|[（(]?(note:|注[:：]|备注[:：]).*(subject|commit message|提交信息|标题)|希望(这|以上|能|对|有)?.*(帮|满意|提交信息)|(如|若).*(告诉我|告知|随时|我可以|我来)|以上(是|就是|为)?.{0,8}提交|(这条|这个|该|此)提交(信息|说明|消息)|请告诉我|需要我)/i;
const explains = /^(explanation|notes?|why|说明|解释|注|备注)([:：]|$)/i;

function bareSubject(subject: string): string {
  const text = subject
    .trim()
    .replace(/^#{1,6} /, '')
    .replace(/^[*_]{0,2}(?:commit message|提交(?:信息|说明|消息))[*_]{0,2}[:：][*_]{0,2}\s*(?=\S)/i, '');
  const mark = /^(\*\*|__|["`“])/.exec(text)?.[0] ?? '';
  const end = mark === '“' ? '”' : mark;
  const inside = mark !== '' && text.endsWith(end) ? text.slice(mark.length, -end.length) : undefined;
  return inside && !inside.includes(end) && !inside.includes(mark) ? inside : text;
}
