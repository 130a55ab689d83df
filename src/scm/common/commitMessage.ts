/** Extracts the commit message from an answer, which may have an introduction, a conclusion and a code fence. */

import { createFenceReader, fenceAt } from '../../base/common/fence.ts';
import { stripThinking, trimBlankLines } from '../../base/common/proseAroundCode.ts';

/** `complete`: the answer has ended; before that, returns the whole lines of the message so far, which only grow. */
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

/** The line after the introduction; `undefined` when there is none (yet). */
function startOf(lines: readonly string[], complete: boolean): number | undefined {
  let start = nextText(lines, 0);
  // At most a greeting and an introduction.
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
      // The next line decides: a list is the body of a message.
      if (next === undefined) return complete ? start : undefined;
      if (!holdsMessage.test(fenceAt(lines[next] ?? '')?.info ?? 'none')) return start;
    }
    start = next;
  }
  return start;
}

/** The end of the first line when it ends in a colon, else of the paragraph. */
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

/** Whether a paragraph introduces the message to the user. When in doubt, it is the message. */
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

/** The lines inside a fence around the whole message. */
function inFence([first = '', ...lines]: readonly string[]): string[] {
  const opening = fenceAt(first);
  if (!opening) return [];
  const reader = createFenceReader(opening, { markdown: true });
  const end = lines.findIndex((line, index) => reader.ends(line, lines[index + 1]) || reader.broken);
  return lines.slice(0, end === -1 || reader.broken ? (reader.early ?? lines.length) : end);
}

/** Removes remarks about the message at its end. */
function withoutEnd(lines: readonly string[], complete: boolean): string[] {
  const end = lines.findIndex((line, index) => {
    const begins = index > 0 && lines[index - 1]?.trim() === '';
    if (!begins) return false;
    const isRule = line.trim() === '---';
    const next = isRule ? lines.slice(index + 1).find((text) => text.trim() !== '') : line;
    // The line after the rule decides.
    if (next === undefined) return !complete;
    const words = next.replaceAll(/[*_#]/g, '').trim();
    // A message's body may also explain, but has no bold words.
    return closing.test(words) || ((isRule || /^[*_#]/.test(next.trim())) && explains.test(words));
  });
  return end === -1 ? [...lines] : lines.slice(0, end);
}

/** Phrases to the user or about the message, strict enough not to match a message's body. */
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
