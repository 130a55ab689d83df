import assert from 'node:assert/strict';
import type { Attachment } from '../../../src/chat/common/conversation.ts';
import { toEntry } from '../../../src/chat/host/history/historyRecord.ts';
import { toAttachmentView, toOutcomeView } from '../../../src/chat/host/turnViews.ts';
import { toErrorCard } from '../../../src/errors/host/errorCard.ts';
import { textParts } from '../../../src/llm/answerParts.ts';
import { speak } from '../../support/standIn/vscode.ts';

const tags = '\u{e0072}\u{e0075}\u{e006e}';
const attachment: Attachment = {
  id: '1',
  kind: 'file',
  path: 'src/a.ts',
  uri: 'file:///src/a.ts',
  languageId: 'typescript',
  startLine: 1,
  endLine: 1,
  text: 'code',
};

describe('what panels see of what others wrote', () => {
  afterEach(() => speak('en'));

  it('names the hidden characters of attachments, in their text or their path', () => {
    const viewOf = (fields: Partial<Attachment>) => toAttachmentView({ ...attachment, ...fields });
    assert.equal(viewOf({}).hidden, undefined);
    assert.equal(viewOf({ text: 'می\u200cخواهم 👩‍💻' }).hidden, undefined);
    assert.equal(viewOf({ text: 'a\u200bb' }).hidden, '1 invisible character (characters without width)');
    const { name, path, hidden } = viewOf({ path: `src\u3164/a\u202e${tags}.ts`, text: '\u001b[0m' });
    assert.equal(name, 'a‹U+202E…×4›.ts');
    assert.equal(path, 'src‹U+3164›/a‹U+202E…×4›.ts');
    assert.equal(
      hidden,
      '6 invisible characters (tags, marks of writing direction, control characters, blank letters)',
    );
    assert.equal(viewOf({ symbol: `f${tags}` }).name, 'f‹U+E0072…×3›');
    speak('zh-cn');
    assert.equal(viewOf({ text: `${tags}\ufe0f` }).hidden, '4 个不可见字符（标签字符、变体选择符）');
  });

  it('marks them in what a server says', () => {
    const { detail, code, requestId } = toErrorCard({
      kind: 'unexpected',
      providerId: 'dashscope',
      message: `Too\u202e busy.${tags}`,
      code: 'Busy\u200b',
      requestId: 'r\u2800',
      status: 500,
    });
    assert.deepEqual(
      [detail, code, requestId],
      ['Too‹U+202E› busy.‹U+E0072…×3›', 'Busy‹U+200B›', 'r‹U+2800›'],
    );
  });

  it('says that an answer was broken off, and to continue it only where that can be done', () => {
    const noticeOf = (text: string, rawReason: string) => {
      const answer = {
        status: 'done' as const,
        parts: textParts(text),
        finishReason: 'other' as const,
        rawReason,
      };
      const { notice, canContinue } = toOutcomeView(answer);
      return [notice, canContinue];
    };
    const brokenOff = 'The platform broke the answer off (network_error).';
    assert.deepEqual(noticeOf('One', 'network_error'), [`${brokenOff} Continue it, or try again.`, true]);
    assert.deepEqual(noticeOf('', 'network_error'), [`${brokenOff} Try again.`, false]);
    assert.match(noticeOf('One', 'eventually\u202e')[0]?.toString() ?? '', /eventually‹U\+202E›.*incomplete/);
  });

  it('lists conversations without them, also those whose title an older Qiao kept', () => {
    const record = {
      id: '1',
      size: 1,
      mtimeMs: 1,
      state: 'ok' as const,
      updatedAt: 1,
      turns: 1,
      pinned: false,
    };
    const entry = toEntry({ ...record, title: `Tax${tags}\u202e`, workspace: 'file:///w/a%E2%80%AEb' }, null);
    assert.deepEqual([entry.title, entry.workspace], ['Tax', 'ab']);
  });
});
